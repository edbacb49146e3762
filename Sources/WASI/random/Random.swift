// Unsafe here: the kernel fills an array's own bytes, no more than it has.
import CLinux
import Wasm

/// Randomness that nobody can foretell: the kernel's.
/// Spec: wasi:random/random
package enum Random {
    /// `count` bytes. Traps where they are more than `WASILimits.randomBytes`.
    package static func bytes(_ count: UInt64) throws(Trap) -> [UInt8] {
        guard count <= UInt64(WASILimits.randomBytes) else {
            throw .host("\(count) random bytes are more than \(WASILimits.randomBytes)")
        }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        try fill(&bytes)
        return bytes
    }

    /// 64 bits.
    package static func u64() throws(Trap) -> UInt64 {
        try bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func fill(_ bytes: inout [UInt8]) throws(Trap) {
        var filled = 0
        while filled < bytes.count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe virga_random(rest.baseAddress, rest.count)
            }
            if got == -4 { continue }  // EINTR
            guard got > 0 else { throw .host("the system gives no randomness: error \(-got)") }
            filled += got
        }
    }
}
