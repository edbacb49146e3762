import ComponentModel
import Testing
import Wasm

/// Strings from each encoding to each other, against a plain rendering of the specification.
/// Spec: CanonicalABI "Storing" (`store_string_into_range`)
@Suite("Strings") struct StringTests {
    enum Encoding: String, CaseIterable {
        case utf8, utf16, latin1 = "latin1+utf16"
    }

    /// A string's bytes in an encoding, and its length as it is passed.
    static func encode(_ text: String, _ encoding: Encoding) -> (bytes: [UInt8], length: UInt32) {
        let units = Array(text.utf16)
        let wide = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        switch encoding {
        case .utf8: return (Array(text.utf8), UInt32(text.utf8.count))
        case .utf16: return (wide, UInt32(units.count))
        case .latin1:
            if units.allSatisfy({ $0 < 256 }) {
                return (units.map { UInt8($0) }, UInt32(units.count))
            }
            return (wide, UInt32(units.count) | 1 << 31)
        }
    }

    /// What `realloc` is asked for: old size, alignment and new size, each time.
    static func requests(_ text: String, from: Encoding, to: Encoding) -> [[UInt32]] {
        let source = encode(text, from)
        let count = source.length & 0x7FFF_FFFF
        let isUTF16 = from == .utf16 || source.length >> 31 == 1
        let (target, _) = encode(text, to)
        let size = UInt32(target.count)
        let isLatin1 = text.unicodeScalars.allSatisfy { $0.value < 256 }
        let isASCII = text.unicodeScalars.allSatisfy { $0.value < 128 }
        switch (from, to) {
        case (.utf8, .utf8): return [[0, 1, size]]
        case (.utf16, .utf16), (.latin1, .utf16): return [[0, 2, size]]
        case (.utf8, .utf16):
            return [[0, 2, 2 * count]] + (size < 2 * count ? [[2 * count, 2, size]] : [])
        case (_, .utf8):
            let worst = count * (isUTF16 ? 3 : 2)
            if isASCII { return [[0, 1, count]] }
            return [[0, 1, count], [count, 1, worst]] + (size < worst ? [[worst, 1, size]] : [])
        case (.latin1, .latin1):
            return isUTF16 ? [[0, 2, 2 * count]] : [[0, 2, count]]
        case (_, .latin1):
            if isLatin1 { return [[0, 2, count]] + (size < count ? [[count, 2, size]] : []) }
            return [[0, 2, count], [count, 2, 2 * count]]
                + (size < 2 * count ? [[2 * count, 2, size]] : [])
        }
    }

    /// A component that passes the string that was put at 256 of its memory on to one of another
    /// encoding, which tells what it got and what was asked of its `realloc`.
    static func passing(_ from: Encoding, _ to: Encoding) throws -> ComponentInstance {
        try instance(
            """
            (component
              (component $C
                \(allocatingModule)
                (core module $M
                  (import "" "mem" (memory 1))
                  (func (export "take") (param i32 i32)
                    (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)))
                  (func (export "length") (result i32) (i32.load (i32.const 4)))
                  (func (export "log") (result i32)
                    (i32.store (i32.const 8) (i32.const 32))
                    (i32.store (i32.const 12) (i32.mul (i32.load (i32.const 16)) (i32.const 4)))
                    (i32.const 8))
                  (func (export "bytes") (param i32) (result i32)
                    (i32.store (i32.const 4) (local.get 0))
                    (i32.const 0)))
                (core instance $m (instantiate $M (with "" (instance
                  (export "mem" (memory $libc "mem"))))))
                (func (export "take") (param "s" string)
                  (canon lift (core func $m "take") string-encoding=\(to.rawValue)
                    (memory (core memory $libc "mem")) (realloc (core func $libc "realloc"))))
                (func (export "length") (result u32) (canon lift (core func $m "length")))
                (func (export "log") (result (list u32))
                  (canon lift (core func $m "log") (memory (core memory $libc "mem"))))
                (func (export "bytes") (param "n" u32) (result (list u8))
                  (canon lift (core func $m "bytes") (memory (core memory $libc "mem")))))
              (component $D
                (import "take" (func $take (param "s" string)))
                (core module $Memory (memory (export "mem") 1)
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 256)))
                (core instance $memory (instantiate $Memory))
                (core func $take' (canon lower (func $take) string-encoding=\(from.rawValue)
                  (memory (core memory $memory "mem"))))
                (core module $M
                  (import "" "take" (func $take (param i32 i32)))
                  (func (export "put") (param i32 i32))
                  (func (export "pass") (param i32) (call $take (i32.const 256) (local.get 0))))
                (core instance $m (instantiate $M (with "" (instance (export "take" (func $take'))))))
                (func (export "put") (param "b" (list u8))
                  (canon lift (core func $m "put") (memory (core memory $memory "mem"))
                    (realloc (core func $memory "realloc"))))
                (func (export "pass") (param "n" u32) (canon lift (core func $m "pass"))))
              (instance $c (instantiate $C))
              (instance $d (instantiate $D (with "take" (func $c "take"))))
              (export "put" (func $d "put")) (export "pass" (func $d "pass"))
              (export "length" (func $c "length")) (export "bytes" (func $c "bytes"))
              (export "log" (func $c "log")))
            """
        )
    }

    /// Passes bytes as a string of this length: what arrived, and what was asked for.
    static func pass(
        _ bytes: [UInt8],
        _ length: UInt32,
        _ from: Encoding,
        _ to: Encoding
    ) throws -> (bytes: [UInt8], length: UInt32, requests: [[UInt32]]) {
        let instance = try passing(from, to)
        _ = try instance.call("put", arguments: [.list(bytes.map { .u8($0) })])
        _ = try instance.call("pass", arguments: [.u32(length)])
        let arrived = try #require(try instance.number("length"))
        guard case .list(let log)? = try instance.call("log", arguments: []) else {
            return ([], 0, [])
        }
        let isWide = to == .utf16 || to == .latin1 && arrived >> 31 == 1
        let count = (arrived & 0x7FFF_FFFF) * (isWide ? 2 : 1)
        guard case .list(let values)? = try instance.call("bytes", arguments: [.u32(count)]) else {
            return ([], 0, [])
        }
        let numbers = log.map { Self.number($0) }
        let requests = stride(from: 0, to: numbers.count, by: 4).map {
            Array(numbers[($0 + 1)..<($0 + 4)])
        }
        return (values.map { UInt8(Self.number($0)) }, arrived, requests)
    }

    private static func number(_ value: Val) -> UInt32 {
        switch value {
        case .u8(let byte): UInt32(byte)
        case .u32(let number): number
        default: 0
        }
    }

    static let texts: [String] = {
        var texts = [
            "", "a", "plain ASCII that is longer than any block of thirty-two bytes is", "é",
            "äöü\u{FF}",
        ]
        texts += [
            "☃", "a☃", "é☃", "\u{1F370}", "a\u{1F370}é", "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}",
        ]
        var random = Random(7)
        let ranges: [ClosedRange<UInt32>] = [
            0...0x7F, 0x80...0xFF, 0x100...0xD7FF, 0xE000...0x10_FFFF,
        ]
        for _ in 0..<24 {
            let kinds = Int.random(in: 1...4, using: &random)
            let count = Int.random(in: 0...70, using: &random)
            var text = String.UnicodeScalarView()
            for _ in 0..<count {
                let range = ranges[Int.random(in: 0..<kinds, using: &random)]
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                    text.append(scalar)
                }
            }
            texts.append(String(text))
        }
        return texts
    }()

    @Test(arguments: Encoding.allCases, Encoding.allCases)
    func transcoding(_ from: Encoding, _ to: Encoding) throws {
        for text in Self.texts {
            let source = Self.encode(text, from)
            let arrived = try Self.pass(source.bytes, source.length, from, to)
            let expected = Self.encode(text, to)
            #expect(arrived.bytes == expected.bytes, "\(text.debugDescription)")
            #expect(arrived.length == expected.length, "\(text.debugDescription)")
            let requests = Self.requests(text, from: from, to: to)
            #expect(arrived.requests == requests, "\(text.debugDescription)")
        }
    }

    /// UTF-16 that is said to be so, but is Latin-1, becomes that.
    @Test func taggedUTF16BecomesLatin1() throws {
        let bytes: [UInt8] = [0x61, 0, 0xE9, 0, 0xFF, 0]
        let arrived = try Self.pass(bytes, 3 | 1 << 31, .latin1, .latin1)
        #expect(arrived.bytes == [0x61, 0xE9, 0xFF])
        #expect(arrived.length == 3)
        #expect(arrived.requests == [[0, 2, 6], [6, 1, 3]])
    }

    @Test(arguments: Encoding.allCases) func theHostHasStringsOfAllEncodings(_ encoding: Encoding)
        throws
    {
        let echo = try echo("string", outer: encoding.rawValue, inner: "utf16")
        for text in Self.texts {
            guard case .string(let echoed)? = try echo.echoed(.string(text)) else {
                Issue.record("no string came back")
                continue
            }
            #expect(Array(echoed.utf8) == Array(text.utf8))
        }
    }

    static let invalid: [(bytes: [UInt8], length: UInt32, encoding: Encoding, words: String)] = [
        ([0xFF], 1, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0x61, 0x80], 2, .utf8, "invalid utf-8 sequence of 1 bytes from index 1"),
        ([0xC0, 0x80], 2, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0xE0, 0x9F, 0x80], 3, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0xED, 0xA0, 0x80], 3, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0xE2, 0x98, 0x61], 3, .utf8, "invalid utf-8 sequence of 2 bytes from index 0"),
        ([0xF0, 0x8F, 0x80, 0x80], 4, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0xF4, 0x90, 0x80, 0x80], 4, .utf8, "invalid utf-8 sequence of 1 bytes from index 0"),
        ([0xF0, 0x9F, 0x8D, 0x61], 4, .utf8, "invalid utf-8 sequence of 3 bytes from index 0"),
        ([0x61, 0xC3], 2, .utf8, "incomplete utf-8 byte sequence from index 1"),
        ([0xF0, 0x9F, 0x8D], 3, .utf8, "incomplete utf-8 byte sequence from index 0"),
        ([0x00, 0xD8], 1, .utf16, "unpaired surrogate found: d800"),
        ([0x00, 0xD8, 0x61, 0x00], 2, .utf16, "unpaired surrogate found: d800"),
        ([0x00, 0xDC], 1, .utf16, "unpaired surrogate found: dc00"),
        ([0x00, 0xDC], 1 | 1 << 31, .latin1, "unpaired surrogate found: dc00"),
        ([], 0x1_0000, .utf8, "string content out-of-bounds"),
        ([], 0x8000, .utf16, "string content out-of-bounds"),
        ([], .max, .utf8, "string content out-of-bounds"),
        ([], .max, .latin1, "string content out-of-bounds"),
    ]

    @Test(arguments: invalid.indices) func stringsThatAreNotValidTrap(_ index: Int) throws {
        let (bytes, length, encoding, words) = Self.invalid[index]
        for to in Encoding.allCases {
            let trap = trap { _ = try Self.pass(bytes, length, encoding, to) }
            #expect(trap?.kind == .canonicalABI)
            #expect(trap?.description == words)
        }
    }
}
