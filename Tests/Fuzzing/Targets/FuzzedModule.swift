import Wasm

/// A valid module of a fuzzer's making, run within bounds: of its safepoints, memories and tables.
struct FuzzedModule {
    private static let safepoints: UInt64 = 2_000
    private static let pages: UInt64 = 2
    private static let elements: UInt64 = 1_000

    private let module: Module
    private let store = Store(engine: Engine())
    private let linker = Linker()

    /// Nil of a module that declares more than the bounds.
    init?(_ module: Module) {
        guard module.memories.allSatisfy({ $0.limits.minimum <= Self.pages }),
            module.tables.allSatisfy({ $0.limits.minimum <= Self.elements })
        else { return nil }
        var module = module
        for index in module.memories.indices where index >= module.importedMemoryCount {
            let maximum = module.memories[index].limits.maximum ?? Self.pages
            module.memories[index].limits.maximum = min(maximum, Self.pages)
        }
        for index in module.tables.indices where index >= module.importedTableCount {
            let maximum = module.tables[index].limits.maximum ?? Self.elements
            module.tables[index].limits.maximum = min(maximum, Self.elements)
        }
        self.module = module
        store.runLimits = RunLimits(fuel: Self.safepoints)
    }

    /// Instantiates the module, and calls each function that it exports twice.
    func run() {
        for declaration in module.imports {
            guard let item = imported(declaration.type) else { continue }
            linker.define(module: declaration.module, name: declaration.name, item)
        }
        guard let instance = try? linker.instantiate(module, in: store) else { return }
        for round in 0..<2 {
            for export in instance.exports {
                guard case .function(let function) = export.item else { continue }
                let arguments = function.type.parameters.enumerated().map { index, type in
                    FuzzedModule.value(type, UInt64(round * 7 + index * 0x1_0001))
                }
                _ = try? function.call(arguments)
            }
        }
    }

    /// Something that may be imported as `type`; nil where there is nothing.
    private func imported(_ type: ExternType) -> Extern? {
        switch type {
        case .function(let index):
            guard let type = module.functionType(index),
                (type.parameters + type.results).allSatisfy(FuzzedModule.isPlain)
            else { return nil }
            return .function(FuzzedModule.host(store, type))
        case .memory(var type):
            type.limits.maximum = min(type.limits.maximum ?? Self.pages, Self.pages)
            return (try? Memory(store, type)).map(Extern.memory)
        case .table(var type):
            guard FuzzedModule.isPlain(ValueType(type.element)) else { return nil }
            type.limits.maximum = min(type.limits.maximum ?? Self.elements, Self.elements)
            return (try? Table(store, type, .null(type.element.heapType))).map(Extern.table)
        case .global(let type):
            guard FuzzedModule.isPlain(type.value) else { return nil }
            return .global(Global(store, type, FuzzedModule.value(type.value, 1)))
        case .tag: return nil
        }
    }

    /// Whether there is a value for it that names no type of a module.
    private static func isPlain(_ type: ValueType) -> Bool {
        guard let reference = type.reference else { return true }
        return reference.isNullable && reference.heapType.index == nil
    }

    /// A host function that gives zeros and null references.
    private static func host(_ store: Store, _ type: FunctionType) -> Function {
        let results = type.results
        return Function.host(store, type) { (caller: borrowing Caller) throws(Trap) in
            var slot = 0
            for result in results {
                switch result {
                case .v128: caller.setV128(slot, V128())
                case .i32, .i64, .f32, .f64: caller.setI64(slot, 0)
                default: throw Trap.host("there is no reference to give")
                }
                slot += result.slotCount
            }
        }
    }

    private static func value(_ type: ValueType, _ bits: UInt64) -> Value {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: bits))
        case .i64: .i64(bits)
        case .f32: .f32(UInt32(truncatingIfNeeded: bits &* 0x0123_4567))
        case .f64: .f64(bits &* 0x0123_4567_89AB_CDEF)
        case .v128: .v128(V128(repeating: UInt8(truncatingIfNeeded: bits)))
        default: .reference(.null(type.reference?.heapType ?? .function))
        }
    }
}
