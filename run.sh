#!/usr/bin/env bash
# ./run.sh            the main job: segments bundled scenes by every method, with the bundled models
# ./run.sh ARGS       the frozenseg command line
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program="$root/artifacts/bin/FrozenSeg.Cli/release/frozenseg.dll"
log="$root/artifacts/build.log"

mkdir -p "$root/artifacts"
dotnet build "$root/src/Cli/FrozenSeg.Cli.csproj" -c Release -v:quiet --nologo >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}

if [ $# -gt 0 ]; then
    exec dotnet "$program" "$@"
fi
exec dotnet "$program" demo "$root/samples/scenes" --out "$root/out"
