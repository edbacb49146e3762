/// The operand stack at a point of a body, as the lowering knows it: an operand may yet be a local or
/// a constant, and is moved to its own slot only where it must be.
struct LoweringStack {
    struct Operand {
        enum Place: Equatable {
            /// In its own slot.
            case home
            /// Equal to the local with this index.
            case local(Int)
            /// These bits.
            case constant(UInt64)
        }

        var place: Place
        /// The slot that is the operand's own by its height.
        let home: Int
        let isVector: Bool
    }

    private(set) var operands: [Operand] = []
    /// The slot that the next operand gets.
    private(set) var top: Int
    /// The highest `top` that there was.
    private(set) var highest: Int
    /// Operands that are equal to a local, by local.
    private(set) var uses: [Int32]
    /// Operands below are constants or at home.
    private var settled = 0

    init(bottom: Int, localCount: Int) {
        top = bottom
        highest = bottom
        uses = [Int32](repeating: 0, count: localCount)
    }

    var count: Int { operands.count }

    /// Pushes an operand, whose home is returned.
    @discardableResult
    mutating func push(_ place: Operand.Place = .home, isVector: Bool) -> Int {
        let home = top
        operands.append(Operand(place: place, home: home, isVector: isVector))
        top += isVector ? 2 : 1
        highest = max(highest, top)
        if case .local(let index) = place { uses[index] += 1 }
        return home
    }

    mutating func pop() -> Operand {
        guard let operand = operands.popLast() else {
            return Operand(place: .home, home: top, isVector: false)
        }
        top = operand.home
        settled = min(settled, operands.count)
        if case .local(let index) = operand.place { uses[index] -= 1 }
        return operand
    }

    /// Makes the frame large enough for `count` slots above the top.
    mutating func reserve(_ count: Int) { highest = max(highest, top + count) }

    /// Pops down to `count` operands.
    mutating func truncate(to count: Int) {
        while operands.count > count { _ = pop() }
    }

    /// The operand at `index` from the bottom is in its own slot from now on.
    mutating func settle(_ index: Int) {
        if case .local(let local) = operands[index].place { uses[local] -= 1 }
        operands[index].place = .home
    }

    /// The indices of the operands that are equal to the local `local`, from the top.
    func copies(of local: Int) -> [Int] {
        var found: [Int] = []
        var index = operands.count
        while found.count < Int(uses[local]) && index > 0 {
            index -= 1
            if operands[index].place == .local(local) { found.append(index) }
        }
        return found
    }

    /// The indices of all operands that are equal to a local.
    mutating func unsettled() -> [Int] {
        defer { settled = operands.count }
        return (settled..<max(settled, operands.count)).filter { index in
            if case .local = operands[index].place { true } else { false }
        }
    }

    /// The home of the lowest of the `count` operands at the top.
    func base(_ count: Int) -> Int {
        count == 0 ? top : operands[operands.count - count].home
    }
}
