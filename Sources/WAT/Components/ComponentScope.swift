import ComponentModel
import Wasm

/// A component or a type that is being read: what identifiers mean in it, and what it holds so far.
/// Spec: Explainer "Index Spaces"
struct ComponentScope {
    enum Kind {
        case component, componentType, instanceType, moduleType
    }

    /// An export that is written within the definition of what it exports.
    struct InlineExport {
        var name: [UInt8]
        var sort: Sort
        var index: UInt32
    }

    let kind: Kind
    /// What outer aliases may call it.
    let identifier: SymbolTable.Symbol?
    private var spaces = Sort.all.map { IndexSpace($0.category) }
    var names = ComponentNames()
    var definitions: DefinitionList
    /// They follow all else. Spec: core/text/modules#abbreviations
    var inlineExports: [InlineExport] = []
    /// Where a module's type defines a function type, which imports and exports may then use.
    var functionTypes: [FunctionType: UInt32] = [:]
    var hasStart = false

    init(_ kind: Kind, _ identifier: SymbolTable.Symbol?) {
        self.kind = kind
        self.identifier = identifier
        definitions = DefinitionList(kind)
    }

    subscript(sort: Sort) -> IndexSpace {
        get { spaces[sort.rank] }
        _modify { yield &spaces[sort.rank] }
    }
}
