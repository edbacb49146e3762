import Glibc
import Testing
import WAT

@testable import Wasm

// What the suites on pools share: modules in text form, templates of them, and what a store holds.

/// A recipe's text, linked with a host function `env.draw` whose effect is `effect`.
func template(
    _ text: String,
    engine: Engine = Engine(),
    limits: StoreLimits = StoreLimits(),
    effect: HostEffect? = nil,
    image: StoreImage? = nil
) throws -> StoreTemplate {
    let module = LoweredModule(try module(text), engine: engine)
    return try StoreTemplate(engine: engine, limits: limits, image: image) {
        store throws(InstantiationError) in
        let linker = Linker()
        let type = FunctionType(parameters: [], results: [.i32])
        let draw = Function.host(store, type, effect: effect) {
            (caller: borrowing Caller) throws(Trap) in
            caller.setI32(0, 4)
        }
        linker.define(module: "env", name: "draw", .function(draw))
        return [try linker.instantiate(module, in: store)]
    }
}

/// The module that `text` says.
func module(_ text: String) throws -> Module {
    try Module(decoding: Assembler.assemble(Array(text.utf8)))
}

extension InstancePool {
    /// The hot pages of the first memory.
    var hotPageCount: Int { hot[0].pages.count }
}

extension Instance {
    /// What it exports as `memory`.
    var memory: Memory? {
        guard case .memory(let memory)? = export("memory") else { return nil }
        return memory
    }

    /// Calls an exported function.
    @discardableResult
    func call(_ name: String, _ arguments: Value...) throws -> [Value] {
        guard case .function(let function)? = export(name) else {
            Issue.record("there is no function \(name)")
            return []
        }
        return try function.call(arguments)
    }

    /// Calls an exported function that gives an i32.
    func number(_ name: String, _ arguments: Value...) throws -> Int32? {
        guard case .function(let function)? = export(name),
            case .i32(let bits)? = try function.call(arguments).first
        else { return nil }
        return Int32(bitPattern: bits)
    }
}

/// All that a use can change of a store, with functions named by their places.
struct StoreState: Equatable {
    var memories: [Contents] = []
    var tables: [[UInt64]] = []
    var globals: [UInt64] = []
    var segments: [Int] = []
    var usage: UInt64

    /// Bytes that are compared at once.
    struct Contents: Equatable {
        let bytes: [UInt8]

        static func == (one: Contents, other: Contents) -> Bool {
            guard one.bytes.count == other.bytes.count else { return false }
            return unsafe one.bytes.withUnsafeBytes { one in
                unsafe other.bytes.withUnsafeBytes { other in
                    guard let start = one.baseAddress, let otherStart = other.baseAddress else {
                        return true
                    }
                    return unsafe memcmp(start, otherStart, one.count) == 0
                }
            }
        }
    }

    init(_ store: Store) {
        let places = FunctionPlaces(store)
        for place in unsafe store.memories.indices {
            let memory = unsafe store.memories[place]
            unsafe memories.append(
                Contents(
                    bytes: Array(
                        UnsafeRawBufferPointer(
                            start: memory.pointee.base,
                            count: Int(memory.pointee.byteCount)
                        )
                    )
                )
            )
        }
        for place in unsafe store.tables.indices {
            let table = unsafe store.tables[place]
            tables.append(
                unsafe (0..<Int(table.pointee.count)).map {
                    unsafe places.image(of: table.pointee.base[$0]).bits
                }
            )
        }
        for place in unsafe store.globals.indices {
            let global = unsafe store.globals[place]
            let image = unsafe places.image(of: global.pointee, 0)
            globals += [image.low, image.high]
        }
        for place in unsafe store.instances.indices {
            let instance = unsafe store.instances[place]
            let (elements, data) = unsafe instance.segmentCounts
            for index in 0..<elements {
                unsafe segments.append(instance.pointee.elements[index].count)
            }
            for index in 0..<data { unsafe segments.append(instance.pointee.data[index].count) }
        }
        usage = unsafe store.usage.pointee.byteCount
    }
}
