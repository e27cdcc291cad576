#!/bin/sh
# Renews the pictures of the README: plays the demo and looks at its page with Chromium.
#   modules/query/pictures/renew.sh
set -eu
cd "$(dirname "$0")/../../.."
pictures=modules/query/pictures
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  echo "renew.sh: there is no Chromium: install the package chromium" >&2
  exit 69
}
scratch=$(mktemp -d)
./tidemark demo --speed max --port 0 --dir "$scratch/demo" >"$scratch/out" 2>"$scratch/err" &
demo=$!
trap 'kill $demo 2>/dev/null || true; wait $demo 2>/dev/null || true; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
until grep -q "the page stays at" "$scratch/err"; do
  kill -0 $demo 2>/dev/null || {
    cat "$scratch/err" >&2
    exit 1
  }
  sleep 1
done
eval "$(grep '^export TIDEMARK_' "$scratch/err")"

# The alert of the guard: a rate from nothing to everything, with a version to compare with.
key=$(./tidemark alerts --children -o jsonl |
  grep '"signal":"DENIAL_RATE"' | grep '"subjectName":"get_most_recent_transactions"' |
  sed -n 's/.*"alertKey":"\([0-9a-f]*\)".*/\1/p' | head -n 1)
[ -n "$key" ] || {
  echo "renew.sh: the demo has not found the guard: run it by hand" >&2
  exit 1
}

picture() {
  "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    "--user-data-dir=$scratch/profile" --window-size=1280,900 --virtual-time-budget=6000 \
    "--screenshot=$scratch/$1" "$TIDEMARK_URL/#/$2" >/dev/null 2>&1
  mv "$scratch/$1" "$pictures/$1"
  echo "$pictures/$1"
}
picture fleet.png "fleet?from=-6h"
picture alert.png "alert/$key"
