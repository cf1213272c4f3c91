#!/bin/bash
# Builds mediasoup's worker, with our patches, from its npm package and the packages of Debian 12:
#   build.sh OUTPUT            as root, or with the Debian packages below installed and SKIP_APT=1
# Each folder of shim/ stands where meson would unpack a download of that name, so nothing is downloaded; what it holds
# takes Debian's library. Debian's meson is a little older than mediasoup asks for, and does.
set -euo pipefail

VERSION=3.27.1
INTEGRITY=unjG0ihJFZmCXxtS5ay6iPp+ov1Rg/BhJuP1gGfw4ElX/K5Z0it3PCC7rKecWMK2FgbQ52kKmDgZBPm/ewYO6A==
# Built here, because Debian's is made for NSS, which is slow.
SRTP=2.5.0
SRTP_SHA256=8a43ef8e9ae2b665292591af62aa1a4ae41e468b6d98d8258f91478735da4e09
PACKAGES=(g++ pkg-config meson ninja-build python3 ca-certificates patch openssl
  libssl-dev libuv1-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler)

if [ "${1:-}" = --packages ]; then
  echo "${PACKAGES[@]}"
  exit 0
fi
OUT=$(realpath -m "${1:?usage: build.sh OUTPUT}")
HERE=$(cd "$(dirname "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"

if [ -z "${SKIP_APT:-}" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${PACKAGES[@]}"
fi

# The source package, from the machine's own list of servers, without changing that list.
mkdir -p apt/lists/partial apt/cache/archives/partial apt/parts
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  [ -f "$list" ] || continue
  sed -e 's/^deb /deb-src /' -e 's/^Types:.*/Types: deb-src/' "$list" >"apt/parts/$(basename "$list")"
done
sources() {
  apt-get -qq -o Dir::Etc::sourcelist=- -o "Dir::Etc::sourceparts=$WORK/apt/parts" -o APT::Sandbox::User= \
    -o "Dir::State::lists=$WORK/apt/lists" -o "Dir::Cache=$WORK/apt/cache" -o Acquire::Retries=3 "$@"
}
sources update
# Debian may revise its package; what is inside stays.
sources source --download-only "libsrtp2=$SRTP-3" || sources source --download-only libsrtp2
echo "$SRTP_SHA256  libsrtp2_$SRTP.orig.tar.gz" | sha256sum --check --quiet

npm pack --silent "mediasoup@$VERSION" >/dev/null
got=$(openssl dgst -sha512 -binary "mediasoup-$VERSION.tgz" | base64 -w0)
[ "$got" = "$INTEGRITY" ] || { echo "mediasoup-$VERSION.tgz is not what it was: sha512 $got" >&2; exit 1; }
tar xzf "mediasoup-$VERSION.tgz"
cd package/worker
sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.1'/" meson.build
cp -r "$HERE"/shim/* subprojects/
mkdir subprojects/libsrtp2
tar xzf "$WORK/libsrtp2_$SRTP.orig.tar.gz" --strip-components=1 -C subprojects/libsrtp2
for patch in "$HERE"/patches/*.patch; do patch -p1 -s <"$patch"; done

# Debian's meson and its Python, whatever else comes first in PATH.
PATH=/usr/bin:$PATH
meson setup --buildtype release -Db_ndebug=true -Db_lto=true --wrap-mode nodownload build
ninja -C build -j "${JOBS:-$(nproc)}" mediasoup-worker
mkdir -p "$(dirname "$OUT")"
strip -o "$OUT" build/mediasoup-worker
