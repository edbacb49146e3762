#!/bin/sh
# Makes the modules of this folder anew: make.sh [FOLDER]. Needs clang and wasm-ld for wasm32.
set -e
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here}
cd "$here"
for version in 4 5; do
    clang --target=wasm32 -O1 -g -gdwarf-$version -fdebug-prefix-map="$here"=/sources \
        -c lines.c -o "$folder/lines.o"
    wasm-ld --no-entry --export=run "$folder/lines.o" -o "$folder/lines-$version.wasm"
    rm "$folder/lines.o"
done
