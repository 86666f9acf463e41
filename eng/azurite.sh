#!/usr/bin/env bash
# Installs the storage emulator the Functions tests use, once, into artifacts/azurite. Without Node.js, or where npm has
# no such package, it says so and the tests that need it are left out.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder="$root/artifacts/azurite"
version=3.37.0

[ "$(cat "$folder/version" 2>/dev/null)" = "$version" ] && exit 0
command -v npm >/dev/null || { echo "The storage emulator needs Node.js: tests that use it are left out." >&2; exit 1; }
rm -rf "$folder"
mkdir -p "$folder"
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save "azurite@$version" >"$folder/npm.log" 2>&1 || {
    echo "npm could not install the storage emulator (see $folder/npm.log): tests that use it are left out." >&2
    exit 1
}
echo "$version" >"$folder/version"
