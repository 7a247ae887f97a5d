# The services and the gateway as processes of this machine.

# Services whose program this repository has; the others are absent.
find_services() {
  local service
  services=()
  for service in "${all_services[@]}"; do
    if [ -e "services/$service/main.cc" ]; then services+=("$service"); fi
  done
}

port_of() {
  local i
  for i in "${!all_services[@]}"; do
    if [ "${all_services[i]}" = "$1" ]; then echo $((base_port + i)); fi
  done
}

metrics_urls() {
  local service
  for service in "${services[@]}"; do echo -n "http://127.0.0.1:$(($(port_of "$service") + 1000))/metrics "; done
  echo "http://127.0.0.1:$((gateway_port + 1000))/metrics"
}

# with_tls PROGRAM COMMAND…: runs it with the program's certificate, where tools/run makes some.
with_tls() {
  local program=$1
  shift
  if [ -n "${STARACTION_RUN_TLS:-}" ]; then
    STARACTION_TLS_DIR=$state/tls/current/$program "$@"
  else
    "$@"
  fi
}

# Fills the array `with_settings`: a command prefix that gives a service its settings and nothing else of ours.
settings_of() {
  local service=$1 port peer
  port=$(port_of "$service")
  with_settings=(
    "${launcher[@]}" env -i PATH="$PATH" HOME="${HOME:-/}" LANG=C.UTF-8
    STARACTION_LISTEN="127.0.0.1:$port" STARACTION_METRICS_LISTEN="127.0.0.1:$((port + 1000))"
    STARACTION_DATABASE_URL="$(database_url "staraction_$service")"
    STARACTION_JOBS_DATABASE_URL="$(database_url "staraction_${service}_jobs")"
    STARACTION_MIGRATOR_DATABASE_URL="$(database_url staraction_migrator)"
    STARACTION_ISSUER="$issuer" STARACTION_JWKS="${jwks:-$state/keys/jwks.json}"
    STARACTION_INTERNAL_JWKS="$state/keys/internal_jwks.json"
    STARACTION_INTERNAL_KEY="$state/keys/internal/$service.jwk"
    STARACTION_AUDIT_ANCHOR_DIR="$state/anchors"
    STARACTION_LINK_KEY_FILE="$state/keys/link_key")
  if [ -n "${STARACTION_RUN_TLS:-}" ]; then
    with_settings+=(STARACTION_TLS_DIR="$state/tls/current/$service")
  fi
  for peer in "${all_services[@]}"; do
    with_settings+=("STARACTION_PEER_${peer^^}=127.0.0.1:$(port_of "$peer")")
  done
}

migrate() {
  settings_of "$1"
  "${with_settings[@]}" "$bin/staraction-$1" migrate >>"$state/log/$1.log" 2>&1 ||
    fail "$1's schema could not be migrated: $(tail -n 1 "$state/log/$1.log")"
}

refuse_taken_ports() {
  local service port
  for port in "$gateway_port" $((gateway_port + 1000)); do
    ! port_is_taken "$port" || fail "port $port is taken by another program: choose STARACTION_RUN_PORT"
  done
  for service in "${services[@]}"; do
    for port in "$(port_of "$service")" $(($(port_of "$service") + 1000)); do
      ! port_is_taken "$port" || fail "port $port is taken by another program: choose STARACTION_RUN_BASE_PORT"
    done
  done
}

start_services() {
  local service backends='' gateway_tls=()
  refuse_taken_ports
  # The gateway wants an address of every service whose schema it serves, also of absent ones.
  for service in "${all_services[@]}"; do backends+=${backends:+,}$service=127.0.0.1:$(port_of "$service"); done
  for service in "${services[@]}"; do
    settings_of "$service"
    spawn "$service" "${with_settings[@]}" "$bin/staraction-$service"
  done
  if [ -n "${STARACTION_RUN_TLS:-}" ]; then gateway_tls=(STARACTION_TLS_DIR="$state/tls/current/gateway"); fi
  spawn gateway "${launcher[@]}" env -i PATH="$PATH" HOME="${HOME:-/}" LANG=C.UTF-8 \
    STARACTION_LISTEN="127.0.0.1:$gateway_port" STARACTION_METRICS_LISTEN="127.0.0.1:$((gateway_port + 1000))" \
    STARACTION_BACKENDS="$backends" STARACTION_ISSUER="$issuer" STARACTION_JWKS="${jwks:-$state/keys/jwks.json}" \
    STARACTION_INTERNAL_JWKS="$state/keys/internal_jwks.json" "${gateway_tls[@]}" "$bin/staraction-gateway"
  for service in "${services[@]}"; do
    with_tls operator "$bin/staractl" health "127.0.0.1:$(port_of "$service")" --service "$service" --wait 20s \
      >/dev/null 2>&1 ||
      fail "$service does not serve: $(tail -n 1 "$state/log/$service.log")"
  done
  curl -sf --retry 40 --retry-delay 1 --retry-connrefused -o /dev/null "http://127.0.0.1:$gateway_port/readyz" ||
    fail "the gateway does not serve: $(tail -n 1 "$state/log/gateway.log")"
  say "serving on http://127.0.0.1:$gateway_port"
}

stop_services() {
  local file name
  for name in gateway "${all_services[@]}"; do
    file=$state/run/$name.pid
    if [ -e "$file" ]; then stop_process "$name"; fi
  done
}
