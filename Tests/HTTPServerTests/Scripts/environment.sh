#!/usr/bin/env bash
# Makes a Python environment with what the end-to-end tests import, once, in the folder given. Says in one
# line why there is none, with exit status 3, where the packages cannot be had.
set -u
folder=$1
stamp="$folder/front-ready"
[ -f "$stamp" ] && exit 0
# Other tests put packages into the same folder at the same time.
exec 9>"$folder.lock"
flock 9
python3 -m venv "$folder" >/dev/null 2>&1 || { echo "python3 cannot make an environment"; exit 3; }
"$folder/bin/pip" -q install h2 hyperframe hpack 'httpx[http2]' >/dev/null 2>&1 \
    || { echo "pip cannot install h2, hyperframe, hpack and httpx: no network?"; exit 3; }
touch "$stamp"
