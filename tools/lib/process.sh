# Processes that tools/run starts: a log, a pid file, and no mistake about whose pid it is.

say() { echo "tools/run: $*"; }
fail() { echo "tools/run: $*" >&2; exit 1; }

# When the process began, in ticks since boot: tells a pid that was given anew from ours.
start_of() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# The pid in the file $1 if that process is still the one that was started.
live_pid() {
  local pid start
  [ -s "$1" ] || return 1
  read -r pid start <"$1"
  [ "$(start_of "$pid")" = "$start" ] && echo "$pid"
}

# spawn NAME COMMAND…: starts it in the background, apart from this terminal and its lock.
spawn() {
  local name=$1
  shift
  setsid "$@" >>"$state/log/$name.log" 2>&1 9>&- </dev/null &
  echo "$! $(start_of $!)" >"$state/run/$name.pid"
}

# Asks a process to end and waits up to 15 s; then it is killed.
stop_process() {
  local file=$state/run/$1.pid pid i
  if pid=$(live_pid "$file"); then
    kill "$pid" 2>/dev/null || true
    for ((i = 0; i < 150; i++)); do
      live_pid "$file" >/dev/null || break
      sleep 0.1
    done
    if live_pid "$file" >/dev/null; then
      say "$1 did not end in time and is killed: see $state/log/$1.log"
      kill -9 "$pid" 2>/dev/null || true
    fi
  fi
  rm -f "$file"
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
