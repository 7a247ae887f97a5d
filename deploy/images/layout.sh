# Writes an OCI image layout (github.com/opencontainers/image-spec, 1.0): blobs named by their SHA-256, and an index.
# To be sourced; reads `layout`, which start_layout sets, `level`, `work` and `version`.

image_type=application/vnd.oci.image

# start_layout DIR: an empty one.
start_layout() {
  layout=$1
  rm -rf "$layout"
  mkdir -p "$layout/blobs/sha256"
  echo '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
  echo '{"schemaVersion":2,"manifests":[]}' >"$layout/index.json"
}

# add_blob FILE TYPE: moves the file into the layout and prints its descriptor.
add_blob() {
  local digest size
  digest=$(sha256sum "$1" | cut -d' ' -f1)
  size=$(stat -c %s "$1")
  mv "$1" "$layout/blobs/sha256/$digest"
  jq -nc --arg type "$2" --arg digest "sha256:$digest" --argjson size "$size" \
    '{mediaType: $type, digest: $digest, size: $size}'
}

# add_layer TREE: prints {descriptor, diff_id}. Nothing in the archive tells when or by whom it was made.
add_layer() {
  local tree=$1 diff
  LC_ALL=C tar --sort=name --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX \
    -C "$tree" -cf "$tree.tar" .
  diff=$(sha256sum "$tree.tar" | cut -d' ' -f1)
  zstd -q -"$level" -T0 --rm -f "$tree.tar" -o "$tree.tar.zst"
  jq -nc --arg diff "sha256:$diff" --argjson descriptor "$(add_blob "$tree.tar.zst" $image_type.layer.v1.tar+zstd)" \
    '{descriptor: $descriptor, diff_id: $diff}'
}

# add_image NAME LAYER…: the image of a program.
add_image() {
  local name=$1 config manifest
  shift
  printf '%s\n' "$@" | jq -s --arg program "/app/bin/staraction-$name" --arg title "staraction-$name" \
    --arg version "$version" --arg architecture "$(dpkg --print-architecture)" '{
      created: "1970-01-01T00:00:00Z", architecture: $architecture, os: "linux",
      config: {
        User: "65532:65532", WorkingDir: "/", Entrypoint: [$program], Env: ["LANG=C.UTF-8"],
        Labels: {"org.opencontainers.image.title": $title, "org.opencontainers.image.version": $version}
      },
      rootfs: {type: "layers", diff_ids: map(.diff_id)}
    }' >"$work/config"
  config=$(add_blob "$work/config" $image_type.config.v1+json)
  printf '%s\n' "$@" | jq -s --argjson config "$config" --arg type $image_type.manifest.v1+json \
    '{schemaVersion: 2, mediaType: $type, config: $config, layers: map(.descriptor)}' >"$work/manifest"
  manifest=$(add_blob "$work/manifest" $image_type.manifest.v1+json)
  jq --arg name "$name" --argjson manifest "$manifest" '
    .manifests += [$manifest + {annotations: {"org.opencontainers.image.ref.name": $name}}]' "$layout/index.json" >"$work/index"
  mv "$work/index" "$layout/index.json"
}

# The digest by which clusters name an image.
digest_of() {
  jq -er --arg name "$1" '.manifests[] | select(.annotations["org.opencontainers.image.ref.name"] == $name).digest' \
    "$layout/index.json"
}

# Compressed bytes of an image's layers.
size_of() {
  local digest
  digest=$(digest_of "$1")
  jq '[.layers[].size] | add' "$layout/blobs/sha256/${digest#sha256:}"
}
