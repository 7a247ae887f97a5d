# What the programs of this folder share; to be sourced at the repository's top.

fail() { echo "FAILED: $*" >&2; exit 1; }

# begin BUILD_DIR: a state folder in $work and ports of its own for tools/run, gone at the end.
begin() {
  work=$(mktemp -d /tmp/staraction-e2e.XXXXXX)
  chmod 755 "$work" # PostgreSQL's account passes through
  export STARACTION_BUILD_DIR=$1 STARACTION_STATE_DIR=$work/state
  # Below the ports that the system gives to outgoing connections (from 32768 on): one of those may be taken at any time.
  export STARACTION_RUN_PORT=$((10000 + $$ % 1000 * 5)) STARACTION_RUN_BASE_PORT=$((17000 + $$ % 1000 * 10))
  trap cleanup EXIT
}
cleanup() {
  tools/run --stop >/dev/null || echo "tools/run --stop failed" >&2
  rm -rf "$work"
}

# run WANTED-EXIT-CODE ARGUMENTS…; the output lies in $work/output.
run() {
  local wanted=$1 code=0
  shift
  tools/run "$@" >"$work/output" 2>&1 || code=$?
  cat "$work/output"
  [ $code = "$wanted" ] || fail "tools/run $*: exit code $code, wanted $wanted"
}

# A token of the consultant for whom tools/run acts.
consultant_token() {
  "$STARACTION_BUILD_DIR/bin/staractl" token --keys "$STARACTION_STATE_DIR/keys" --issuer http://staraction.localhost \
    --subject consultant --organization 01900000-0000-7000-8000-000000000001
}

# Where each program tells its metrics, "service=address" a line.
metrics_addresses() {
  local port=$((STARACTION_RUN_BASE_PORT + 1000)) service
  for service in engagement training diagnosis asset risk document declaration; do
    echo "$service=127.0.0.1:$((port++))"
  done
  echo "gateway=127.0.0.1:$((STARACTION_RUN_PORT + 1000))"
}

# What is exposed is what METRICS.md says, and figures of the business equal SQL.
check_metrics() {
  local addresses
  mapfile -t addresses < <(metrics_addresses)
  node tests/monitoring/gauges.mjs tests/e2e/ask_database "${addresses[@]}" || fail "gauges"
  node tests/monitoring/metrics.mjs "${addresses[@]}" || fail "metrics"
}

# What an SQL statement answers, while something is served.
query() { psql -X -q -At -v ON_ERROR_STOP=1 -c "$1" "host=$STARACTION_STATE_DIR/pg dbname=staraction user=postgres"; }
