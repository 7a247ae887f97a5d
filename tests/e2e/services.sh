# For programs of this folder and others that start services by themselves; to be sourced at the repository's top.

. tools/lib/process.sh
. tools/lib/database.sh
. tools/lib/services.sh
. tests/e2e/lib.sh

issuer=http://staraction.localhost
organization=01900000-0000-7000-8000-000000000001
all_services=(engagement training diagnosis asset risk document declaration)
launcher=()

# begin_services BUILD_DIR SERVICE…: as `begin`, with keys, certificates and the services' schemas; sets what the
# functions of tools/lib want to know.
begin_services() {
  begin "$1"
  services=("${@:2}")
  state=$STARACTION_STATE_DIR bin=$1/bin
  base_port=$STARACTION_RUN_BASE_PORT gateway_port=$STARACTION_RUN_PORT
  mkdir -p "$state"/{run,log}
  exec 9>"$state/lock"
  "$bin/staractl" keys init "$state/keys" >/dev/null
  "$bin/staractl" tls init "$state/tls" >/dev/null
  (umask 077 && printf '%032d' 7 >"$state/keys/link_key")
  start_database
  local service
  for service in "${services[@]}"; do migrate "$service"; done
}

# The consultancy, whose administrator is the consultant of consultant_token.
create_organization() {
  with_tls operator "$bin/staractl" organization create --keys "$state/keys" --engagement "${1:-127.0.0.1:$(port_of engagement)}" \
    --id "$organization" --name "北浜IT経営サポート" --admin-issuer "$issuer" --admin-subject consultant >/dev/null
}
