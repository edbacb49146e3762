/// A number for each identifier of a text, in order of first occurrence.
///
/// Open addressing over the bytes themselves, so that looking one up allocates nothing.
struct SymbolTable {
    typealias Symbol = UInt32

    /// The symbol at each place of the table, plus one; 0 where there is none. A power of two.
    private var slots = [UInt32](repeating: 0, count: 64)
    private var hashes: [UInt32] = []
    private var storage: [UInt8] = []
    private var ranges: [Range<Int>] = []

    /// The symbol of `text[range]`, made where it is new.
    mutating func intern(_ text: [UInt8], _ range: Range<Int>) -> Symbol {
        let hash = Self.hash(text, range)
        if let symbol = find(text, range, hash) { return symbol }
        if ranges.count * 2 >= slots.count { grow() }
        let symbol = UInt32(truncatingIfNeeded: ranges.count)
        let start = storage.count
        storage.append(contentsOf: text[range])
        ranges.append(start..<storage.count)
        hashes.append(hash)
        insert(symbol, hash)
        return symbol
    }

    /// The symbol of `text[range]`, nil where it is new.
    func find(_ text: [UInt8], _ range: Range<Int>) -> Symbol? {
        find(text, range, Self.hash(text, range))
    }

    /// The bytes of `symbol`.
    func name(_ symbol: Symbol) -> ArraySlice<UInt8> { storage[ranges[Int(symbol)]] }

    private func find(_ text: [UInt8], _ range: Range<Int>, _ hash: UInt32) -> Symbol? {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while slots[place] != 0 {
            let symbol = slots[place] - 1
            if hashes[Int(symbol)] == hash, equal(symbol, text, range) { return symbol }
            place = (place + 1) & mask
        }
        return nil
    }

    private func equal(_ symbol: Symbol, _ text: [UInt8], _ range: Range<Int>) -> Bool {
        let own = ranges[Int(symbol)]
        guard own.count == range.count else { return false }
        for offset in 0..<range.count
        where storage[own.lowerBound + offset] != text[range.lowerBound + offset] {
            return false
        }
        return true
    }

    private mutating func insert(_ symbol: Symbol, _ hash: UInt32) {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while slots[place] != 0 { place = (place + 1) & mask }
        slots[place] = symbol + 1
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (symbol, hash) in hashes.enumerated() {
            insert(UInt32(truncatingIfNeeded: symbol), hash)
        }
    }

    /// Keyed anew in each process, so that no text can be made whose identifiers all collide.
    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
        var hasher = Hasher()
        var word: UInt64 = UInt64(range.count)
        for (offset, index) in range.enumerated() {
            word = word << 8 | UInt64(text[index])
            if offset & 7 == 7 { hasher.combine(word) }
        }
        hasher.combine(word)
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
