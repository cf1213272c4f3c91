#!/bin/sh
# `npm run test:livekit`: LiveKit's own tests against this server. Options are run.sh's; without any, all that this
# server can do with the worker that is here: everything, or `-path v0` where the worker is mediasoup's own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
if ! command -v go >/dev/null; then
  echo "test:livekit needs go 1.26 or newer: https://go.dev/dl/" >&2
  exit 2
fi
maps='import { workerBin } from "./src/adapters/engine/embedded/worker-bin.ts";
process.exit(workerBin(process.env.MEDIASOUP_WORKER_BIN)?.mapsNumbers ? 0 : 1)'
if [ $# -eq 0 ] && ! sh scripts/node.sh --input-type=module -e "$maps"; then set -- -path v0; fi
SUITE_SERVER_CMD="exec sh test/livekit-suite/serve.sh" exec bash test/livekit-suite/run.sh "$@"
