import ComponentModel
import Testing
import Wasm

/// Functions of the host on flat values, on values of Swift types and on those of generic callers.
/// Spec: CanonicalABI "`canon lower`"
@Suite("Host functions") struct HostFunctionTests {
    struct Point: LiftableRecord, LowerableRecord, Equatable {
        var x: UInt8
        var y: Double

        static func fields<V: FieldVisitor>(_ visitor: inout V) {
            visitor.field("x", UInt8.self)
            visitor.field("y", Double.self)
        }

        init(x: UInt8, y: Double) {
            self.x = x
            self.y = y
        }

        init(from reader: inout RecordReader) throws(Trap) {
            x = try reader.next(UInt8.self)
            y = try reader.next(Double.self)
        }

        func write(to writer: inout RecordWriter) throws(Trap) {
            try writer.add(x)
            try writer.add(y)
        }
    }

    enum Color: UInt8, ComponentEnum {
        case red, green
        static let labels = ["red", "green"]
    }

    struct Rights: ComponentFlags {
        var rawValue: UInt8
        static let labels = ["r", "w", "x"]
        static let all: UInt8 = 7
    }

    enum Shape: LiftableVariant, LowerableVariant, Equatable {
        case none
        case circle(Float)
        case named(String)

        static func cases<V: CaseVisitor>(_ visitor: inout V) {
            visitor.case("none")
            visitor.case("circle", Float.self)
            visitor.case("named", String.self)
        }

        init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
            switch discriminant {
            case 0: self = .none
            case 1: self = .circle(try reader.next(Float.self))
            default: self = .named(try reader.next(String.self))
            }
        }

        var discriminant: Int {
            switch self {
            case .none: 0
            case .circle: 1
            case .named: 2
            }
        }

        func write(to writer: inout RecordWriter) throws(Trap) {
            switch self {
            case .none: break
            case .circle(let radius): try writer.add(radius)
            case .named(let name): try writer.add(name)
            }
        }
    }

    /// A component that passes on what `run` gets to a function `f` of the host: `core` has the core
    /// types of both.
    static func passing(
        _ linker: ComponentLinker,
        _ type: String,
        core: String,
        lowered: String,
        body: String,
        definitions: String = ""
    ) throws -> ComponentInstance {
        let options = "(memory (core memory $libc \"mem\")) (realloc (core func $libc \"realloc\"))"
        return try instance(
            """
            (component
              \(definitions)
              (import "f" (func $f \(type)))
              \(allocatingModule)
              (core func $f' (canon lower (func $f) \(options)))
              (core module $M
                (import "" "f" (func $f \(lowered)))
                (import "" "mem" (memory 1))
                (func (export "run") \(core) \(body)))
              (core instance $m (instantiate $M (with "" (instance
                (export "f" (func $f')) (export "mem" (memory $libc "mem"))))))
              (func (export "run") \(type) (canon lift (core func $m "run") \(options))))
            """,
            linker
        )
    }

    /// Types of the host that are given back as they came, by the name of a case.
    static func echo<T: LiftableValue & LowerableValue & Sendable>(
        _ type: T.Type,
        _ text: String,
        flat: String,
        _ value: Val,
        definitions: String = ""
    ) throws -> Val? {
        let linker = ComponentLinker()
        linker.root.define("f") { (_, value: T) throws(Trap) -> T in value }
        let count = flat.split(separator: " ").count
        let parameters = (0..<count).map { "(local.get \($0))" }.joined(separator: " ")
        let isFlat = count <= 1
        return try passing(
            linker,
            "(param \"v\" \(text)) (result \(text))",
            core: "(param \(flat)) (result \(isFlat ? flat : "i32"))",
            lowered: isFlat ? "(param \(flat)) (result \(flat))" : "(param \(flat) i32)",
            body: isFlat
                ? "(call $f \(parameters))"
                : "(call $f \(parameters) (i32.const 2048)) (i32.const 2048)",
            definitions: definitions
        ).call("run", arguments: [value])
    }

    static func named(_ name: String, _ type: String) -> String {
        "(type $\(name)' \(type)) (import \"\(name)\" (type $\(name) (eq $\(name)')))"
    }

    static let echoes: [(name: String, value: Val, echo: @Sendable (Val) throws -> Val?)] = [
        ("u8", .u8(200), { try echo(UInt8.self, "u8", flat: "i32", $0) }),
        ("s16", .s16(-3), { try echo(Int16.self, "s16", flat: "i32", $0) }),
        ("u64", .u64(.max), { try echo(UInt64.self, "u64", flat: "i64", $0) }),
        ("f32", .f32(1.5), { try echo(Float.self, "f32", flat: "f32", $0) }),
        ("f64", .f64(-1.5), { try echo(Double.self, "f64", flat: "f64", $0) }),
        ("bool", .bool(true), { try echo(Bool.self, "bool", flat: "i32", $0) }),
        ("char", .char("☃"), { try echo(Unicode.Scalar.self, "char", flat: "i32", $0) }),
        ("string", .string("é☃"), { try echo(String.self, "string", flat: "i32 i32", $0) }),
        (
            "list", .list([.u16(1), .u16(2)]),
            { try echo([UInt16].self, "(list u16)", flat: "i32 i32", $0) }
        ),
        (
            "nested", .list([.string("a"), .string("")]),
            { try echo([String].self, "(list string)", flat: "i32 i32", $0) }
        ),
        ("none", .option(nil), { try echo(UInt64?.self, "(option u64)", flat: "i32 i64", $0) }),
        (
            "some", .option(.u64(5)),
            { try echo(UInt64?.self, "(option u64)", flat: "i32 i64", $0) }
        ),
        (
            "result", .error(.string("no")),
            {
                try echo(
                    ComponentResult<UInt64, String>.self,
                    "(result u64 (error string))",
                    flat: "i32 i64 i32",
                    $0
                )
            }
        ),
        (
            "tuple", .tuple([.u8(1), .string("x")]),
            { try echo(Tuple2<UInt8, String>.self, "(tuple u8 string)", flat: "i32 i32 i32", $0) }
        ),
        (
            "record", .record([("x", .u8(3)), ("y", .f64(0.5))]),
            {
                try echo(
                    Point.self,
                    "$p",
                    flat: "i32 f64",
                    $0,
                    definitions: named("p", "(record (field \"x\" u8) (field \"y\" f64))")
                )
            }
        ),
        (
            "list of records", .list([.record([("x", .u8(3)), ("y", .f64(0.5))])]),
            {
                try echo(
                    [Point].self,
                    "(list $p)",
                    flat: "i32 i32",
                    $0,
                    definitions: named("p", "(record (field \"x\" u8) (field \"y\" f64))")
                )
            }
        ),
        (
            "enum", .enumeration("green"),
            {
                try echo(
                    Color.self,
                    "$c",
                    flat: "i32",
                    $0,
                    definitions: named("c", "(enum \"red\" \"green\")")
                )
            }
        ),
        (
            "flags", .flags(["r", "x"]),
            {
                try echo(
                    Rights.self,
                    "$r",
                    flat: "i32",
                    $0,
                    definitions: named("r", "(flags \"r\" \"w\" \"x\")")
                )
            }
        ),
        (
            "variant", .variant("named", .string("n")),
            {
                try echo(
                    Shape.self,
                    "$s",
                    flat: "i32 i32 i32",
                    $0,
                    definitions: named(
                        "s",
                        "(variant (case \"none\") (case \"circle\" f32) (case \"named\" string))"
                    )
                )
            }
        ),
        (
            "variant in a list", .list([.variant("circle", .f32(2)), .variant("none", nil)]),
            {
                try echo(
                    [Shape].self,
                    "(list $s)",
                    flat: "i32 i32",
                    $0,
                    definitions: named(
                        "s",
                        "(variant (case \"none\") (case \"circle\" f32) (case \"named\" string))"
                    )
                )
            }
        ),
    ]

    @Test(arguments: echoes.indices) func typedValues(_ index: Int) throws {
        let (_, value, echo) = Self.echoes[index]
        #expect("\(try #require(try echo(value)))" == "\(value)")
    }

    /// Seventeen flat parameters come by an address, and the result's address behind that.
    @Test func parametersInMemory() throws {
        let linker = ComponentLinker()
        typealias Four = Tuple4<UInt64, UInt64, UInt64, UInt64>
        linker.root.define("f") {
            (_, a: Four, b: Four, c: Four, d: Four, e: UInt8) throws(Trap) -> Tuple2<UInt64, UInt8>
            in
            Tuple2(a.a + b.b + c.c + d.d, e)
        }
        let tuple = "(tuple u64 u64 u64 u64)"
        let type =
            "(param \"a\" \(tuple)) (param \"b\" \(tuple)) (param \"c\" \(tuple)) (param \"d\" \(tuple)) "
            + "(param \"e\" u8) (result (tuple u64 u8))"
        let instance = try Self.passing(
            linker,
            type,
            core: "(param i32) (result i32)",
            lowered: "(param i32 i32)",
            body: "(call $f (local.get 0) (i32.const 2048)) (i32.const 2048)"
        )
        func four(_ start: UInt64) -> Val { .tuple((start..<(start + 4)).map { .u64($0) }) }
        let arguments = [four(0), four(10), four(20), four(30), .u8(9)]
        let result = try #require(try instance.call("run", arguments: arguments))
        #expect("\(result)" == "\(Val.tuple([.u64(0 + 11 + 22 + 33), .u8(9)]))")
    }

    @Test func bytesAreReadInPlace() throws {
        let linker = ComponentLinker()
        linker.root.define("f") { (call, bytes: ByteList) throws(Trap) -> UInt32 in
            try call.withBytes(bytes) { (span: RawSpan) throws(Trap) -> UInt32 in
                (0..<span.byteCount).reduce(0) {
                    $0 + UInt32(unsafe span.unsafeLoad(fromByteOffset: $1, as: UInt8.self))
                }
            }
        }
        let instance = try Self.passing(
            linker,
            "(param \"b\" (list u8)) (result u32)",
            core: "(param i32 i32) (result i32)",
            lowered: "(param i32 i32) (result i32)",
            body: "(call $f (local.get 0) (local.get 1))"
        )
        let result = try instance.call("run", arguments: [.list([.u8(1), .u8(250)])])
        #expect("\(try #require(result))" == "\(Val.u32(251))")
    }

    static let faults: [(body: String, sentence: String)] = [
        (
            "(call $f (i32.const 65536) (i32.const 0x7fffffff))",
            "list pointer/length out of bounds of memory"
        ),
        ("(call $f (i32.const -1) (i32.const 1))", "list pointer/length out of bounds of memory"),
    ]

    @Test(arguments: faults.indices) func listsOutsideOfMemoryTrap(_ index: Int) throws {
        let linker = ComponentLinker()
        linker.root.define("f") { (_, bytes: ByteList) throws(Trap) -> UInt32 in
            UInt32(bytes.count)
        }
        let instance = try Self.passing(
            linker,
            "(param \"b\" (list u8)) (result u32)",
            core: "(param i32 i32) (result i32)",
            lowered: "(param i32 i32) (result i32)",
            body: Self.faults[index].body
        )
        let trap = trap { _ = try instance.call("run", arguments: [.list([])]) }
        #expect(trap?.description == Self.faults[index].sentence)
    }

    @Test func functionsOnGenericValues() throws {
        let linker = ComponentLinker()
        let type = HostFuncType(
            parameters: [.list(.primitive(.string))],
            result: .option(.primitive(.string))
        )
        linker.root.define(
            "f",
            HostFunctionDefinition(
                type,
                values: { (_, arguments) throws(Trap) in
                    guard case .list(let values)? = arguments.first else { return .option(nil) }
                    return .option(values.last)
                }
            )
        )
        let instance = try Self.passing(
            linker,
            "(param \"l\" (list string)) (result (option string))",
            core: "(param i32 i32) (result i32)",
            lowered: "(param i32 i32 i32)",
            body: "(call $f (local.get 0) (local.get 1) (i32.const 2048)) (i32.const 2048)"
        )
        let some = try instance.call("run", arguments: [.list([.string("a"), .string("b")])])
        #expect("\(try #require(some))" == "\(Val.option(.string("b")))")
        let none = try instance.call("run", arguments: [.list([])])
        #expect("\(try #require(none))" == "\(Val.option(nil))")
    }

    /// The host calls a component's function with values of Swift types.
    @Test func typedCallsOfComponents() throws {
        let instance = try instance(
            """
            (component \(allocatingModule)
              (core module $M (import "" "mem" (memory 1))
                (func (export "f") (param i32 i32 i64) (result i32)
                  (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1))
                  (i64.store (i32.const 8) (local.get 2)) (i32.const 0)))
              (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $libc "mem"))))))
              (func (export "f") (param "s" string) (param "n" u64) (result (tuple string u64))
                (canon lift (core func $m "f")
                  (memory (core memory $libc "mem")) (realloc (core func $libc "realloc")))))
            """
        )
        let export = try #require(instance.plan.exports.function(["f"]))
        let function = try #require(instance.function(export))
        let result = try function.call("é", 7 as UInt64, returning: Tuple2<String, UInt64>.self)
        #expect(result.a == "é" && result.b == 7)
        let trap = trap { _ = try function.call("é", returning: Unit.self) }
        #expect(trap?.kind == .host)
    }
}
