#!/usr/bin/env bash
# ./test.sh                     builds everything and runs every test; the last line is "N passed, N failed"
# ./test.sh --golden [DIR]      runs only the golden cases under DIR (default ../shared/golden)
# ./test.sh --slow              adds the suites that take more than a few minutes
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
log="$root/artifacts/build.log"
golden="$root/../shared/golden"

mkdir -p "$root/artifacts"

build() {
    # One compiler for all projects: analyzers are loaded once. It is told to go when all is built.
    dotnet build "$1" -c Release -v:quiet --nologo -p:CI=true -p:UseSharedCompilation=true >"$log" 2>&1 || {
        cat "$log" >&2
        echo "The build of $(basename "$1") failed." >&2
        echo "0 passed, 1 failed"
        exit 1
    }
}

run_golden() {
    dotnet "$root/artifacts/bin/FrozenSeg.Golden/release/FrozenSeg.Golden.dll" "$@"
}

if [ "${1:-}" = "--golden" ]; then
    shift
    build "$root/tests/Golden/FrozenSeg.Golden.csproj"
    [ $# -gt 0 ] || set -- "$golden"
    run_golden "$@"
    exit $?
fi

filter="Suite!=Slow" patience=8m
[ "${1:-}" = "--slow" ] && filter="" patience=60m
rm -rf "$root/artifacts/campaign"

build "$root/FrozenSeg.Functions.sln"
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
"$root/eng/azurite.sh" || true

passed=0 failed=0 skipped=0
count() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" <<<"$2" | awk '{ sum += $1 } END { print sum + 0 }'; }

# Two suites at a time: some wait for storage that is away more than they compute. One that stands still is ended and
# names the test it stood at.
reports=$(mktemp -d)
suites=()
for project in "$root"/tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    library="$root/artifacts/bin/$name/release/$name.dll"
    [ -f "$library" ] || continue
    suites+=("$name")
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    dotnet test "$library" --filter "$filter" --logger "console;verbosity=minimal" --blame-hang-timeout "$patience" \
        --blame-hang-dump-type none --results-directory "$reports/results" >"$reports/$name" 2>&1 &
done
wait

for name in "${suites[@]}"; do
    echo "== $name"
    report=$(<"$reports/$name")
    summary=$(grep -E '^(Passed|Failed)! ' <<<"$report")
    if [ -z "$summary" ] || grep -qE '^Failed! ' <<<"$summary"; then
        echo "$report"
    else
        echo "$summary"
    fi
    [ -n "$summary" ] || failed=$((failed + 1))
    passed=$((passed + $(count Passed "$summary")))
    failed=$((failed + $(count Failed "$summary")))
    skipped=$((skipped + $(count Skipped "$summary")))
done
rm -rf "$reports"

if [ -d "$golden" ]; then
    for family in sam sam3 car frozenseg photos; do
        echo "== goldens of $family"
        report=$(run_golden "$golden/$family")
        echo "$report"
        last=$(tail -n 1 <<<"$report")
        passed=$((passed + $(sed -nE 's/^([0-9]+) passed.*/\1/p' <<<"$last")))
        failed=$((failed + $(sed -nE 's/.* ([0-9]+) failed.*/\1/p' <<<"$last")))
    done
else
    echo "There is no ../shared/golden: the golden cases are left out."
fi

if [ -f "$root/artifacts/campaign/table.md" ]; then
    echo "== fault campaign"
    printf '| attacked | how | times | outcome, every time |\n|---|---|---|---|\n'
    sort "$root/artifacts/campaign/table.md"
fi

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
