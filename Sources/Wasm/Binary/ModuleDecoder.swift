// The decoding of a module, section by section, with the validation of each part as it is read.
// Spec: core/binary/modules#binary-module.

extension Module {
    /// The module that `bytes` are in the binary format, decoded and validated.
    ///
    /// Malformed bytes are reported before anything invalid, wherever they stand.
    /// Spec: core/binary/modules, core/valid/modules
    package init(decoding bytes: [UInt8]) throws(ModuleError) {
        try self.init(decoding: bytes, range: 0..<bytes.count)
    }

    /// The module that a part of `bytes` is. It keeps all of them, without a copy; its offsets and ranges are
    /// those of all.
    package init(
        decoding bytes: [UInt8],
        range: Range<Int>,
        features: ModuleFeatures = []
    ) throws(ModuleError) {
        guard range.count <= Limits.moduleBytes else {
            throw ModuleError(
                .limit,
                at: range.lowerBound,
                "a module of \(range.count) bytes, the limit is \(Limits.moduleBytes)"
            )
        }
        self = try unsafe bytes.withUnsafeBufferPointer {
            (buffer: UnsafeBufferPointer<UInt8>) throws(ModuleError) -> Module in
            let reader = unsafe ByteReader(buffer).part(range)
            var module = Module(bytes: bytes)
            module.byteRange = range
            var decoder = ModuleDecoder(module, reader, features)
            return try decoder.decode()
        }
    }
}

/// A module as far as it is decoded.
///
/// A broken rule of validation is kept until the end, since the bytes after it may be malformed;
/// from there on only the grammar is followed.
struct ModuleDecoder: ~Copyable {
    /// Sections by their ids, in the order in which they come.
    /// Spec: core/binary/modules#sections
    enum Section: UInt8 {
        case custom, type, `import`, function, table, memory, global, export, start, element, code
        case data, dataCount, tag

        /// The place in the order.
        var order: Int {
            switch self {
            case .custom: 0
            case .type: 1
            case .import: 2
            case .function: 3
            case .table: 4
            case .memory: 5
            case .tag: 6
            case .global: 7
            case .export: 8
            case .start: 9
            case .element: 10
            case .dataCount: 11
            case .code: 12
            case .data: 13
            }
        }
    }

    var module: Module
    var reader: ByteReader
    let features: ModuleFeatures
    var validator: FunctionValidator
    /// The first broken rule of validation.
    var firstInvalid: ModuleError?
    /// The first instruction that names a data segment where no data count section came before.
    var undeclaredDataOffset: Int?

    init(_ module: Module, _ reader: ByteReader, _ features: ModuleFeatures) {
        self.module = module
        self.reader = reader
        self.features = features
        validator = FunctionValidator(reader)
    }

    var isValid: Bool { firstInvalid == nil }

    /// Notes a broken rule of validation unless `condition` holds.
    mutating func require(
        _ condition: Bool,
        at offset: Int,
        _ message: @autoclosure () -> String
    ) {
        if !condition && isValid { firstInvalid = ModuleError(.invalid, at: offset, message()) }
    }

    /// Notes `error` if it is a broken rule, and throws it if it is not.
    mutating func note(_ error: ModuleError) throws(ModuleError) {
        switch error.kind {
        case .invalid: if isValid { firstInvalid = error }
        case .malformed, .limit: throw error
        }
    }

    /// Requires at most `limit` of `what`.
    func limit(_ count: Int, _ limit: Int, _ what: String) throws(ModuleError) {
        guard count <= limit else {
            throw ModuleError(
                .limit,
                at: reader.offset,
                "\(count) \(what), the limit is \(limit)"
            )
        }
    }

    // MARK: Modules

    mutating func decode() throws(ModuleError) -> Module {
        let start = reader.offset
        guard try reader.word32() == 0x6D73_6100 else {
            throw reader.malformed("magic header not detected", at: start)
        }
        let version = try reader.word32()
        guard version == 1 else {
            let isComponent = version >> 16 == 1
            throw reader.malformed(
                "unknown binary version \(version & 0xFFFF)"
                    + (isComponent ? ": expected a version header for a module, this is a component" : ""),
                at: start + 4
            )
        }
        var order = 0
        while let id = reader.peek() {
            guard let section = Section(rawValue: id) else {
                throw reader.malformed("malformed section id \(id)")
            }
            guard section == .custom || section.order > order else {
                throw reader.malformed("unexpected content after last section: section out of order: \(id)")
            }
            order = max(order, section.order)
            try reader.skip(1)
            try decode(section)
        }
        try finish()
        return module
    }

    private mutating func decode(_ section: Section) throws(ModuleError) {
        let size = try reader.length()
        let start = reader.offset
        switch section {
        case .custom: try customSection(end: start + size)
        case .type: try typeSection()
        case .import: try importSection()
        case .function: try functionSection()
        case .table: try tableSection()
        case .memory: try memorySection()
        case .tag: try tagSection()
        case .global: try globalSection()
        case .export: try exportSection()
        case .start: try startSection()
        case .element: try elementSection()
        case .dataCount: validator.context.dataCount = try reader.u32()
        case .code: try codeSection()
        case .data: try dataSection()
        }
        guard reader.offset == start + size else {
            throw reader.malformed("section size mismatch", at: start)
        }
    }

    /// What only the whole module shows.
    private mutating func finish() throws(ModuleError) {
        guard module.bodies.count == module.functions.count - module.importedFunctionCount else {
            throw reader.malformed("function and code section have inconsistent lengths")
        }
        if let dataCount = validator.context.dataCount, dataCount != module.data.count {
            throw reader.malformed("data count and data section have inconsistent lengths")
        }
        if let offset = undeclaredDataOffset {
            throw reader.malformed("data count section required", at: offset)
        }
        if let error = firstInvalid { throw error }
        module.unsupportedFeature =
            validator.unsupported?.instruction.mnemonic
            ?? module.memories.lazy.compactMap(\.unsupportedFeature).first
    }
}
