// The options of canonical definitions, and the core types that they are to have.
// Spec: CanonicalABI "Canonical ABI options", "canon lift", "canon lower".

import Wasm

/// Which way a function's values go.
enum FlatteningContext { case lift, lower }

/// Options as they are read, before they are checked.
struct CanonOptionList {
    enum Option {
        case encoding(StringEncoding)
        case memory(Int)
        case realloc(Int)
        case postReturn(Int)
        case isAsync
        case callback(Int)
        case coreType(Int)
        case gc
    }

    fileprivate(set) var options: [Option] = []
}

extension StringEncoding {
    fileprivate var name: String {
        switch self {
        case .utf8: "utf8"
        case .utf16: "utf16"
        case .latin1OrUTF16: "latin1-utf16"
        }
    }
}

extension ComponentDecoder {
    /// Spec: Binary "opts"
    mutating func canonOptions() throws(ComponentError) -> CanonOptionList {
        var list = CanonOptionList()
        for _ in 0..<(try reader.count(ComponentLimits.canonOptions, "canonical options")) {
            switch try reader.byte() {
            case 0x00: list.options.append(.encoding(.utf8))
            case 0x01: list.options.append(.encoding(.utf16))
            case 0x02: list.options.append(.encoding(.latin1OrUTF16))
            case 0x03: list.options.append(.memory(try reader.index()))
            case 0x04: list.options.append(.realloc(try reader.index()))
            case 0x05: list.options.append(.postReturn(try reader.index()))
            case 0x06: list.options.append(.isAsync)
            case 0x07: list.options.append(.callback(try reader.index()))
            case 0x08: list.options.append(.coreType(try reader.index()))
            case 0x09: list.options.append(.gc)
            case let byte: throw reader.invalidLeadingByte(byte, "canonical option")
            }
        }
        return list
    }

    /// The options, none of which may be there twice.
    mutating func check(
        _ list: CanonOptionList,
        at offset: Int
    ) throws(ComponentError) -> CanonOptions {
        var options = CanonOptions()
        var encoding: StringEncoding?
        for option in list.options {
            switch option {
            case .encoding(let other):
                if let encoding {
                    throw .invalid(
                        "canonical encoding option `\(encoding.name)` conflicts with option "
                            + "`\(other.name)`",
                        at: offset
                    )
                }
                encoding = other
                options.stringEncoding = other
            case .memory(let index):
                try setOnce(&options.memory, index, "memory", at: offset)
                options.addressType = try checkMemory(index, at: offset)
            case .realloc(let index): try setOnce(&options.realloc, index, "realloc", at: offset)
            case .postReturn(let index):
                try setOnce(&options.postReturn, index, "post-return", at: offset)
            case .callback(let index): try setOnce(&options.callback, index, "callback", at: offset)
            case .isAsync:
                guard !options.isAsync else {
                    throw .invalid(
                        "canonical option `async` is specified more than once",
                        at: offset
                    )
                }
                options.isAsync = true
            case .coreType(let index):
                try setOnce(&options.coreType, index, "core type", at: offset)
                _ = try gcCoreType(index, at: offset)
            case .gc:
                guard !options.isGC else {
                    throw .invalid("canonical option `gc` is specified more than once", at: offset)
                }
                try require(.gc, "canonical option `gc` requires the `cm-gc` feature", at: offset)
                options.isGC = true
            }
        }
        if options.callback != nil && !options.isAsync {
            throw .invalid("cannot specify callback without async", at: offset)
        }
        if options.postReturn != nil && options.isAsync {
            throw .invalid("cannot specify post-return function in async", at: offset)
        }
        if options.coreType != nil && !options.isGC {
            throw .invalid("cannot specify `core-type` without `gc`", at: offset)
        }
        if let realloc = options.realloc { try checkRealloc(realloc, options, at: offset) }
        return options
    }

    private func setOnce(
        _ option: inout Int?,
        _ index: Int,
        _ name: String,
        at offset: Int
    ) throws(ComponentError) {
        guard option == nil else {
            throw .invalid(
                "canonical option `\(name)` is specified more than once",
                at: offset
            )
        }
        option = index
    }

    /// Requires that a memory is one that values can be in; the type of its addresses.
    func checkMemory(_ index: Int, at offset: Int) throws(ComponentError) -> AddressType {
        let type = try coreMemory(index, at: offset)
        if type.addressType == .i64 {
            let message = "64-bit memories require the `cm64` feature to be enabled"
            try require(.memory64, message, at: offset)
        }
        guard !type.isShared else {
            throw .invalid("mismatch in the shared flag for memories", at: offset)
        }
        return type.addressType
    }

    private func checkRealloc(
        _ index: Int,
        _ options: CanonOptions,
        at offset: Int
    ) throws(ComponentError) {
        guard options.memory != nil else {
            throw .invalid(
                "canonical option `realloc` requires `memory` to also be specified",
                at: offset
            )
        }
        let type = registry.function(try coreFunction(index, at: offset))
        let address = options.addressType.valueType
        let parameters = [address, address, address, address]
        guard type == FunctionType(parameters: parameters, results: [address]) else {
            throw .invalid(
                "canonical option `realloc` uses a core function with an incorrect signature",
                at: offset
            )
        }
    }

    func requireMemory(_ options: CanonOptions, at offset: Int) throws(ComponentError) {
        guard options.memory != nil else {
            throw .invalid("canonical option `memory` is required", at: offset)
        }
    }

    func requireRealloc(_ options: CanonOptions, at offset: Int) throws(ComponentError) {
        try requireMemory(options, at: offset)
        guard options.realloc != nil else {
            throw .invalid("canonical option `realloc` is required", at: offset)
        }
    }

    /// Requires that there are no options that only lifting has.
    func checkLower(_ options: CanonOptions, at offset: Int) throws(ComponentError) {
        for (isGiven, name) in [
            (options.postReturn != nil, "post-return"), (options.callback != nil, "callback"),
        ] where isGiven {
            throw .invalid(
                "canonical option `\(name)` cannot be specified for lowerings",
                at: offset
            )
        }
        if options.isGC && options.coreType == nil {
            throw .invalid(
                "cannot specify `gc` without also specifying a `core-type` for lowerings",
                at: offset
            )
        }
    }

    private func checkAsync(
        _ type: FuncType,
        _ options: CanonOptions,
        at offset: Int
    ) throws(ComponentError) {
        guard !options.isAsync || type.isAsync else {
            throw .invalid(
                "the `async` canonical option requires an async function type",
                at: offset
            )
        }
    }

    // MARK: Lifting and lowering

    /// Spec: CanonicalABI "canon lift"
    mutating func lift(
        _ function: Int,
        _ list: CanonOptionList,
        _ typeIndex: Int,
        at start: Int
    ) throws(ComponentError) {
        let (id, type) = try functionType(typeIndex, at: start)
        let core = registry.function(try coreFunction(function, at: start))
        let options = try check(list, at: start)
        if let postReturn = options.postReturn {
            let type = registry.function(try coreFunction(postReturn, at: start))
            guard type == FunctionType(parameters: core.results, results: []) else {
                throw .invalid(
                    "canonical option `post-return` uses a core function with an incorrect signature",
                    at: start
                )
            }
        }
        if let callback = options.callback {
            let type = registry.function(try coreFunction(callback, at: start))
            guard type == FunctionType(parameters: [.i32, .i32, .i32], results: [.i32]) else {
                throw .invalid(
                    "canonical option `callback` uses a core function with an incorrect signature",
                    at: start
                )
            }
        }
        guard options.coreType == nil else {
            throw .invalid(
                "canonical option `core-type` is not allowed in `canon lift`",
                at: start
            )
        }
        try checkAsync(type, options, at: start)
        if options.isGC {
            try matchGC(type, core, options.stringEncoding, at: start)
        } else {
            try checkLifted(type, options, function, core, at: start)
        }
        try add(function: id, at: start)
        scope.definitions.append(.canon(.lift(coreFunction: function, options, type: id)))
    }

    /// Requires that a core function has the type that a function of the type given is lifted from.
    private mutating func checkLifted(
        _ type: FuncType,
        _ options: CanonOptions,
        _ function: Int,
        _ core: FunctionType,
        at start: Int
    ) throws(ComponentError) {
        let flat = try flattenFunctype(type, .lift, options, at: start)
        guard flat.parameters == core.parameters else {
            throw .invalid(
                "lowered parameter types `\(flat.parameters.text)` do not match parameter types "
                    + "`\(core.parameters.text)` of core function \(function)",
                at: start
            )
        }
        guard flat.results == core.results else {
            throw .invalid(
                "lowered result types `\(flat.results.text)` do not match result types "
                    + "`\(core.results.text)` of core function \(function)",
                at: start
            )
        }
    }

    /// Spec: CanonicalABI "canon lower"
    mutating func lower(
        _ function: Int,
        _ list: CanonOptionList,
        at start: Int
    ) throws(ComponentError) {
        let id = try self.function(function, at: start)
        guard let type = store.arena.function(id) else { return }
        let options = try check(list, at: start)
        try checkLower(options, at: start)
        try checkAsync(type, options, at: start)
        try define(
            .lower(function: function, options, type: id),
            try loweredType(type, options, at: start),
            at: start
        )
    }

    /// The core function that a function of the type given is lowered to.
    mutating func loweredType(
        _ type: FuncType,
        _ options: CanonOptions,
        at start: Int
    ) throws(ComponentError) -> CoreItem {
        if options.isGC, let coreType = options.coreType {
            let (id, core) = try gcCoreType(coreType, at: start)
            try matchGC(type, core, options.stringEncoding, at: start)
            return CoreItem(type: .function(core), typeID: id)
        }
        let flat = try flattenFunctype(type, .lower, options, at: start)
        return CoreItem(type: .function(flat), typeID: registry.id(of: flat))
    }

    /// The core type that a function is lifted from or lowered to, with what that needs of the options.
    /// Spec: CanonicalABI "Flattening"
    mutating func flattenFunctype(
        _ type: FuncType,
        _ context: FlatteningContext,
        _ options: CanonOptions,
        at offset: Int
    ) throws(ComponentError) -> FunctionType {
        let isAsyncLower = context == .lower && options.isAsync
        let most =
            isAsyncLower ? ComponentLimits.flatAsyncParameters : ComponentLimits.flatParameters
        let types = type.parameters.map(\.type)
        let (addresses, address) = (options.addressType, options.addressType.valueType)
        var parameters = [address]
        let flat = store.flattenTypes(types, addresses, limit: most)
        if let flat { parameters = flat }
        if flat == nil || types.contains(where: store.containsPointer) {
            try requireMemory(options, at: offset)
            if context == .lift { try requireRealloc(options, at: offset) }
        }
        guard let result = type.result else {
            return FunctionType(parameters: parameters, results: asyncResults(context, options))
        }
        let hasPointer = store.containsPointer(result)
        if context == .lower && hasPointer { try requireRealloc(options, at: offset) }
        if options.isAsync {
            let isFlat =
                store.flattenTypes([result], addresses, limit: ComponentLimits.flatParameters) != nil
            if context == .lower { parameters.append(address) }
            if context == .lower || !isFlat || hasPointer {
                try requireMemory(options, at: offset)
            }
            return FunctionType(parameters: parameters, results: asyncResults(context, options))
        }
        if let flat = store.flattenTypes([result], addresses, limit: ComponentLimits.flatResults) {
            if hasPointer { try requireMemory(options, at: offset) }
            return FunctionType(parameters: parameters, results: flat)
        }
        try requireMemory(options, at: offset)
        if context == .lift { return FunctionType(parameters: parameters, results: [address]) }
        return FunctionType(parameters: parameters + [address], results: [])
    }

    /// What an asynchronous function gives back: a state, or a code for its callback.
    private func asyncResults(_ context: FlatteningContext, _ options: CanonOptions) -> [ValueType]
    {
        guard options.isAsync else { return [] }
        return context == .lower || options.callback != nil ? [.i32] : []
    }
}

extension [ValueType] {
    /// The types as messages have them.
    fileprivate var text: String {
        "[" + map { $0.description.uppercased() }.joined(separator: ", ") + "]"
    }
}
