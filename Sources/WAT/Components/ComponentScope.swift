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
    /// The outer aliases that identifiers of enclosing scopes have made.
    private var outerAliases: [Sort: [SymbolTable.Symbol: UInt32]] = [:]
    var names = ComponentNames()
    var definitions: DefinitionList
    /// They follow all else. Spec: core/text/modules#abbreviations
    var inlineExports: [InlineExport] = []
    /// Where a module type has a function type, so that it need not have it twice.
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

    /// What `symbol` is bound to here; nil where it is not.
    func index(of symbol: SymbolTable.Symbol, _ sort: Sort) -> UInt32? {
        spaces[sort.rank][symbol] ?? outerAliases[sort]?[symbol]
    }

    mutating func addOuterAlias(_ symbol: SymbolTable.Symbol, _ sort: Sort, _ index: UInt32) {
        outerAliases[sort, default: [:]][symbol] = index
    }
}
