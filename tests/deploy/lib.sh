# What the programs of this folder share, besides tests/e2e/lib.sh; to be sourced after it.

# Exit code 77 tells ctest that nothing was tested.
skip() { echo "SKIPPED: $*"; exit 77; }

# need_root_and TOOL…
need_root_and() {
  [ "$(id -u)" = 0 ] || skip "containers are started by root only"
  need "$@"
}
need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || skip "no $tool on this machine"; done
}

as_postgres() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
pg_bin=$(pg_config --bindir)

# start_server DIR PORT [OPTION…]: a PostgreSQL server that asks for passwords, on 127.0.0.1.
start_server() {
  server=$1
  local port=$2
  shift 2
  mkdir -p "$server"
  echo secret >"$server/password"
  chown -R postgres: "$server"
  as_postgres "$pg_bin/initdb" -D "$server/data" --auth=scram-sha-256 --encoding=UTF8 --locale=C --username=postgres \
    --pwfile="$server/password" >"$server/initdb.log"
  as_postgres "$pg_bin/pg_ctl" -D "$server/data" -w -l "$server/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=64MB $*" start >/dev/null
  export STARACTION_DATABASE_URL=postgresql://postgres:secret@127.0.0.1:$port/postgres
}
stop_server() {
  if [ -e "${server:-}/data" ] && as_postgres "$pg_bin/pg_ctl" -D "$server/data" status >/dev/null; then
    as_postgres "$pg_bin/pg_ctl" -D "$server/data" -w -m fast stop >/dev/null
  fi
}
