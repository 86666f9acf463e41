#!/usr/bin/env bash
# ./run.sh            the main job: finds every mask of a bundled picture
# ./run.sh ARGS       the frozenseg command line
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program="$root/artifacts/bin/FrozenSeg.Cli/release/frozenseg.dll"

"$root/eng/bootstrap.sh"
dotnet build "$root/src/Cli/FrozenSeg.Cli.csproj" -c Release -v:quiet --nologo >"$root/.bootstrap/build.log" 2>&1 || {
    cat "$root/.bootstrap/build.log" >&2
    exit 1
}

if [ $# -gt 0 ]; then
    exec dotnet "$program" "$@"
fi
exec dotnet "$program" automask "$root/samples/meadow.png" \
    --out "$root/out/masks.json" --overlay "$root/out/overlay.png"
