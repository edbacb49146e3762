import Wasm

/// Numbers that look random, fast and good for nothing secret; the same for the same seed.
///
/// Spec: wasi:random/insecure, wasi:random/insecure-seed
package struct InsecureRandom: Sendable {
    /// What `insecure-seed` gives, the same as often as it is asked.
    package let seed: (UInt64, UInt64)
    private var state: UInt64

    /// Numbers that follow from `seed`.
    package init(seed: (UInt64, UInt64)) {
        self.seed = seed
        state = seed.0 ^ (seed.1 << 32 | seed.1 >> 32)
    }

    /// 64 bits: a Weyl sequence whose terms are mixed.
    package mutating func u64() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// `count` bytes. Traps where they are more than `WASILimits.randomBytes`.
    package mutating func bytes(_ count: UInt64) throws(Trap) -> [UInt8] {
        guard count <= UInt64(WASILimits.randomBytes) else {
            throw .host("\(count) random bytes are more than \(WASILimits.randomBytes)")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(count))
        while bytes.count < Int(count) {
            var word = u64()
            for _ in 0..<min(8, Int(count) - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return bytes
    }
}
