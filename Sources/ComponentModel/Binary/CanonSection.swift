// Spec: Binary "Canonical Definitions".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "canon"
    mutating func canon() throws(ComponentError) {
        let start = reader.offset
        let code = try reader.byte()
        switch code {
        case 0x00:
            try zero("canonical function lift")
            let function = try reader.index()
            let options = try canonOptions()
            try lift(function, options, try reader.index(), at: start)
        case 0x01:
            try zero("canonical function lower")
            let function = try reader.index()
            try lower(function, try canonOptions(), at: start)
        case 0x02:
            let (number, representation) = try localResource(at: start)
            try define(.resourceNew(number), [representation], [.i32], at: start)
        case 0x03:
            let (_, number) = try resourceType(try reader.index(), at: start)
            try define(.resourceDrop(number), [.i32], [], at: start)
        case 0x04:
            let (number, representation) = try localResource(at: start)
            try define(.resourceRep(number), [.i32], [representation], at: start)
        case 0x09: try taskReturn(at: start)
        case 0x0A, 0x0B: try context(code, at: start)
        case 0x0E...0x1B: try streamOrFuture(code, at: start)
        case 0x1C, 0x1D: try errorContext(code, at: start)
        case 0x20, 0x21: try waitableSet(code, at: start)
        case 0x27: try threadNewIndirect(at: start)
        case 0x40: throw shared("thread.spawn-ref", at: start)
        case 0x41: throw shared("thread.spawn-indirect", at: start)
        case 0x42: throw shared("thread.available_parallelism", at: start)
        default: try plain(code, at: start)
        }
    }

    private mutating func zero(_ what: String) throws(ComponentError) {
        let byte = try reader.byte()
        guard byte == 0 else { throw reader.invalidLeadingByte(byte, what) }
    }

    private func shared(_ name: String, at start: Int) -> ComponentError {
        .invalid("`\(name)` requires the shared-everything-threads proposal", at: start)
    }

    /// A built-in function whose type does not depend on what follows its code.
    private mutating func plain(_ code: UInt8, at start: Int) throws(ComponentError) {
        let (name, flags, parameters, results): (String, Int, Int, Int)
        switch code {
        case 0x05: (name, flags, parameters, results) = ("task.cancel", 0, 0, 0)
        case 0x06: (name, flags, parameters, results) = ("subtask.cancel", 1, 1, 1)
        case 0x0C: (name, flags, parameters, results) = ("thread.yield", 1, 0, 1)
        case 0x0D: (name, flags, parameters, results) = ("subtask.drop", 0, 1, 0)
        case 0x1E: (name, flags, parameters, results) = ("error-context.drop", 0, 1, 0)
        case 0x1F: (name, flags, parameters, results) = ("waitable-set.new", 0, 0, 1)
        case 0x22: (name, flags, parameters, results) = ("waitable-set.drop", 0, 1, 0)
        case 0x23: (name, flags, parameters, results) = ("waitable.join", 0, 2, 0)
        case 0x24: (name, flags, parameters, results) = ("backpressure.inc", 0, 0, 0)
        case 0x25: (name, flags, parameters, results) = ("backpressure.dec", 0, 0, 0)
        case 0x26: (name, flags, parameters, results) = ("thread.index", 0, 0, 1)
        case 0x28: (name, flags, parameters, results) = ("thread.resume-later", 0, 1, 0)
        case 0x29: (name, flags, parameters, results) = ("thread.suspend", 1, 0, 1)
        case 0x2A: (name, flags, parameters, results) = ("thread.suspend-then-resume", 1, 1, 1)
        case 0x2B: (name, flags, parameters, results) = ("thread.yield-then-resume", 1, 1, 1)
        case 0x2C: (name, flags, parameters, results) = ("thread.suspend-then-promote", 1, 1, 1)
        case 0x2D: (name, flags, parameters, results) = ("thread.yield-then-promote", 1, 1, 1)
        default:
            throw reader.malformed(
                "invalid leading byte (0x\(String(code, radix: 16))) for canonical function",
                at: start
            )
        }
        var isFlagged = false
        for _ in 0..<flags { isFlagged = try reader.bool() }
        if code == 0x06 && isFlagged { try requireMoreBuiltins("async", name, at: start) }
        if code == 0x26 || code >= 0x28 { try requireThreading(name, at: start) }
        try defineUnsupported(
            name,
            [ValueType](repeating: .i32, count: parameters),
            [ValueType](repeating: .i32, count: results),
            at: start
        )
    }

    /// A resource type that is defined in this component, and the type of what represents it.
    private mutating func localResource(at start: Int) throws(ComponentError) -> (
        ResourceID, ValueType
    ) {
        let index = try reader.index()
        let (_, number) = try resourceType(index, at: start)
        guard let representation = scope.localResources[number] else {
            throw .invalid("type \(index) is not a local resource", at: start)
        }
        return (number, representation)
    }

    // MARK: What only asynchronous code needs

    private mutating func taskReturn(at start: Int) throws(ComponentError) {
        let result = try resultList()
        let read = try canonOptions()
        let options = try check(read, at: start)
        for (isGiven, name) in [
            (options.realloc != nil, "realloc"), (options.postReturn != nil, "post-return"),
            (options.isAsync, "async"),
        ] where isGiven {
            throw .invalid("cannot specify `\(name)` option on `task.return`", at: start)
        }
        try checkLower(options, at: start)
        let parameters = result.map { [LabelValType(label: "v", type: $0)] } ?? []
        let type = FuncType(parameters: parameters, result: nil)
        let item = try loweredType(type, options, at: start)
        guard case .function(let core) = item.type else { return }
        try define(.unsupported(name: "task.return", type: core), item, at: start)
    }

    private mutating func context(_ code: UInt8, at start: Int) throws(ComponentError) {
        let name = code == 0x0A ? "context.get" : "context.set"
        let type = try reader.core { bytes throws(ModuleError) in try bytes.valueType() }
        let slot = try reader.index()
        guard type == .i32 || type == .i64 else {
            throw .invalid("`\(name)` only supports `i32` or `i64`", at: start)
        }
        if type == .i64 {
            let message = "64-bit `\(name)` requires the component model 64-bit feature"
            try require(.memory64, message, at: start)
        }
        guard scope.contextType ?? type == type else {
            throw .invalid("`\(name)` type must match previous context type", at: start)
        }
        scope.contextType = type
        if slot > 0 {
            try require(.threading, "`\(name)` immediate must be zero: \(slot)", at: start)
        }
        guard slot <= 1 else {
            throw .invalid("`\(name)` immediate must be zero or one: \(slot)", at: start)
        }
        try defineUnsupported(
            name,
            code == 0x0A ? [] : [type],
            code == 0x0A ? [type] : [],
            at: start
        )
    }

    private mutating func streamOrFuture(_ code: UInt8, at start: Int) throws(ComponentError) {
        let isStream = code < 0x15
        let kind = isStream ? "stream" : "future"
        let operation = Int(code) - (isStream ? 0x0E : 0x15)
        let operations = [
            "new", "read", "write", "cancel-read", "cancel-write", "drop-readable", "drop-writable",
        ]
        let name = "\(kind).\(operations[operation])"
        let id = try definedType(try reader.index(), at: start)
        let element: ValType?
        switch store.arena.value(id) {
        case .stream(let type) where isStream: element = type
        case .future(let type) where !isStream: element = type
        default: throw .invalid("`\(name)` requires a \(kind) type", at: start)
        }
        switch operation {
        case 0: try defineUnsupported(name, [], [.i64], at: start)
        case 1, 2:
            let options = try check(try canonOptions(), at: start)
            if !options.isAsync { try requireMoreBuiltins("synchronous", name, at: start) }
            if element != nil { try requireMemory(options, at: start) }
            if operation == 1, let element, store.containsPointer(element) {
                try requireRealloc(options, at: start)
            }
            try checkLower(options, at: start)
            let parameters = [ValueType](repeating: .i32, count: isStream ? 3 : 2)
            try defineUnsupported(name, parameters, [.i32], options, at: start)
        case 3, 4:
            if try reader.bool() { try requireMoreBuiltins("async", name, at: start) }
            try defineUnsupported(name, [.i32], [.i32], at: start)
        default: try defineUnsupported(name, [.i32], [], at: start)
        }
    }

    private mutating func errorContext(_ code: UInt8, at start: Int) throws(ComponentError) {
        let isNew = code == 0x1C
        let name = isNew ? "error-context.new" : "error-context.debug-message"
        let options = try check(try canonOptions(), at: start)
        try requireMemory(options, at: start)
        if !isNew { try requireRealloc(options, at: start) }
        guard !options.isAsync else {
            throw .invalid("cannot specify `async` option on `\(name)`", at: start)
        }
        try checkLower(options, at: start)
        try defineUnsupported(name, [.i32, .i32], isNew ? [.i32] : [], options, at: start)
    }

    private mutating func waitableSet(_ code: UInt8, at start: Int) throws(ComponentError) {
        _ = try reader.bool()
        let address = try checkMemory(try reader.index(), at: start).valueType
        let name = code == 0x20 ? "waitable-set.wait" : "waitable-set.poll"
        try defineUnsupported(name, [.i32, address], [.i32], at: start)
    }

    private mutating func threadNewIndirect(at start: Int) throws(ComponentError) {
        let index = try reader.index()
        let tableIndex = try reader.index()
        try requireThreading("thread.new-indirect", at: start)
        guard let entry = scope.coreTypes.entry(index) else {
            throw .invalid("unknown type \(index): type index out of bounds", at: start)
        }
        guard entry.module == nil, let id = scope.coreTypes.id(index) else {
            throw .invalid("expected a core function type", at: start)
        }
        guard case .function(let type) = registry.composite(id) else {
            throw .invalid("start type must be a function", at: start)
        }
        guard type.parameters == [.i32] else {
            throw .invalid(
                "start function must take a single `i32` argument (currently)",
                at: start
            )
        }
        guard type.results.isEmpty else {
            throw .invalid("start function must not return any values", at: start)
        }
        let table = try coreTable(tableIndex, at: start)
        guard table.addressType == .i32, table.element == .funcref else {
            throw .invalid("table is not a 32-bit table of (ref null (func))", at: start)
        }
        try defineUnsupported("thread.new-indirect", [.i32, .i32], [.i32], at: start)
    }

    private func requireMoreBuiltins(
        _ what: String,
        _ name: String,
        at start: Int
    ) throws(ComponentError) {
        let message =
            "\(what) `\(name)` requires the component model more async builtins feature"
        try require(.moreAsyncBuiltins, message, at: start)
    }

    private func requireThreading(_ name: String, at start: Int) throws(ComponentError) {
        let message = "`\(name)` requires the component model threading feature"
        try require(.threading, message, at: start)
    }

    // MARK: Defining

    /// Adds a core function.
    mutating func define(
        _ canon: Canon,
        _ item: CoreItem,
        at start: Int
    ) throws(ComponentError) {
        try add(item, at: start)
        scope.definitions.append(.canon(canon))
    }

    private mutating func define(
        _ canon: Canon,
        _ parameters: [ValueType],
        _ results: [ValueType],
        at start: Int
    ) throws(ComponentError) {
        let type = FunctionType(parameters: parameters, results: results)
        try define(canon, CoreItem(type: .function(type), typeID: registry.id(of: type)), at: start)
    }

    /// Adds one that is not run; of the type that the options declare, if they declare one.
    private mutating func defineUnsupported(
        _ name: String,
        _ parameters: [ValueType],
        _ results: [ValueType],
        _ options: CanonOptions = CanonOptions(),
        at start: Int
    ) throws(ComponentError) {
        let type = FunctionType(parameters: parameters, results: results)
        var id = registry.id(of: type)
        if let coreType = options.coreType {
            let declared = try gcCoreType(coreType, at: start)
            guard declared.type == type else {
                throw .invalid(
                    "declared core type is `\(declared.type)`, but what is lowered is `\(type)`",
                    at: start
                )
            }
            id = declared.id
        }
        let item = CoreItem(type: .function(type), typeID: id)
        try define(.unsupported(name: name, type: type), item, at: start)
    }
}
