# The database of tools/run: a private PostgreSQL cluster (unix socket only), or an existing server.

# PostgreSQL refuses to run as root; root runs it as postgres.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
  else
    "$@"
  fi
}

# Where the cluster lies: in .staraction, unless its account cannot get there (a checkout in a home
# folder), or the socket's path would be too long for the kernel.
cluster_dir() {
  local here=$state/pg
  if [ ${#here} -le 80 ] && as_postgres test -x "$state"; then
    echo "$here"
  else
    echo "/var/tmp/staraction-$(id -u)-$(sha256sum <<<"$state" | cut -c1-12)"
  fi
}

pg_control() { as_postgres "$(pg_config --bindir)/pg_ctl" -D "$cluster/data" "$@"; }

database_url() { # ROLE
  if [ -n "${STARACTION_DATABASE_URL:-}" ]; then
    ROLE=$1 PASSWORD=$(cat "$state/keys/database_password") node -e '
      const url = new URL(process.env.STARACTION_DATABASE_URL);
      url.username = process.env.ROLE;
      url.password = process.env.PASSWORD;
      url.pathname = "/staraction";
      console.log(url.href);'
  else
    echo "host=$cluster dbname=staraction user=$1"
  fi
}

start_cluster() {
  cluster=$(cluster_dir)
  if [ ! -s "$cluster/data/PG_VERSION" ]; then
    say "creating a PostgreSQL cluster in $cluster"
    mkdir -p "$cluster"
    chmod 700 "$cluster"
    [ "$(id -u)" != 0 ] || chown postgres: "$cluster"
    rm -rf "$cluster/data"
    as_postgres "$(pg_config --bindir)/initdb" -D "$cluster/data" --auth=trust --encoding=UTF8 --locale=C \
      --username=postgres >"$state/log/initdb.log" 2>&1 || fail "initdb failed: see $state/log/initdb.log"
  fi
  if ! pg_control status >/dev/null; then
    # Nobody's data: a crash of the machine may cost the last moments.
    pg_control -w -t 60 -l "$cluster/log" -o "-c listen_addresses='' -c unix_socket_directories='$cluster' \
      -c max_connections=100 -c shared_buffers=64MB -c synchronous_commit=off" start >/dev/null 9>&- ||
      fail "PostgreSQL did not start: see $cluster/log"
  fi
}

# psql as the administrator; $1: the database.
admin_psql() {
  local database=$1 url
  shift
  if [ -n "${STARACTION_DATABASE_URL:-}" ]; then
    url=$(DATABASE=$database node -e '
      const url = new URL(process.env.STARACTION_DATABASE_URL);
      if (process.env.DATABASE) url.pathname = "/" + process.env.DATABASE;
      console.log(url.href);')
  else
    url="host=$cluster dbname=${database:-postgres} user=postgres"
  fi
  PGOPTIONS='-c client_min_messages=warning' psql -X -q -At -v ON_ERROR_STOP=1 "$@" "$url"
}

# On a server that asks for passwords our roles need some.
set_passwords() {
  local role
  if [ ! -s "$state/keys/database_password" ]; then
    (umask 077 && od -An -tx1 -N24 /dev/urandom | tr -d ' \n' >"$state/keys/database_password")
  fi
  for role in $(admin_psql staraction -c "select rolname from pg_roles where rolname like 'staraction\_%' and rolcanlogin"); do
    echo "alter role $role password '$(cat "$state/keys/database_password")';"
  done | admin_psql staraction -f -
}

start_database() {
  [ -n "${STARACTION_DATABASE_URL:-}" ] || start_cluster
  if [ "$(admin_psql '' -c "select 1 from pg_database where datname = 'staraction'")" != 1 ]; then
    admin_psql '' -c "create database staraction template template0 encoding 'UTF8'"
  fi
  admin_psql staraction -f deploy/postgresql/bootstrap.sql
  [ -z "${STARACTION_DATABASE_URL:-}" ] || set_passwords
}

stop_database() {
  cluster=$(cluster_dir)
  [ -s "$cluster/data/PG_VERSION" ] || return 0
  if pg_control status >/dev/null; then pg_control -w -m fast stop >/dev/null; fi
}

remove_database() {
  cluster=$(cluster_dir)
  rm -rf "$cluster"
}
