// Prints what a call of a host function costs the interpreter: the time of a loop that makes one,
// less that of the same loop with an addition in its place.

import Wasm

/// (module
///   (import "h" "f" (func $f (param i32 i32) (result i32)))
///   (func (export "call") (param i32) (result i32) (local i32)
///     (loop (local.set 1 (call $f (local.get 1) (local.get 0)))
///       (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
///     (local.get 1))
///   (func (export "base") ... with i32.add for call $f))
let bytes: [UInt8] = [
    0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00,
    0x01, 0x0C, 0x02, 0x60, 0x02, 0x7F, 0x7F, 0x01, 0x7F, 0x60, 0x01, 0x7F, 0x01, 0x7F,
    0x02, 0x07, 0x01, 0x01, 0x68, 0x01, 0x66, 0x00, 0x00,
    0x03, 0x03, 0x02, 0x01, 0x01,
    0x07, 0x0F, 0x02, 0x04, 0x63, 0x61, 0x6C, 0x6C, 0x00, 0x01,
    0x04, 0x62, 0x61, 0x73, 0x65, 0x00, 0x02,
    0x0A, 0x36, 0x02,
    0x1A, 0x01, 0x01, 0x7F, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x10, 0x00, 0x21, 0x01,
    0x20, 0x00, 0x41, 0x01, 0x6B, 0x22, 0x00, 0x0D, 0x00, 0x0B, 0x20, 0x01, 0x0B,
    0x19, 0x01, 0x01, 0x7F, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6A, 0x21, 0x01,
    0x20, 0x00, 0x41, 0x01, 0x6B, 0x22, 0x00, 0x0D, 0x00, 0x0B, 0x20, 0x01, 0x0B,
]

let calls: UInt32 = 5_000_000
let store = Store(engine: Engine())
let type = FunctionType(parameters: [.i32, .i32], results: [.i32])
let sum = Function.host(store, type) { (caller: borrowing Caller) throws(Trap) in
    caller.setI32(0, caller.i32(0) &+ caller.i32(1))
}
let linker = Linker()
linker.define(module: "h", name: "f", .function(sum))
let instance = try linker.instantiate(Module(decoding: bytes), in: store)

/// The least time of five runs of the exported function, in nanoseconds for each iteration.
func nanoseconds(_ export: Extern?, calls: UInt32) throws -> Double {
    guard case .function(let function)? = export else { return .nan }
    var best = Duration.seconds(1_000)
    for _ in 0..<5 {
        best = min(best, try ContinuousClock().measure { _ = try function.call([.i32(calls)]) })
    }
    return best / .nanoseconds(1) / Double(calls)
}

/// With two digits after the point.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

let base = try nanoseconds(instance.export("base"), calls: calls)
let call = try nanoseconds(instance.export("call"), calls: calls)
print("host call: \(rounded(call - base)) ns (\(rounded(call)) with the loop around it)")
