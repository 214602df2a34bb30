#!/usr/bin/env bash
# The one test command. Its last line is always "N passed, N failed" (", N skipped"); the exit code is 0 only when nothing failed.
#   ./test.sh          everything: unit, data on SQLite and PostgreSQL, contract, house rules, a real browser
#   ./test.sh --fast   without browser and PostgreSQL
#   ./test.sh --long   everything, with the full counts of the long forms (kills, random schedules, soak)
# Browser and PostgreSQL are installed through the system's packages when that is allowed (Debian or Ubuntu, root);
# what is missing all the same shows as skipped, with the reason.
set -uo pipefail
cd "$(dirname "$0")"

mode=all
case "${1:-}" in
  "") ;;
  --fast) mode=fast ;;
  --long) mode=long ;;
  *) echo "usage: ./test.sh [--fast|--long]"; echo "0 passed, 1 failed"; exit 2 ;;
esac

passed=0 failed=0 skipped=0 postgres_pid='' work=''
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

finish() {
  local code=$?
  trap - EXIT INT TERM
  if [ -n "$postgres_pid" ]; then
    kill -INT "$postgres_pid" 2>/dev/null
    for _ in $(seq 50); do kill -0 "$postgres_pid" 2>/dev/null || break; sleep 0.1; done
  fi
  [ -n "$work" ] && rm -rf "$work"
  [ "$code" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
  if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ] && exit 0 || exit 1
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() { failed=$((failed + 1)); echo "FAILED: $*"; }

install() { # install PACKAGE...: through apt when we may, else only says so
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || { echo "not installed (needs root and apt): $*"; return 1; }
  [ -n "${apt_updated:-}" ] || { apt-get update -qq >/dev/null 2>&1; apt_updated=1; }
  echo "installing $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 || { echo "could not be installed: $*"; return 1; }
}

browser() { # prints the path of a Chromium
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

postgres_bin() { # prints the folder of the newest PostgreSQL server programs
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -x "$found/initdb" ] && echo "$found"
}

as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

start_postgres() { # a cluster of its own in a temporary folder; durability is off, it lives only for the tests
  local bin port cluster
  bin=$(postgres_bin) || { install postgresql && bin=$(postgres_bin) || return 1; }
  work=$(mktemp -d) && chmod 755 "$work" && cluster=$work/postgres && mkdir "$cluster" || return 1
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$cluster" || return 1; fi
  as_postgres "$bin/initdb" -D "$cluster" -U postgres -A trust -E UTF8 --no-locale -N >"$work/postgres.log" 2>&1 || { cat "$work/postgres.log"; return 1; }
  for port in $(shuf -i 20000-29999 -n 5); do
    as_postgres "$bin/postgres" -D "$cluster" -p "$port" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$cluster" \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 >>"$work/postgres.log" 2>&1 &
    postgres_pid=$!
    for _ in $(seq 100); do
      kill -0 "$postgres_pid" 2>/dev/null || break
      if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
        export SELLERCENTER_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres"
        return 0
      fi
      sleep 0.1
    done
  done
  tail -5 "$work/postgres.log"; postgres_pid=''
  return 1
}

run_tests() { # run_tests NAME ARGUMENTS...: runs the test program and adds up its summary; one that hangs is ended and named
  local log summary
  log=$(mktemp)
  echo "== $1"
  timeout --foreground --kill-after=30 "$limit" "$tests" "${@:2}" -longRunning 120 -noColor -noLogo 2>&1 | tee "$log" | grep -vE '^\s*(Discovering|Discovered|Starting|Finished):'
  local code=${PIPESTATUS[0]}
  if [ "$code" = 124 ] || [ "$code" = 137 ]; then
    fail "$1 did not end within $limit; running for long: $(grep -oE "Long Running Test\] '[^']+'" "$log" | sort -u | cut -d"'" -f2 | tr '\n' ' ')"
    rm -f "$log"
    return
  fi
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+|Total: 0$' "$log" | tail -1)
  rm -f "$log"
  if [ -z "$summary" ]; then fail "$1 ended without a summary (exit code $code)"; return; fi
  local total errors=0 bad=0 skip=0 notrun=0
  read -r total errors bad skip notrun <<<"$(grep -oE '[0-9]+' <<<"$summary" | tr '\n' ' ')"
  passed=$((passed + total - bad - skip - notrun)); failed=$((failed + errors + bad)); skipped=$((skipped + skip))
  [ "$code" -eq 0 ] || [ $((errors + bad)) -gt 0 ] || fail "$1 ended with exit code $code"
}

command -v dotnet >/dev/null || { fail "the .NET SDK 10 is not installed (see README)"; exit 1; }

if [ "$mode" != fast ]; then
  browser >/dev/null || install chromium
  fc-list 2>/dev/null | grep -qi 'Noto Sans CJK' || install fonts-noto-cjk fontconfig
  CHROMIUM=$(browser) && export CHROMIUM || unset CHROMIUM
  [ -n "${SELLERCENTER_TEST_POSTGRES:-}" ] || start_postgres || echo "no PostgreSQL: its tests are skipped"
else
  unset SELLERCENTER_TEST_POSTGRES
fi

echo "== build (warnings are errors)"
dotnet build OzonSellerCenter.sln -v q || { fail "build"; exit 1; }
echo "== format"
dotnet format whitespace OzonSellerCenter.sln --no-restore --verify-no-changes || fail "format: run dotnet format whitespace"

limit=30m
[ "$mode" = long ] && limit=4h
tests=OzonSellerCenter.Tests/bin/Debug/net10.0/OzonSellerCenter.Tests
case $mode in
  fast) run_tests "fast" -trait- "Needs=Browser" -trait- "Needs=Postgres" -trait- "Kind=Long" ;;
  all)
    run_tests "all but the browser" -trait- "Needs=Browser" -trait- "Kind=Long"
    # Browser tests measure times a person feels, so nothing else runs beside them.
    run_tests "browser" -trait "Needs=Browser" -trait- "Kind=Long" -maxThreads 1
    ;;
  long)
    export SELLERCENTER_TEST_LONG=1
    run_tests "all but the browser" -trait- "Needs=Browser"
    run_tests "browser" -trait "Needs=Browser" -maxThreads 1
    ;;
esac
[ "$failed" -eq 0 ]
