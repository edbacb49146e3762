// The locals of the function that is being validated.

/// The types of the locals, and which of those without a default value are set.
///
/// A function may declare many locals in a few bytes: only the first are written out one by one.
struct LocalTypes: ~Copyable {
    /// Locals of one type in a row, up to the index `end`.
    struct Run: BitwiseCopyable {
        var end: UInt32
        var type: ValueType
    }

    private static let flatCapacity = 256

    private(set) var count: UInt32 = 0
    private(set) var parameterCount: UInt32 = 0
    private var parameters = TypeList()
    /// The types of the first locals.
    private var flat = FlatBuffer<ValueType>(capacity: flatCapacity)
    private var runs = FlatBuffer<Run>()
    /// Whether a local is set, where it has no default value; all false between functions.
    private var initialized = FlatBuffer<Bool>()
    /// The locals that are set by instructions, in order.
    private var settings = FlatBuffer<UInt32>()

    /// The type of a local of the first ones that may be read, nil of others.
    @inline(__always) func readable(_ index: UInt32) -> ValueType? {
        guard index < UInt32(truncatingIfNeeded: flat.count) else { return nil }
        let type = flat[Int(index)]
        return type.isDefaultable ? type : nil
    }

    /// The type of a local, nil if there is none.
    func type(_ index: UInt32, _ context: borrowing ModuleContext) -> ValueType? {
        if index < flat.count { return flat[Int(index)] }
        if index < parameterCount { return context.type(parameters, Int(index)) }
        guard index < count else { return nil }
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end > index { high = middle } else { low = middle + 1 }
        }
        return runs[low].type
    }

    /// Starts a function with its parameters and the locals after them.
    mutating func start(
        _ parameters: TypeList,
        _ locals: [(count: UInt32, type: ValueType)],
        _ context: borrowing ModuleContext
    ) {
        self.parameters = parameters
        parameterCount = UInt32(parameters.count)
        count = parameterCount
        flat.truncate(to: 0)
        runs.truncate(to: 0)
        for index in 0..<min(Int(parameters.count), Self.flatCapacity) {
            flat.append(context.type(parameters, index))
        }
        var needsInitialized = false
        for (runCount, type) in locals {
            count += runCount
            runs.append(Run(end: count, type: type))
            flat.pad(to: min(Int(count), Self.flatCapacity), with: type)
            needsInitialized = needsInitialized || !type.isDefaultable
        }
        if needsInitialized { initialized.pad(to: Int(count), with: false) }
    }

    // MARK: Initialization

    /// How many settings of locals without a default value there are now.
    var mark: Int { settings.count }

    /// Whether a local of `type` may be read.
    func isSet(_ index: UInt32, _ type: ValueType) -> Bool {
        type.isDefaultable || index < parameterCount || initialized[Int(index)]
    }

    /// Notes that a local of `type` has a value from here to the end of the block.
    mutating func set(_ index: UInt32, _ type: ValueType) {
        guard !isSet(index, type) else { return }
        initialized[Int(index)] = true
        settings.append(index)
    }

    /// Forgets the settings after `mark`.
    mutating func unset(to mark: Int) {
        while settings.count > mark { initialized[Int(settings.removeLast())] = false }
    }
}
