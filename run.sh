#!/usr/bin/env bash
# ./run.sh            the main job: every mask of three photographs, then bundled scenes by every method
# ./run.sh ARGS       the frozenseg command line
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program="$root/artifacts/bin/FrozenSeg.Cli/release/frozenseg.dll"
log="$root/artifacts/build.log"

mkdir -p "$root/artifacts"
[ -f "$program" ] || echo "Building; the first time takes a few minutes." >&2
dotnet build "$root/src/Cli/FrozenSeg.Cli.csproj" -c Release -v:quiet --nologo >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}

"$root/eng/models.sh"

if [ $# -gt 0 ]; then
    exec dotnet "$program" "$@"
fi
exec dotnet "$program" demo "$root/samples/scenes" --photographs "$root/samples/photographs" --out "$root/out"
