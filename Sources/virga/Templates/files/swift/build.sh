#!/bin/sh
# Makes %name%.core.wasm of the sources here: Embedded Swift and C, without an operating system.
set -e
swift=$(dirname "$(readlink -f "$(command -v swiftc)")")
tables=$swift/../lib/swift/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a
swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -Osize \
    -parse-as-library -import-objc-header http.h -c *.swift -o function.o
"$swift/clang" --target=wasm32 -O2 -nostdlib -fno-builtin -mbulk-memory -Wl,--no-entry -Wl,--gc-sections \
    -Wl,--strip-all -o %name%.core.wasm function.o http.c runtime.c "$tables"
rm function.o
