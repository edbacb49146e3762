/// An instance of a module in a store.
/// Spec: core/exec/runtime#module-instances
@safe package final class Instance {
    package let store: Store
    package let module: LoweredModule
    let record: UnsafeMutablePointer<InstanceRecord>
    private let tagIDs: [UInt32]

    init(
        _ store: Store, _ module: LoweredModule, _ record: UnsafeMutablePointer<InstanceRecord>,
        tagIDs: [UInt32]
    ) {
        self.store = store
        self.module = module
        unsafe self.record = record
        self.tagIDs = tagIDs
    }

    /// What the instance exports under `name`.
    package func export(_ name: String) -> Extern? {
        module.exportIndices[ExactName(string: name)].map { item(at: $0) }
    }

    /// All that the instance exports, in the module's order.
    package var exports: [(name: String, item: Extern)] {
        module.module.exports.map { ($0.name, item(at: $0.index)) }
    }

    /// What the index spaces hold at an index of the module's.
    package func item(at index: ExternIndex) -> Extern {
        switch index {
        case .function(let index):
            unsafe .function(Function(store, record.pointee.functions[Int(index)]))
        case .table(let index): unsafe .table(Table(store, record.pointee.tables[Int(index)]))
        case .memory(let index): unsafe .memory(Memory(store, record.pointee.memories[Int(index)]))
        case .global(let index): unsafe .global(Global(store, record.pointee.globals[Int(index)]))
        case .tag(let index): .tag(Tag(store: store, typeID: tagIDs[Int(index)]))
        }
    }
}

/// Why a module could not be instantiated.
package enum InstantiationError: Error {
    case link(LinkError)
    /// A segment out of bounds, or a trap of the start function.
    case trap(Trap)
    case resource(ResourceError)
    /// The module needs an instruction that is validated but not run.
    case unsupported(instruction: String)
}

extension InstantiationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .link(let error): error.description
        case .trap(let trap): trap.description
        case .resource(let error): error.description
        case .unsupported(let instruction):
            "the module needs the instruction \(instruction), which this engine does not run yet"
        }
    }
}

/// An import that is not there, or is not what the module wants.
/// Spec: core/exec/modules#instantiation
package struct LinkError: Error {
    package enum Kind {
        case unknownImport
        case incompatibleImportType
    }

    package var kind: Kind
    package var module: String
    package var name: String
    /// What was wanted, and what was there.
    package var detail: String
}

extension LinkError: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .unknownImport: "unknown import \"\(module)\" \"\(name)\": \(detail)"
        case .incompatibleImportType:
            "incompatible import type for \"\(module)\" \"\(name)\": \(detail)"
        }
    }
}
