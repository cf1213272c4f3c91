#!/bin/sh
# This server as the suite starts it: its variables (run.sh) as ours. In the foreground, from the folder of the checkout.
set -eu
export HOST=127.0.0.1 PORT="$SUITE_PORT" RTC_PORT="$SUITE_RTC_PORT" RTC_ANNOUNCED_ADDRESS=127.0.0.1
export API_KEYS="$SUITE_KEY:$SUITE_SECRET" DATA_DIR="$SUITE_DIR/data" MEDIA_ENGINE=embedded LOG_LEVEL="${LOG_LEVEL:-info}"
if [ "${SUITE_AUTO_CREATE:-1}" = 0 ]; then export ROOM_AUTO_CREATE=off; fi
if [ "${SUITE_DATA_BLOB:-0}" = 1 ]; then export DATA_BLOB_BYTES="${SUITE_DATA_BLOB_MAX:-65536}"; fi
export SLOW_RECEIVER_BPS="${SUITE_DATACHANNEL_SLOW_THRESHOLD:-0}"
if [ -n "${SUITE_WEBHOOK_URL:-}" ]; then export LIVEKIT_WEBHOOK_URLS="$SUITE_WEBHOOK_URL"; fi
exec sh scripts/node.sh src/main.ts
