/// A module as an engine runs it: the entries of its functions, and the code of those that have been
/// called. It stays on its engine's thread.
///
/// Invariant: the engine's code blocks of this module, and the entries that code and records name,
/// live until `deinit`; stores hold the lowered modules that they have instances of.
@safe package final class LoweredModule {
    package let engine: Engine
    package let module: Module
    /// The canonical id of each type.
    let typeIDs: [UInt32]
    private let entries: UnsafeMutablePointer<FunctionEntry>
    private var code: [UnsafeMutableRawBufferPointer] = unsafe []
    /// What the module exports, by name; made when it is first asked for.
    private(set) lazy var exportIndices = Dictionary(
        module.exports.map { (ExactName(string: $0.name), $0.index) },
        uniquingKeysWith: { first, _ in first })

    package init(_ module: Module, engine: Engine) {
        self.engine = engine
        self.module = module
        typeIDs = engine.types.intern(module.types, groups: module.recursiveGroups)
        unsafe entries = .allocate(capacity: max(module.bodies.count, 1))
        for index in module.bodies.indices {
            let type = module.functions[module.importedFunctionCount + index]
            let entry = unsafe entries + index
            unsafe entry.initialize(
                to: FunctionEntry(
                    code: UnsafeRawPointer(entry) + FunctionEntry.stubOffset,
                    frameBytes: 0,
                    header: UInt16(module.functionType(type)?.headerSlot ?? 0),
                    index: UInt32(module.importedFunctionCount + index),
                    module: Unmanaged.passUnretained(self)))
        }
        unsafe register(
            UnsafeRawBufferPointer(
                start: entries, count: module.bodies.count * MemoryLayout<FunctionEntry>.stride),
            function: nil)
    }

    deinit {
        engine.unregister(self)
        for index in unsafe code.indices { unsafe code[index].deallocate() }
        unsafe entries.deallocate()
    }

    private func register(_ bytes: UnsafeRawBufferPointer, function: Int?) {
        guard let base = bytes.baseAddress else { return }
        let start = UInt(bitPattern: base)
        unsafe engine.register(
            Engine.CodeBlock(
                start: start, end: start + UInt(bytes.count), function: function,
                module: Unmanaged.passUnretained(self)))
    }

    /// The entry of a function that the module defines, by its place among those.
    func entry(_ index: Int) -> UnsafeMutablePointer<FunctionEntry> { unsafe entries + index }

    private var loweringContext: LoweringContext {
        let base = unsafe UInt(bitPattern: entries)
        return LoweringContext(module: module, typeIDs: typeIDs) { index in
            unsafe UInt64(base) + UInt64(index * MemoryLayout<FunctionEntry>.stride)
        }
    }

    /// Lowers a function that the module defines and lets its entry lead to the code. False if the
    /// code would be larger than `Limits.loweredWords`.
    func lower(_ index: Int) -> Bool {
        var lowering = BodyLowering(loweringContext, index)
        guard let body = lowering.run() else { return false }
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: body.words.count * 2, alignment: 8)
        unsafe body.words.withUnsafeBytes { words in unsafe bytes.copyMemory(from: words) }
        unsafe code.append(bytes)
        unsafe register(UnsafeRawBufferPointer(bytes), function: index)
        let entry = unsafe entries + index
        guard let start = bytes.baseAddress else { return false }
        unsafe entry.pointee.frameBytes = body.frameBytes
        unsafe entry.pointee.code = UnsafeRawPointer(start)
        return true
    }

    /// The offset in the module's bytes of the instruction that `word` of a function's code was
    /// lowered from: the function is lowered again, which gives the same code.
    func offset(function: Int, word: Int) -> Int {
        var lowering = BodyLowering(loweringContext, function, recordsPositions: true)
        let positions = lowering.run()?.positions ?? []
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle].word <= word { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? positions[low - 1].offset : module.bodies[function].range.lowerBound
    }

    /// The operations that a function which the module defines is lowered to, a line each: position,
    /// name, operands as 16-bit words.
    package func listing(ofFunction index: Int) -> [String] {
        var lowering = BodyLowering(loweringContext, index)
        let words = lowering.run()?.words ?? []
        var lines: [String] = []
        var position = 0
        while position < words.count, words[position] < Operation.lengths.count {
            let operation = unsafe unsafeBitCast(words[position], to: Operation.self)
            var length = Int(Operation.lengths[Int(words[position])])
            if case .branchTable = operation, position + 2 < words.count {
                length += 2 * (Int(words[position + 2]) + 1)
            }
            let operands = words[(position + 1)..<min(position + length, words.count)]
            lines.append(
                "\(position) \(operation) " + operands.map(String.init).joined(separator: " "))
            position += length
        }
        return lines
    }

    /// The name of a function, imports counted: of the name section, else of an export.
    package func name(ofFunction index: UInt32) -> String? {
        module.names.functions[index]
            ?? module.exports.first { $0.index == .function(index) }?.name
    }
}
