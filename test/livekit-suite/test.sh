#!/bin/sh
# `npm run test:livekit`: LiveKit's own tests against this server. Options are run.sh's; without any, all that this
# server can do at all with the worker that is here: `-path v0`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
if ! command -v go >/dev/null; then
  echo "test:livekit needs go 1.26 or newer: https://go.dev/dl/" >&2
  exit 2
fi
[ $# -gt 0 ] || set -- -path v0
SUITE_SERVER_CMD="exec sh test/livekit-suite/serve.sh" exec bash test/livekit-suite/run.sh "$@"
