import HTTP
import Testing
import Wasm

@testable import WASIHTTP

/// wasi:http/types#fields
@Suite struct FieldsTests {
    typealias Fields = WASIHTTP.Fields

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func has(_ fields: Fields, _ name: String) -> Bool { fields.has(bytes(name).span) }

    private func append(_ fields: Fields, _ name: String, _ value: String) throws -> HeaderError? {
        try fields.append(bytes(name).span, bytes(value).span).error
    }

    @Test func namesAreComparedWithoutRegardToCase() throws {
        let fields = Fields()
        #expect(try append(fields, "X-One", "1") == nil)
        #expect(try append(fields, "x-oNE", "2") == nil)
        #expect(try append(fields, "two", "") == nil)
        #expect(fields.text == ["x-one: 1", "x-one: 2", "two: "])
        #expect(fields.indices(of: bytes("X-ONE").span) == [0, 1])
        #expect(has(fields, "Two"))
        #expect(!has(fields, "three"))
        #expect(!has(fields, "x one"))
        #expect(fields.indices(of: bytes("").span).isEmpty)
    }

    @Test func setReplacesAndDeleteRemoves() throws {
        let fields = try Fields.of(["a": "1", "b": "2", "A": "3"])
        #expect(try fields.set(bytes("a").span, [bytes("4"), bytes("5")]).error == nil)
        #expect(fields.text == ["b: 2", "a: 4", "a: 5"])
        #expect(fields.delete(bytes("A").span).error == nil)
        #expect(fields.delete(bytes("absent").span).error == nil)
        #expect(fields.text == ["b: 2"])
        #expect(try fields.set(bytes("b").span, []).error == nil)
        #expect(fields.text.isEmpty)
    }

    @Test(arguments: ["", "a b", "a:", "é", "a\n", "(x)"])
    func aNameThatIsNoTokenIsRefused(name: String) throws {
        let fields = Fields()
        #expect(try append(fields, name, "1") == .invalidSyntax)
        #expect(try fields.set(bytes(name).span, [bytes("1")]).error == .invalidSyntax)
        #expect(fields.delete(bytes(name).span).error == .invalidSyntax)
        #expect(fields.text.isEmpty)
    }

    @Test(arguments: ["a\r\nb: c", "\0", "a\u{7F}", "\n"])
    func aValueWithControlCharactersIsRefused(value: String) throws {
        let fields = try Fields.of(["a": "1"])
        #expect(try append(fields, "a", value) == .invalidSyntax)
        #expect(
            try fields.set(bytes("a").span, [bytes("2"), bytes(value)]).error == .invalidSyntax
        )
        #expect(fields.text == ["a: 1"])
    }

    @Test func aValueMayHoldBytesThatAreNoASCII() throws {
        let fields = Fields()
        #expect(try fields.append(bytes("a").span, [0xFF, 0x09, 0x80].span).error == nil)
        let lines = fields.lines
        let value = lines.value(0)
        var read: [UInt8] = []
        for index in value.indices { read.append(value[index]) }
        #expect(read == [0xFF, 0x09, 0x80])
    }

    @Test(arguments: [
        "Host", "connection", "KEEP-ALIVE", "transfer-encoding", "upgrade", "proxy-connection",
        "proxy-authenticate", "proxy-authorization", "http2-settings",
    ])
    func whatTheHostSendsIsForbidden(name: String) throws {
        let fields = Fields()
        #expect(try append(fields, name, "1") == .forbidden)
        #expect(try fields.set(bytes(name).span, [bytes("1")]).error == .forbidden)
        #expect(fields.delete(bytes(name).span).error == .forbidden)
        let made = try Fields.fromList([(bytes("a"), bytes("1")), (bytes(name), bytes("1"))])
        #expect(throws: HeaderError.forbidden) { try made.get() }
    }

    @Test func whatIsOfAMessageIsImmutableAndItsCloneIsNot() throws {
        let fields = Fields(try FieldLines(["a": "1"]), isMutable: false)
        #expect(try append(fields, "b", "2") == .immutable)
        #expect(try fields.set(bytes("b").span, []).error == .immutable)
        #expect(fields.delete(bytes("a").span).error == .immutable)
        let clone = fields.clone()
        #expect(try append(clone, "b", "2") == nil)
        #expect(clone.text == ["a: 1", "b: 2"])
        #expect(fields.text == ["a: 1"])
    }

    @Test func aListMakesFields() throws {
        let fields = try Fields.fromList([(bytes("A"), bytes("1")), (bytes("a"), bytes("2"))]).get()
        #expect(fields.text == ["a: 1", "a: 2"])
        let bad = try Fields.fromList([(bytes("a b"), bytes("1"))])
        #expect(throws: HeaderError.invalidSyntax) { try bad.get() }
    }

    @Test func fieldsOverTheLimitTrap() throws {
        let fields = Fields()
        let value = [UInt8](repeating: 0x78, count: 32 << 10)
        var trap: Trap?
        do {
            for _ in 0..<5 { _ = try fields.append(bytes("a").span, value.span) }
        } catch { trap = error }
        #expect(trap?.kind == .host)
        #expect(fields.lines.count == 3)
    }

    @Test func whatBelongsToTheConnectionIsNotTheGuests() throws {
        let lines = try FieldLines([
            "host": "a", "connection": "keep-alive", "x": "1", "transfer-encoding": "chunked",
            "upgrade": "h2c", "te": "trailers",
        ])
        #expect(Fields(lines.forGuest).text == ["host: a", "x: 1", "te: trailers"])
    }
}
