# For programs of this folder and others that start services by themselves; to be sourced at the repository's top.

. tools/lib/process.sh
. tools/lib/database.sh
. tools/lib/services.sh
. tests/e2e/lib.sh

issuer=http://staraction.localhost
organization=01900000-0000-7000-8000-000000000001
all_services=(engagement training diagnosis asset risk document declaration)
launcher=()

# Sets what the functions of tools/lib want to know, after `begin`.
know_services() { # SERVICE…
  services=("$@")
  state=$STARACTION_STATE_DIR bin=$STARACTION_BUILD_DIR/bin
  base_port=$STARACTION_RUN_BASE_PORT gateway_port=$STARACTION_RUN_PORT
}

# begin_services BUILD_DIR SERVICE…: as `begin`, with keys, certificates and the services' schemas.
begin_services() {
  local service
  begin "$1"
  know_services "${@:2}"
  mkdir -p "$state"/{run,log}
  exec 9>"$state/lock"
  "$bin/staractl" keys init "$state/keys" >/dev/null
  "$bin/staractl" tls init "$state/tls" >/dev/null
  (umask 077 && printf '%032d' 7 >"$state/keys/link_key")
  start_database
  for service in "${services[@]}"; do migrate "$service"; done
}

# A gateway that sets no limit to how much one caller asks; later settings go before earlier ones.
start_open_gateway() { # NAME HOST PORT SETTING…
  local service backends=''
  for service in "${all_services[@]}"; do backends+=${backends:+,}$service=127.0.0.1:$(port_of "$service"); done
  spawn "$1" env -i PATH="$PATH" LANG=C.UTF-8 STARACTION_LISTEN="$2:$3" STARACTION_METRICS_LISTEN="$2:$(($3 + 1000))" \
    STARACTION_BACKENDS="$backends" STARACTION_ISSUER="$issuer" STARACTION_JWKS="$state/keys/jwks.json" \
    STARACTION_INTERNAL_JWKS="$state/keys/internal_jwks.json" STARACTION_CALLER_RATE=0 STARACTION_ORGANIZATION_RATE=0 \
    STARACTION_ADDRESS_RATE=0 "${@:4}" "$bin/staraction-gateway"
  await_ready "$2:$3"
}
await_ready() { curl -sf --retry 80 --retry-delay 1 --retry-all-errors -o /dev/null "http://$1/readyz" || fail "$1 is not ready"; }

# The consultancy, whose administrator is the consultant of consultant_token.
create_organization() {
  with_tls operator "$bin/staractl" organization create --keys "$state/keys" --engagement "127.0.0.1:$(port_of engagement)" \
    --id "$organization" --name "北浜IT経営サポート" --admin-issuer "$issuer" --admin-subject consultant >/dev/null
}
