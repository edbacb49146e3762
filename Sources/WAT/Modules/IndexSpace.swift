/// The indices of one kind of thing, and the identifiers that are bound to some of them.
/// Spec: core/text/modules#indices
struct IndexSpace {
    /// What the space holds, in the words of the reference interpreter.
    let category: String
    private(set) var count: UInt32 = 0
    private var indices: [SymbolTable.Symbol: UInt32] = [:]
    /// The identifiers, by index in increasing order.
    private(set) var bindings: [(index: UInt32, symbol: SymbolTable.Symbol)] = []

    init(_ category: String) { self.category = category }

    /// Takes the next index, and binds `symbol` to it; false where that was bound before.
    mutating func bind(_ symbol: SymbolTable.Symbol?) -> Bool {
        let index = count
        count += 1
        guard let symbol else { return true }
        if indices.updateValue(index, forKey: symbol) != nil { return false }
        bindings.append((index, symbol))
        return true
    }

    /// Takes `number` indices at once.
    mutating func skip(_ number: Int) { count += UInt32(truncatingIfNeeded: number) }

    subscript(symbol: SymbolTable.Symbol) -> UInt32? { indices[symbol] }
}
