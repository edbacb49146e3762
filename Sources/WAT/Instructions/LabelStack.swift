/// The labels of the blocks that are open, found by identifier or counted from the innermost.
/// Spec: core/text/instructions#labels
struct LabelStack {
    /// The identifier of each label, and which label it had named before.
    private var labels: [(symbol: SymbolTable.Symbol?, shadowed: Int?)] = []
    private var innermost: [SymbolTable.Symbol: Int] = [:]

    mutating func push(_ symbol: SymbolTable.Symbol?) {
        guard let symbol else { return labels.append((nil, nil)) }
        labels.append((symbol, innermost.updateValue(labels.count, forKey: symbol)))
    }

    mutating func pop() {
        guard let (symbol, shadowed) = labels.popLast(), let symbol else { return }
        innermost[symbol] = shadowed
    }

    /// The index of the innermost label that `symbol` names.
    subscript(symbol: SymbolTable.Symbol) -> UInt32? {
        innermost[symbol].map { UInt32(truncatingIfNeeded: labels.count - 1 - $0) }
    }
}
