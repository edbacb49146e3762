import ComponentModel
import Wasm

// The functions of wasi:random, by their names.

/// Defines wasi:random/random, wasi:random/insecure and wasi:random/insecure-seed.
func defineRandom(in linker: ComponentLinker) {
    let random = linker.instance("wasi:random/random@0.2.12")
    random.define("get-random-bytes", effect: .randomness) { (_, count: UInt64) throws(Trap) in
        ByteArray(try Random.bytes(count))
    }
    random.define("get-random-u64", effect: .randomness) { (_) throws(Trap) in try Random.u64() }
    let insecure = linker.instance("wasi:random/insecure@0.2.12")
    insecure.define("get-insecure-random-bytes", effect: .randomness) {
        (call, count: UInt64) throws(Trap) in
        try call.wasi.system.withInsecureRandom { (random) throws(Trap) in
            ByteArray(try random.bytes(count))
        }
    }
    insecure.define("get-insecure-random-u64", effect: .randomness) { (call) throws(Trap) in
        try call.wasi.system.withInsecureRandom { $0.u64() }
    }
    let seed = linker.instance("wasi:random/insecure-seed@0.2.12")
    seed.define("insecure-seed", effect: .randomness) { (call) throws(Trap) in
        let seed = try call.wasi.system.withInsecureRandom { $0.seed }
        return Tuple2(seed.0, seed.1)
    }
}
