#!/bin/sh
# Sees to it that there is a media worker, and writes to node_modules/.parley-worker which one: what it was made from,
# and its path.   choose.sh check|get start|test|worker
#   start   mediasoup's own where it can be had, else our build; neither is no failure, the server says what it lacks
#   test    our build where it can be made: the tests are about it
#   worker  our build (README.md)
# Nothing is to do where MEDIASOUP_WORKER_BIN names one, or the server is told of another engine.
set -eu
step=$1 goal=$2
here=scripts/media-worker
choice=node_modules/.parley-worker
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/parley/worker
debian_12() { [ "$(. /etc/os-release 2>/dev/null && echo "$ID ${VERSION_ID:-}")" = 'debian 12' ]; }
say() { echo "set-up: $*" >&2; }
digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

version=$(sed -n 's/^VERSION=//p' $here/build.sh)
machine=$(uname -sm | tr 'A-Z ' 'a-z-')
key=$({ cat $here/build.sh; find $here/patches $here/shim -type f | LC_ALL=C sort | xargs cat; echo "$machine"; } | digest | cut -c 1-16)
ours=$cache/$key/mediasoup-worker
theirs=$cache/mediasoup-$version-$machine/mediasoup-worker

chosen() { [ -f $choice ] && [ "$(sed -n 1p $choice)" = "$1" ] && { [ "$1" = "none $key" ] || [ -x "$(sed -n 2p $choice)" ]; }; }
choose() { printf '%s\n%s\n' "$1" "$2" >$choice.$$ && mv $choice.$$ $choice; }
# From the environment, which wins, or from the file that the server reads too.
setting() { eval "value=\${$1:-}"; [ -n "$value" ] || value=$(sed -n "s/^$1=//p" .env 2>/dev/null || true); echo "$value"; }

need=any
case $goal in
  worker) need=ours ;;
  test) [ -z "$(setting MEDIASOUP_WORKER_BIN)" ] || exit 0; if debian_12; then need=ours; fi ;;
  start)
    case "$(setting MEDIASOUP_WORKER_BIN)/$(setting MEDIA_ENGINE)/$(setting LIVEKIT_URL)$(setting REDIS_URL)" in
      /embedded/* | //) ;;
      *) exit 0 ;;
    esac
    ;;
esac
good() { chosen "ours $key" || { [ $need = any ] && { chosen "mediasoup $version" || chosen "none $key"; }; }; }

good && exit 0
[ "$step" = check ] && exit 1

packages_missing() {
  for package in $(bash $here/build.sh --packages); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf ' %s' "$package"
  done
}

# A file beside the place first: another checkout may want the same one at this moment.
place() {
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2.$$" && chmod 755 "$2.$$" && mv "$2.$$" "$2"
}

fetch() {
  [ -x "$theirs" ] && return 0
  say "looking for mediasoup's ready-made media worker"
  found=$(sh scripts/node.sh $here/fetch.mjs 9<&-) || return 1
  place "$found" "$theirs"
}

# Says why not, and is false, where it cannot be built.
build() {
  [ -x "$ours" ] && return 0
  debian_12 || { say "the media worker can be built on Debian 12 alone"; return 1; }
  missing=$(packages_missing)
  if [ -n "$missing" ] && [ "$(id -u)" != 0 ]; then
    say "building the media worker needs packages; please run: sudo apt-get install$missing"
    return 1
  fi
  say "building the media worker (about four minutes)"
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 130' INT HUP TERM
  [ -n "$missing" ] || export SKIP_APT=1
  if ! bash $here/build.sh "$scratch/worker" >"$scratch/log" 2>&1 9<&-; then
    tail -n 20 "$scratch/log" >&2
    say "the media worker could not be built; the end of its log is above"
    return 1
  fi
  place "$scratch/worker" "$ours"
}

fetched() { [ $need = any ] && fetch && choose "mediasoup $version" "$theirs"; }
built() { build && choose "ours $key" "$ours"; }
# What was ours stays ours when this folder has changed.
was_ours() { [ -f $choice ] && [ "$(sed -n '1s/ .*//p' $choice)" = ours ]; }

if [ -x "$ours" ] || was_ours; then built || fetched; else fetched || built; fi || {
  [ $need = any ] || exit 1
  say "there is no media worker, so rooms have no media until there is one: npm run build:worker"
  choose "none $key" ''
}
