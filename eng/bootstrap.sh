#!/usr/bin/env bash
# Finds out once where this machine gets its packages from, and writes the answer to .bootstrap/Packages.props.
# With a complete NuGet there is nothing to write. Where ONNX Runtime or ImageSharp are missing there, the same
# libraries come from npm. Nothing else in the repository knows which case it is.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state="$root/.bootstrap"
props="$state/Packages.props"

fail() {
    echo "frozenseg: $*" >&2
    exit 1
}

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing. Install it from https://dot.net and try again."
dotnet --list-sdks | grep -qE '^(1[0-9]|[2-9][0-9])\.' || fail "a .NET SDK of version 10 or newer is missing. Install it from https://dot.net and try again."

# What the answer depends on; if nothing of it has changed, neither has the answer.
key=$({
    uname -sm
    dotnet nuget list source --format Short
    echo "${NUGET_PACKAGES:-}"
    cat "$root/Directory.Packages.props" "$root/eng/npm/package.json" "${BASH_SOURCE[0]}"
} | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$state/key" 2>/dev/null)" = "$key" ] && [ -f "$props" ]; then
    exit 0
fi

echo "frozenseg: finding out where packages come from (once) ..." >&2
mkdir -p "$state"
find "$state" -mindepth 1 -maxdepth 1 ! -name azurite -exec rm -rf {} +

# The version of a package that the repository pins; any, if it pins none.
pinned() {
    local version
    version=$(sed -nE "s/.*<PackageVersion Include=\"$1\" Version=\"([^\"]+)\".*/\1/p" "$root/Directory.Packages.props")
    echo "${version:+[$version]}"
}

# Whether NuGet gives all of the packages named, in the very version that is pinned: NuGet would take a newer one in
# its place, which may be another product (ImageSharp 4 asks for a licence key).
restores() {
    local probe="$state/probe/$1"
    shift
    mkdir -p "$probe"
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
        echo '<ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets></PropertyGroup><ItemGroup>'
        for package in "$@"; do echo "<PackageReference Include=\"$package\" Version=\"$(pinned "$package")\" />"; done
        echo '</ItemGroup></Project>'
    } >"$probe/probe.csproj"
    # The repository's own build files stay out of it: central versions would refuse the probe's. A registry that says
    # no (NU1101, NU1102) is believed; one that does not answer is asked again.
    for _ in 1 2 3; do
        dotnet restore "$probe/probe.csproj" -p:ImportDirectoryBuildProps=false -p:ImportDirectoryPackagesProps=false \
            -p:TreatWarningsAsErrors=false -v:quiet >"$probe/log" 2>&1 && return 0
        grep -qE 'NU110[12]' "$probe/log" && return 1
    done
    return 1
}

# All at once: each waits for the network more than it works.
restores onnxruntime Microsoft.ML.OnnxRuntime.Managed Microsoft.ML.OnnxRuntime.Gpu & onnx_probe=$!
restores imagesharp SixLabors.ImageSharp & images_probe=$!
restores functions Microsoft.Azure.Functions.Worker Microsoft.Azure.Functions.Worker.Sdk \
    Microsoft.Azure.Functions.Worker.Extensions.DurableTask Microsoft.DurableTask.InProcessTestHost & functions_probe=$!
restores scheduler Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged & scheduler_probe=$!
onnx=true images=true functions=true scheduler=true
wait $onnx_probe || onnx=false
wait $images_probe || images=false
wait $functions_probe || functions=false
wait $scheduler_probe || scheduler=false

if [ "$onnx" = false ] || [ "$images" = false ]; then
    [ "$(uname -sm)" = "Linux x86_64" ] || fail "NuGet here lacks ONNX Runtime or ImageSharp, and the way around it is for Linux on x86-64 only. Use a complete NuGet source."
    command -v npm >/dev/null || fail "NuGet here lacks ONNX Runtime or ImageSharp; they can come from npm, but node and npm are missing. Install Node.js 20 or newer, or use a complete NuGet source."
    cp "$root/eng/npm/package.json" "$root/eng/npm/package-lock.json" "$state/"
    (cd "$state" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) \
        || fail "npm could not install the native libraries; see $state/npm.log."
fi

{
    echo '<Project>'
    echo '  <PropertyGroup>'
    if [ "$onnx" = false ]; then
        echo '    <OnnxRuntimeFromNpm>true</OnnxRuntimeFromNpm>'
        echo "    <OnnxRuntimeNpmFolder>\$(MSBuildThisFileDirectory)node_modules/com.github.asus4.onnxruntime</OnnxRuntimeNpmFolder>"
    fi
    if [ "$images" = false ]; then
        echo '    <WithoutImageSharp>true</WithoutImageSharp>'
        echo "    <LibvipsFolder>\$(MSBuildThisFileDirectory)node_modules/@img/sharp-libvips-linux-x64/lib</LibvipsFolder>"
    fi
    if [ "$functions" = false ]; then
        echo '    <WithoutFunctionsWorker>true</WithoutFunctionsWorker>'
    fi
    if [ "$scheduler" = false ]; then
        echo '    <WithoutDurableTaskScheduler>true</WithoutDurableTaskScheduler>'
    fi
    echo '  </PropertyGroup>'
    echo '</Project>'
} >"$props"
rm -rf "$state/probe"
echo "$key" >"$state/key"
