#!/usr/bin/env bash
# Puts copydesk on the path of the steps that follow: one that is there already, a release, or one built from source.
set -euo pipefail

if command -v copydesk >/dev/null && [ -z "${COPYDESK_VERSION:-}" ]; then
  echo "using $(command -v copydesk)"
  exit 0
fi

bin="${RUNNER_TEMP:?}/copydesk-bin"
mkdir -p "$bin"

target() {
  local system machine
  case "$(uname -s)" in
    Linux) system=unknown-linux-gnu ;;
    Darwin) system=apple-darwin ;;
    MINGW* | MSYS* | CYGWIN*) system=pc-windows-msvc ;;
    *) return 1 ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) machine=x86_64 ;;
    arm64 | aarch64) machine=aarch64 ;;
    *) return 1 ;;
  esac
  echo "$machine-$system"
}

# A release, checked against its checksum.
download() {
  local version="$1" target archive
  target="$(target)" || return 1
  archive="copydesk-$version-$target.tar.gz"
  local url="https://github.com/${COPYDESK_REPOSITORY:?}/releases/download/$version/$archive"
  (
    cd "$bin"
    curl --fail --silent --show-error --location --retry 3 --remote-name "$url" --remote-name "$url.sha256" || exit 1
    if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$archive.sha256"
    else shasum --algorithm 256 --check --quiet "$archive.sha256"
    fi
    tar --extract --gzip --strip-components 1 --file "$archive"
  )
}

build() {
  command -v cargo >/dev/null || { echo "::error::there is no release for this runner, and no cargo to build copydesk with"; exit 2; }
  echo "building copydesk from source"
  cargo build --release --locked --manifest-path "${GITHUB_ACTION_PATH:?}/Cargo.toml" --target-dir "$bin/target"
  cp "$bin/target/release/copydesk"* "$bin/"
}

version="${COPYDESK_VERSION:-${COPYDESK_REF:-}}"
case "$version" in
  v[0-9]*.[0-9]*.[0-9]*) download "$version" || { echo "::warning::copydesk $version cannot be downloaded"; build; } ;;
  *) build ;;
esac
echo "$bin" >>"${GITHUB_PATH:?}"
"$bin/copydesk" --version
