using System.CommandLine;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg completion</c>: a script that lets a shell complete commands, options and choices.</summary>
internal sealed class CompletionCommand
{
    // Each asks the program itself, by the parser's directive, so that a script never has to be made anew.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # eval "$(frozenseg completion bash)"
            _frozenseg() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(frozenseg "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _frozenseg frozenseg
            """,
        ["zsh"] = """
            # eval "$(frozenseg completion zsh)"
            _frozenseg() {
                local found=("${(@f)$(frozenseg "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a found || _files
            }
            compdef _frozenseg frozenseg
            """,
        ["pwsh"] = """
            # frozenseg completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName frozenseg -ScriptBlock {
                param($word, $line, $position)
                frozenseg "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    private readonly Argument<string> _shell = new("shell") { Description = string.Join(", ", Scripts.Keys) };

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new CompletionCommand();
        self._shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script that completes commands in a shell") { self._shell };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string shell = parsed.GetRequiredValue(_shell);
        Console.WriteLine(
            Scripts.TryGetValue(shell, out string? script) ? script : throw SegmentationProblem.InvalidRequest(
                "shell", $"there is no script for '{shell}'", $"Use one of {string.Join(", ", Scripts.Keys)}"));
        return 0;
    }
}
