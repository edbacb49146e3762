// Unsafe here: poll(2) and read(2) with buffers of their own length.

import Glibc

/// What a build prints: passed on to the standard error as it comes, with the end of it kept.
struct BuildOutput {
    /// Bytes that are kept.
    private static let limit = 4 << 10
    /// Pieces that are read after the command has ended, of what it left in the pipe.
    private static let lastPieces = 8

    private var kept: [UInt8] = []
    private var isCut = false

    /// Passes on what comes through a pipe until its end, or until the command has ended and left nothing
    /// there: what it started may go on, and hold the pipe.
    mutating func passOn(_ pipe: Int32, hasEnded: () -> Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        var left = BuildOutput.lastPieces
        while left > 0 {
            let isLast = hasEnded()
            if isLast { left -= 1 }
            var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&waiting, 1, isLast ? 0 : 50)
            if ready < 0, errno == EINTR { continue }
            guard ready >= 0 else { return }
            guard ready > 0 else {
                if isLast { return }
                continue
            }
            let count = unsafe read(pipe, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            LogWriter.put(buffer[..<count])
            keep(buffer[..<count])
        }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        kept += bytes
        guard kept.count > BuildOutput.limit else { return }
        kept.removeFirst(kept.count - BuildOutput.limit)
        isCut = true
    }

    /// The end of what was printed, in whole lines where it is cut.
    var text: String {
        guard isCut else { return String(decoding: kept, as: UTF8.self) }
        let line = kept.firstIndex(of: UInt8(ascii: "\n")).map { kept[($0 + 1)...] } ?? kept[...]
        return "...\n" + String(decoding: line, as: UTF8.self)
    }
}
