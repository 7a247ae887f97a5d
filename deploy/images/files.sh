# The files of the images: programs, the libraries that they link, and what is loaded only when it is needed.
# To be sourced; reads `build`, `all` and `work`. Beside each tree lies TREE.packages, the Debian packages in it.

triplet=$(gcc -print-multiarch)
# The prepared fonts, and the whole collection for rare characters.
noto=/usr/share/fonts/opentype/noto

# The programs of an image: a service and those that it runs for what comes from outside.
programs_of() {
  echo "staraction-$1"
  if [ "$1" = declaration ]; then printf '%s\n' staraction-page staraction-scan; fi
}

# The shared libraries of an image's programs, and the loader.
libraries_of() {
  local program
  for program in $(programs_of "$1"); do ldd "$build/bin/$program"; done |
    awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | sort -u
}

common_libraries() {
  local name
  for name in "${all[@]}"; do libraries_of "$name"; done |
    sort | uniq -c | awk -v all=${#all[@]} '$1 == all { print $2 }'
}

# copy TREE FILE…: at the same path, with links followed, and notes the packages that own them with their licences.
# Debian's /lib and /lib64 are links into /usr.
copy() {
  local tree=$1 file target package packages
  shift
  packages=$(owners "$@")
  for file in "$@"; do
    target=$tree/usr/${file#/}
    case $file in /lib*) ;; *) target=$tree$file ;; esac
    mkdir -p "$(dirname "$target")"
    cp -L "$file" "$target"
  done
  for package in $packages; do
    mkdir -p "$tree/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$tree/usr/share/doc/$package/"
    echo "$package" >>"$tree.packages"
  done
}

# The packages of files; fails for a file that no package has. Their lists know some files by /lib, some by /usr/lib.
owners() {
  local file asked=()
  for file in "$@"; do asked+=("$file" "/usr$file" "${file#/usr}"); done
  # It complains of the spellings that it doesn't know.
  { dpkg-query -S "${asked[@]}" 2>/dev/null || true; } | awk -v wanted="$*" '
    { path = $NF; sub(/^\/usr/, "", path); found[path] = 1 }
    { packages = $0; sub(/: .*/, "", packages); gsub(/:[a-z0-9]+/, "", packages); gsub(/, /, "\n", packages); print packages }
    END {
      for (i = split(wanted, files, " "); i > 0; --i) {
        path = files[i]; sub(/^\/usr/, "", path)
        if (!(path in found)) { print "no Debian package has " files[i] > "/dev/stderr"; bad = 1 }
      }
      exit bad
    }' | sort -u
}

# What every program needs. Found only when it is missed: CP932 for tables of Japanese spreadsheets (a module of the
# C library), trusted authorities for the issuer's keys, mail and pages, time zones for TZ. And the pause before a pod's
# end, for which there is no shell.
base_tree() {
  local tree=$1
  mkdir -p "$tree"/{tmp,etc/ssl/certs,etc/staraction,usr/lib,usr/lib64}
  ln -s usr/lib "$tree/lib"
  ln -s usr/lib64 "$tree/lib64"
  # shellcheck disable=SC2046 # one word a file
  copy "$tree" $(common_libraries) \
    "/usr/lib/$triplet/gconv/"{CP932.so,gconv-modules,gconv-modules.d/gconv-modules-extra.conf} \
    /usr/share/zoneinfo/{UTC,Asia/Tokyo} /usr/bin/sleep
  # Of the package, not of /etc/ssl: this machine may trust more than it should give away.
  cat /usr/share/ca-certificates/mozilla/*.crt >"$tree/etc/ssl/certs/ca-certificates.crt"
  copy "$tree" /usr/share/doc/ca-certificates/copyright
  echo 'staraction:x:65532:65532::/:/' >"$tree/etc/passwd"
  echo 'staraction:x:65532:' >"$tree/etc/group"
  echo 'hosts: files dns' >"$tree/etc/nsswitch.conf"
  chmod +x "$tree"/usr/lib64/ld-linux-*
}

# program_tree NAME TREE: the programs without what only debuggers read, and libraries that the base lacks.
program_tree() {
  local name=$1 tree=$2 program library missing=()
  mkdir -p "$tree/app/bin"
  : >"$tree.packages"
  for program in $(programs_of "$name"); do
    # The build id covers the folder of the build.
    strip --strip-all --remove-section=.note.gnu.build-id -o "$tree/app/bin/$program" "$build/bin/$program"
  done
  for library in $(libraries_of "$name"); do
    case $library in
      /lib*) [ -e "$work/base/usr$library" ] || missing+=("$library") ;;
      *) [ -e "$work/base$library" ] || missing+=("$library") ;;
    esac
  done
  [ ${#missing[@]} = 0 ] || copy "$tree" "${missing[@]}"
  if [ "$name" = document ]; then mkdir -p "$tree/var/cache/fontconfig"; fi
}

fonts_tree() {
  local tree=$1
  mkdir -p "$tree/app/fonts"
  cp "$build"/fonts/*.otf "$tree/app/fonts/"
  copy "$tree" $noto/Noto{Sans,Serif}CJK-{Regular,Bold}.ttc
}

# What the code takes in as headers leaves no library behind, but belongs to the image.
headers_in() {
  echo nlohmann-json3-dev
  if [ "$1" = gateway ]; then echo libboost1.74-dev; fi
}

# The packages in an image, one line.
packages_in() {
  local trees=("$work/base" "$work/$1")
  if [ "$1" = document ]; then trees+=("$work/fonts"); fi
  { headers_in "$1"; cat "${trees[@]/%/.packages}"; } | sort -u | tr '\n' ' '
}
