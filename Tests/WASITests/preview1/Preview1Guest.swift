import Testing
import WAT
import Wasm

@testable import WASI

/// A guest that exports every function of preview 1 which it imports, and its memory: what a test calls
/// and looks at.
final class Preview1Guest {
    let system: System
    let preview1 = Preview1()
    private let instance: Instance
    private let memory: Memory

    /// The guest as text.
    private static let text: String = {
        var imports = ""
        var exports = ""
        for function in Preview1.functions {
            let parameters = function.type.parameters.map(\.description).joined(separator: " ")
            let result = function.type.results.isEmpty ? "" : "(result i32)"
            let gets = function.type.parameters.indices.map { "(local.get \($0))" }
                .joined(separator: " ")
            imports += """
                (import "wasi_snapshot_preview1" "\(function.name)"
                  (func $\(function.name) (param \(parameters)) \(result)))\n
                """
            exports += """
                (func (export "\(function.name)") (param \(parameters)) \(result)
                  (call $\(function.name) \(gets)))\n
                """
        }
        return "(module \(imports) (memory (export \"memory\") 4) \(exports))"
    }()

    /// Bytes of the guest's memory.
    static let memoryBytes: UInt64 = 4 * 65_536

    init(_ system: System) throws {
        self.system = system
        let store = Store(engine: Engine())
        system.task.store = store
        let linker = Linker()
        preview1.begin(system)
        preview1.define(in: linker, store)
        let module = try Module(decoding: Assembler.assemble(Array(Self.text.utf8)))
        instance = try linker.instantiate(module, in: store)
        guard case .memory(let memory)? = instance.export("memory") else {
            throw Trap.host("the guest has no memory")
        }
        self.memory = memory
    }

    /// Calls a function; its error code, nil where it has none.
    @discardableResult
    func call(_ name: String, _ arguments: UInt64...) throws(Trap) -> Errno? {
        guard case .function(let function)? = instance.export(name) else {
            throw .host("there is no \(name)")
        }
        let values = zip(arguments, function.type.parameters).map { number, type in
            type == .i64 ? Value.i64(number) : .i32(UInt32(truncatingIfNeeded: number))
        }
        guard case .i32(let code)? = try function.call(values).first else { return nil }
        guard let errno = Errno(rawValue: UInt16(truncatingIfNeeded: code)) else {
            throw .host("\(code) is no error code")
        }
        return errno
    }

    // MARK: Memory

    func put(_ bytes: [UInt8], _ address: UInt64) throws(Trap) {
        try unsafe memory.contents.write(bytes.span.bytes, address)
    }

    func put(_ number: UInt32, _ address: UInt64) throws(Trap) {
        try memory.contents.store(number, address)
    }

    func put(_ number: UInt64, _ address: UInt64) throws(Trap) {
        try memory.contents.store(number, address)
    }

    func get(_ address: UInt64, _ count: Int) throws(Trap) -> [UInt8] {
        try memory.contents.withBytes(address, count) { span in
            unsafe span.withUnsafeBytes { unsafe Array($0) }
        }
    }

    func u32(_ address: UInt64) throws(Trap) -> UInt32 {
        try memory.contents.load(address, as: UInt32.self)
    }

    func u64(_ address: UInt64) throws(Trap) -> UInt64 {
        try memory.contents.load(address, as: UInt64.self)
    }

    /// Puts a path at `address`; its length.
    func path(_ text: String, _ address: UInt64 = 1_000) throws(Trap) -> UInt64 {
        try put(Array(text.utf8), address)
        return UInt64(text.utf8.count)
    }

    // MARK: What many tests do

    static let read: UInt64 = 1 << 1
    static let write: UInt64 = 1 << 6

    /// Opens a path; the error code and the number.
    func open(
        _ path: String,
        in directory: UInt64 = 3,
        follow: Bool = true,
        _ flags: UInt64 = 0,
        rights: UInt64 = Preview1Guest.read,
        fdflags: UInt64 = 0
    ) throws(Trap) -> (errno: Errno?, number: UInt64) {
        let count = try self.path(path)
        let errno = try call(
            "path_open",
            directory,
            follow ? 1 : 0,
            1_000,
            count,
            flags,
            rights,
            0,
            fdflags,
            500
        )
        return (errno, UInt64(try u32(500)))
    }

    /// Writes a text; the error code and how many bytes were taken.
    @discardableResult
    func write(_ number: UInt64, _ text: String) throws(Trap) -> (errno: Errno?, count: UInt32) {
        try put(Array(text.utf8), 8_192)
        try put(UInt32(8_192), 600)
        try put(UInt32(text.utf8.count), 604)
        let errno = try call("fd_write", number, 600, 1, 608)
        return (errno, try u32(608))
    }

    /// Reads up to `count` bytes.
    func read(_ number: UInt64, _ count: UInt32) throws(Trap) -> (errno: Errno?, text: String) {
        try put(UInt32(8_192), 600)
        try put(count, 604)
        let errno = try call("fd_read", number, 600, 1, 608)
        guard errno == .success else { return (errno, "") }
        return (errno, String(decoding: try get(8_192, Int(try u32(608))), as: UTF8.self))
    }
}

extension Guests {
    /// Runs a body that uses preview 1; what it gives.
    func preview1<Value>(_ body: @escaping (Preview1Guest) throws -> Value) throws -> Value {
        var result: Result<Value, any Error>?
        let ending = try run { (system) throws(Trap) in
            do {
                let guest = try Preview1Guest(system)
                defer { guest.preview1.end() }
                result = .success(try body(guest))
            } catch let trap as Trap {
                throw trap
            } catch {
                result = .failure(error)
            }
        }
        if let trap = ending.trap { throw trap }
        return try #require(result, "\(ending)").get()
    }
}
