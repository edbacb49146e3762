import Testing

@testable import Wasm

/// A function body in a module that has something of everything, and what validation says of it.
struct InstructionCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: [UInt8]
    let locals: [UInt8]
    let results: [UInt8]
    /// How the message begins, nil where the body is valid.
    let message: String?

    init(
        _ name: String,
        _ pieces: [Piece],
        locals: [UInt8] = [0],
        results: [UInt8] = [],
        _ message: String? = nil
    ) {
        testDescription = name
        body = bodyCode(pieces)
        self.locals = locals
        self.results = results
        self.message = message
    }

    // The indices of what the module has.
    static let none: UInt8 = 1
    static let unary: UInt8 = 2
    static let pair: UInt8 = 3
    static let structure: UInt8 = 4
    static let bytes: UInt8 = 5
    static let constants: UInt8 = 6
    static let structures: UInt8 = 7
    static let strict: UInt8 = 8
    static let strictArray: UInt8 = 9
    static let takesPair: UInt8 = 10
    static let base: UInt8 = 11
    static let derived: UInt8 = 12

    /// The module: type 0 is that of the function with the body.
    var module: [UInt8] {
        ModuleBytes(
            types: [
                functionType([], results), functionType(), functionType([i32], [i32]),
                functionType([], [i32, i64]), [0x5F, 3, 0x78, 1, i32, 0, f64, 1],
                [0x5E, 0x78, 1], [0x5E, i32, 0], [0x5E, 0x63, Self.structure, 1],
                [0x5F, 1, 0x64, funcref, 1], [0x5E, 0x64, funcref, 1],
                functionType([i32, i64]), [0x50, 0, 0x5F, 0],
                [0x50, 1, Self.base, 0x5F, 1, i32, 0],
            ],
            functions: [0, Self.unary, Self.none],
            tables: [[funcref, 0, 1], [externref, 4, 1], [0x6E, 0, 1]],
            memories: [[0, 1], [4, 1]],
            tags: [[0, Self.none], [0, Self.unary - 1], [0, Self.takesPair]],
            globals: [
                [i32, 0, 0x41, 0, 0x0B], [i32, 1, 0x41, 0, 0x0B], [v128, 1] + Self.zeroVector,
            ],
            exports: [name("f") + [0, 1]],
            elements: [[1, 0, 0], [5, externref, 0], [5, 0x6E, 0]],
            dataCount: 1,
            code: [locals + body, [0, 0x20, 0, 0x0B], [0, 0x0B]],
            data: [[1, 0]]
        ).bytes
    }

    private static let zeroVector: [UInt8] =
        [0xFD, 0x0C] + [UInt8](repeating: 0, count: 16) + [0x0B]

    func check() {
        guard let message else {
            expectValid(module)
            return
        }
        expect(module, .invalid, message)
    }
}

typealias Case = InstructionCase

private func bodyCode(_ pieces: [Piece]) -> [UInt8] { code(pieces + [.op(.end)]) }
