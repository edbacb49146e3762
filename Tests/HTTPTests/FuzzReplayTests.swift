import Foundation
import Testing

@testable import HTTP

/// What the fuzzers found, and a short walk of our own from there.
@Suite struct FuzzReplayTests {
    private static func fixtures(_ name: String) throws -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        return try files.map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
    }

    private static func replay(_ bytes: [UInt8], http2: Bool) {
        unsafe bytes.withUnsafeBytes { unsafe FuzzedConnection.replay($0, http2: http2) }
    }

    @Test(arguments: [false, true])
    func fixtures(_ http2: Bool) throws {
        for bytes in try Self.fixtures(http2 ? "http2" : "http1") {
            for style in stride(from: UInt8(0), to: 250, by: 50) {
                Self.replay([style] + bytes.dropFirst(), http2: http2)
                Self.replay([style, 0] + bytes.dropFirst(2), http2: http2)
            }
        }
    }

    /// Changes some bytes of each fixture, the same ones in every run.
    @Test(arguments: [false, true])
    func changed(_ http2: Bool) throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(1, limit)))
        }
        for bytes in try Self.fixtures(http2 ? "http2" : "http1") where !bytes.isEmpty {
            for _ in 0..<20 {
                var changed = bytes
                for _ in 0...next(4) {
                    let place = next(changed.count)
                    switch next(3) {
                    case 0: changed[place] = UInt8(next(256))
                    case 1: changed.insert(UInt8(next(256)), at: place)
                    default: if changed.count > 3 { changed.remove(at: place) }
                    }
                }
                Self.replay(changed, http2: http2)
            }
        }
    }
}
