// A module as decoded and validated: immutable, and so shared freely between threads.
// Spec: core/syntax/modules.

/// A constant expression, kept as the bytes that it was decoded from.
/// Spec: core/valid/instructions#constant-expressions
package struct ConstantExpression: Hashable, Sendable {
    /// Where its instructions stand in the module's bytes, the final `end` included.
    package var range: Range<Int>

    package init(range: Range<Int>) { self.range = range }
}

package struct Import: Sendable {
    package var module: String
    package var name: String
    package var type: ExternType
}

/// What an index space holds at an index.
package enum ExternIndex: Hashable, Sendable {
    case function(UInt32)
    case table(UInt32)
    case memory(UInt32)
    case global(UInt32)
    case tag(UInt32)
}

package struct Export: Sendable {
    package var name: String
    package var index: ExternIndex
}

package struct ElementSegment: Sendable {
    /// Spec: core/syntax/modules#element-segments
    package enum Mode: Sendable {
        case passive
        case declarative
        case active(table: UInt32, offset: ConstantExpression)
    }

    /// The references: by function index, or computed.
    package enum Items: Sendable {
        case functions([UInt32])
        case expressions([ConstantExpression])
    }

    package var type: ReferenceType
    package var mode: Mode
    package var items: Items
}

package struct DataSegment: Sendable {
    /// Spec: core/syntax/modules#data-segments
    package enum Mode: Sendable {
        case passive
        case active(memory: UInt32, offset: ConstantExpression)
    }

    package var mode: Mode
    /// Where its contents stand in the module's bytes.
    package var range: Range<Int>
}

/// The locals and the instructions of a function that the module defines.
package struct FunctionBody: Sendable {
    /// The types of the locals after the parameters, as (count, type) runs; counts add up to at
    /// most `Limits.locals`.
    package var locals: [(count: UInt32, type: ValueType)]
    /// Where its instructions stand in the module's bytes, the final `end` included.
    package var range: Range<Int>
}

/// The names that a module's name section gives, for backtraces.
/// Spec: core/appendix/custom#name-section
package struct ModuleNames: Sendable {
    package var module: String?
    /// By function index, imports first.
    package var functions: [UInt32: String] = [:]

    package init() {}
}

/// A custom section: its name, and where its contents stand in the module's bytes.
package struct CustomSection: Sendable {
    package var name: String
    package var range: Range<Int>
}

/// A decoded and validated module.
///
/// The lists of functions, tables, memories, globals and tags are index spaces: imports first.
package struct Module: Sendable {
    package var bytes: [UInt8]
    /// Where the module stands in them: all of them, or a part where a component holds it.
    package var byteRange: Range<Int>
    package var types: [SubType] = []
    /// The recursive groups that `types` is made of, in order and without gaps.
    package var recursiveGroups: [Range<Int>] = []
    package var imports: [Import] = []
    /// The type index of each function.
    package var functions: [TypeIndex] = []
    package var tables: [TableType] = []
    /// The initial value of each table that the module defines, where it states one.
    package var tableInitializers: [ConstantExpression?] = []
    package var memories: [MemoryType] = []
    package var globals: [GlobalType] = []
    /// The initial value of each global that the module defines.
    package var globalInitializers: [ConstantExpression] = []
    /// The type index of each tag.
    package var tags: [TypeIndex] = []
    package var exports: [Export] = []
    package var start: UInt32?
    package var elements: [ElementSegment] = []
    package var data: [DataSegment] = []
    /// The bodies of the functions that the module defines.
    package var bodies: [FunctionBody] = []
    package var customSections: [CustomSection] = []
    package var names = ModuleNames()
    /// The name of the first GC or exception instruction that the module's code holds, or else of what
    /// is special in a memory's type, which the interpreter does not run; nil where there is none.
    package var unsupportedFeature: String?

    package var importedFunctionCount = 0
    package var importedTableCount = 0
    package var importedMemoryCount = 0
    package var importedGlobalCount = 0
    package var importedTagCount = 0

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        byteRange = 0..<bytes.count
    }

    /// The signature of the type at `index`, nil where that is no function type.
    package func functionType(_ index: TypeIndex) -> FunctionType? {
        guard Int(index) < types.count, case .function(let type) = types[Int(index)].composite
        else { return nil }
        return type
    }
}
