import Testing

@testable import Wasm

/// A module in the binary format, put together section by section.
struct ModuleBytes {
    var types: [[UInt8]] = []
    var imports: [[UInt8]] = []
    /// The type index of each function that `code` holds.
    var functions: [UInt8] = []
    var tables: [[UInt8]] = []
    var memories: [[UInt8]] = []
    var tags: [[UInt8]] = []
    var globals: [[UInt8]] = []
    var exports: [[UInt8]] = []
    var start: UInt8?
    var elements: [[UInt8]] = []
    var dataCount: UInt8?
    /// The locals and the instructions of each function, without the size.
    var code: [[UInt8]] = []
    var data: [[UInt8]] = []

    static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    var bytes: [UInt8] {
        var bytes = Self.header
        func add(_ id: UInt8, _ items: [[UInt8]]) {
            if !items.isEmpty { bytes += section(id, list(items)) }
        }
        add(1, types)
        add(2, imports)
        add(3, functions.map { [$0] })
        add(4, tables)
        add(5, memories)
        add(13, tags)
        add(6, globals)
        add(7, exports)
        if let start { bytes += section(8, [start]) }
        add(9, elements)
        if let dataCount { bytes += section(12, [dataCount]) }
        add(10, code.map { leb($0.count) + $0 })
        add(11, data)
        return bytes
    }
}

/// `number` in unsigned LEB128.
func leb(_ number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = UInt64(number)
    repeat {
        bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
        rest >>= 7
    } while rest > 0
    return bytes
}

/// The items after their count.
func list(_ items: [[UInt8]]) -> [UInt8] { leb(items.count) + items.flatMap { $0 } }

/// A section with its size.
func section(_ id: UInt8, _ content: [UInt8]) -> [UInt8] { [id] + leb(content.count) + content }

/// A string as a name.
func name(_ string: String) -> [UInt8] { leb(string.utf8.count) + Array(string.utf8) }

/// A function type.
func functionType(_ parameters: [UInt8] = [], _ results: [UInt8] = []) -> [UInt8] {
    [0x60] + leb(parameters.count) + parameters + leb(results.count) + results
}

/// A piece of an expression: an instruction's opcode, or a byte.
enum Piece: ExpressibleByIntegerLiteral {
    case op(Opcode)
    case byte(UInt8)

    init(integerLiteral value: UInt8) { self = .byte(value) }

    var bytes: [UInt8] {
        switch self {
        case .byte(let byte): [byte]
        case .op(let opcode):
            opcode.instruction.prefix == 0
                ? [UInt8(opcode.instruction.code)]
                : [opcode.instruction.prefix] + leb(Int(opcode.instruction.code))
        }
    }
}

/// The bytes of instructions.
func code(_ pieces: [Piece]) -> [UInt8] { pieces.flatMap(\.bytes) }

// Value types and the like, by the names of the specification.
let i32: UInt8 = 0x7F
let i64: UInt8 = 0x7E
let f32: UInt8 = 0x7D
let f64: UInt8 = 0x7C
let v128: UInt8 = 0x7B
let funcref: UInt8 = 0x70
let externref: UInt8 = 0x6F

/// The module that `bytes` are, or why they are none.
func decode(_ bytes: [UInt8]) -> Result<Module, ModuleError> {
    do { return .success(try Module(decoding: bytes)) } catch { return .failure(error) }
}

/// Expects that `bytes` are refused with an error that begins with `message`.
func expect(
    _ bytes: [UInt8],
    _ kind: ModuleError.Kind,
    _ message: String,
    at offset: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    switch decode(bytes) {
    case .success:
        Issue.record("valid, expected \(kind): \(message)", sourceLocation: sourceLocation)
    case .failure(let error):
        #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.hasPrefix(message), "\(error)", sourceLocation: sourceLocation)
        if let offset {
            #expect(error.offset == offset, "\(error)", sourceLocation: sourceLocation)
        }
    }
}

/// Expects that `bytes` are a valid module.
@discardableResult func expectValid(
    _ bytes: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
) -> Module? {
    switch decode(bytes) {
    case .success(let module): return module
    case .failure(let error):
        Issue.record("\(error)", sourceLocation: sourceLocation)
        return nil
    }
}
