// Reading and writing files by the kernel's calls, on whatever thread. Unsafe here: the kernel reads and
// fills an array's own bytes.
import CLinux
import Glibc

/// Where bytes are written in a file.
enum FilePlace: Sendable {
    case offset(Int)
    /// Behind its end, wherever that is.
    case end
}

extension SystemDescriptor {
    /// Up to `count` bytes at `offset`; none at the end.
    func read(_ count: Int, at offset: Int) throws(FilesystemErrorCode) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        repeat {
            got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(number, buffer.baseAddress, buffer.count, offset)
            }
        } while got < 0 && errno == EINTR
        guard got >= 0 else { throw FilesystemErrorCode(errno: errno) }
        bytes.removeLast(count - got)
        return bytes
    }

    /// Writes at most `WASILimits.writeBytes` of `bytes`; how many were written.
    func write(
        _ bytes: ArraySlice<UInt8>,
        at place: FilePlace
    ) throws(FilesystemErrorCode) -> Int {
        let bytes = bytes.prefix(WASILimits.writeBytes)
        while true {
            let got = unsafe bytes.withUnsafeBytes { buffer in
                switch place {
                case .offset(let offset):
                    let got = unsafe pwrite(number, buffer.baseAddress, buffer.count, offset)
                    return got < 0 ? -Int(errno) : got
                case .end: return unsafe virga_append(number, buffer.baseAddress, buffer.count)
                }
            }
            if got != -Int(EINTR) { return try filesystem(got) }
        }
    }

    /// Sets the times of what the descriptor refers to.
    func setTimes(
        _ access: NewTimestamp,
        _ modification: NewTimestamp
    ) throws(FilesystemErrorCode) {
        let access = try access.time()
        let modification = try modification.time()
        let result = virga_set_times(
            number,
            access.seconds,
            access.nanoseconds,
            modification.seconds,
            modification.nanoseconds
        )
        _ = try filesystem(Int(result))
    }
}
