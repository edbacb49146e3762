import Foundation
import FuzzTargets
import Testing

/// What fuzzing found once, replayed: each input in Tests/Fixtures/fuzz must be survived.
@Suite struct FuzzReplayTests {
    static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/fuzz")

    /// The inputs kept for a target, by name.
    static func inputs(_ target: FuzzTarget) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: fixtures.appending(path: target.rawValue), includingPropertiesForKeys: nil)
    }

    @Test("an input that was found once is survived", arguments: FuzzTarget.allCases)
    func replay(_ target: FuzzTarget) throws {
        let inputs = try Self.inputs(target)
        #expect(!inputs.isEmpty)
        for input in inputs { target.feed(Array(try Data(contentsOf: input))) }
    }

    @Test("a cut or damaged input is survived", arguments: FuzzTarget.allCases)
    func damage(_ target: FuzzTarget) throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for input in try Self.inputs(target) {
            let bytes = Array(try Data(contentsOf: input))
            for _ in 0..<50 where !bytes.isEmpty {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(state >> 33) % bytes.count
                target.feed(Array(bytes[..<place]))
                var damaged = bytes
                damaged[place] ^= UInt8(truncatingIfNeeded: state >> 24) | 1
                target.feed(damaged)
            }
        }
    }
}
