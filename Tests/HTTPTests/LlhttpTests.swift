import Testing

@testable import HTTP

/// llhttp's cases of requests, against what RFC 9112 asks.
@Suite struct LlhttpTests {
    /// What came of an input.
    struct Outcome: Equatable, CustomStringConvertible {
        var messages: [String]
        var isRefused: Bool
        var description: String { "\(messages)\(isRefused ? " refused" : "")" }
    }

    static func outcome(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
        let connection = RecordingConnection()
        for piece in pieces { connection.receive(piece) }
        let messages = connection.messages.map { "\($0.method) \($0.target) \($0.body.count)" }
        return Outcome(messages: messages, isRefused: connection.statuses.contains { $0 >= 400 })
    }

    private func agrees(_ outcome: Outcome, _ expected: LlhttpCase) -> Bool {
        if expected.type.contains("lenient") { return outcome.isRefused }
        guard outcome.isRefused == expected.isRefused else { return false }
        let messages = expected.messages
        if expected.stopsEarly { return outcome.messages.starts(with: messages) }
        return outcome.messages == messages
    }

    @Test(.enabled(if: LlhttpCase.isPresent, "the folder ../shared/conformance/llhttp is not here"))
    func requests() throws {
        var met: Set<String> = []
        var count = 0
        for expected in try LlhttpCase.all() {
            let key = "\(expected.name) [\(expected.type)]"
            let outcome = Self.outcome([expected.inputWithHost[...]])
            count += 1
            if LlhttpDepartures.reasons[key] != nil {
                met.insert(key)
                #expect(!agrees(outcome, expected), "no departure any more: \(key)")
            } else {
                #expect(
                    agrees(outcome, expected),
                    "\(key): \(outcome), llhttp: \(expected.messages) \(expected.isRefused)"
                )
            }
        }
        #expect(count >= 150)
        #expect(met == Set(LlhttpDepartures.reasons.keys))
    }

    @Test(.enabled(if: LlhttpCase.isPresent, "the folder ../shared/conformance/llhttp is not here"))
    func splitAtEachByte() throws {
        for expected in try LlhttpCase.all() {
            let input = expected.inputWithHost
            let whole = Self.outcome([input[...]])
            for cut in input.indices {
                #expect(
                    Self.outcome([input[..<cut], input[cut...]]) == whole,
                    "\(expected.name) at \(cut)"
                )
            }
            let single = Self.outcome(input.indices.map { input[$0...$0] })
            #expect(single == whole, "\(expected.name), byte by byte")
        }
    }
}
