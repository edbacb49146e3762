/// The making of one instance. Spec: core/exec/modules#instantiation
@safe struct Instantiation {
    private let store: Store
    private let lowered: LoweredModule
    private let module: Module
    private let record: UnsafeMutablePointer<InstanceRecord>
    private var tagIDs: [UInt32] = []

    init(_ store: Store, _ lowered: LoweredModule) {
        self.store = store
        self.lowered = lowered
        module = lowered.module
        let memories = unsafe store.allocate(
            UnsafeMutablePointer<MemoryRecord>.self, module.memories.count)
        unsafe record = store.add(
            InstanceRecord(
                firstMemory: store.engine.emptyMemory, memories: memories,
                tables: store.allocate(
                    UnsafeMutablePointer<TableRecord>.self, module.tables.count),
                globals: store.allocate(
                    UnsafeMutablePointer<GlobalRecord>.self, module.globals.count),
                functions: store.allocate(
                    UnsafeMutablePointer<FunctionRecord>.self, module.functions.count),
                elements: store.allocate(ElementRecord.self, module.elements.count),
                data: store.allocate(DataRecord.self, module.data.count),
                module: Unmanaged.passUnretained(lowered)))
    }

    /// Makes the instance with these imports, of the types that the module wants.
    mutating func run(_ imports: [Extern]) throws(InstantiationError) -> Instance {
        store.retain(lowered)
        addImports(imports)
        addFunctions()
        do throws(ResourceError) {
            try addMemories()
            addGlobals()
            try addTables()
        } catch {
            throw .resource(error)
        }
        addSegments()
        for index in module.tags[module.importedTagCount...] {
            tagIDs.append(lowered.typeIDs[Int(index)])
        }
        do throws(Trap) {
            try store.initialize(self)
        } catch {
            throw .trap(error)
        }
        return unsafe Instance(store, lowered, record, tagIDs: tagIDs)
    }

    /// This step, to be done later.
    func pending(_ step: Initialization.Step) -> PendingInitialization {
        unsafe PendingInitialization(step: step, record: record, lowered: lowered)
    }

    /// What instantiation still does for an instance whose index spaces have been made.
    init(_ store: Store, _ pending: PendingInitialization) {
        self.store = store
        lowered = pending.lowered
        module = pending.lowered.module
        unsafe record = pending.record
    }

    /// Calls the start function, if there is one.
    func runStart() throws(Trap) {
        guard let start = module.start else { return }
        _ = try unsafe Function(store, record.pointee.functions[Int(start)]).call([])
    }

    private var reference: InstanceReference { unsafe InstanceReference(record) }

    private func value(_ expression: ConstantExpression) -> ConstantValue {
        expression.value(module.bytes, reference)
    }

    // MARK: Index spaces

    private mutating func addImports(_ imports: [Extern]) {
        var (functions, tables, memories, globals) = (0, 0, 0, 0)
        for item in imports {
            switch item {
            case .function(let function):
                unsafe record.pointee.functions[functions] = function.record
                functions += 1
            case .table(let table):
                unsafe record.pointee.tables[tables] = table.record
                tables += 1
            case .memory(let memory):
                unsafe record.pointee.memories[memories] = memory.record
                memories += 1
            case .global(let global):
                unsafe record.pointee.globals[globals] = global.record
                globals += 1
            case .tag(let tag): tagIDs.append(tag.typeID)
            }
        }
    }

    private func addFunctions() {
        let records = unsafe store.addFunctions(module.bodies.count)
        for index in module.bodies.indices {
            let function = module.importedFunctionCount + index
            unsafe (records + index).initialize(
                to: FunctionRecord(
                    entry: lowered.entry(index), instance: record,
                    type: lowered.typeIDs[Int(module.functions[function])]))
            unsafe record.pointee.functions[function] = records + index
        }
    }

    private func addMemories() throws(ResourceError) {
        for index in module.importedMemoryCount..<module.memories.count {
            let memory = try Memory(store, module.memories[index])
            unsafe record.pointee.memories[index] = memory.record
        }
        if !module.memories.isEmpty {
            unsafe record.pointee.firstMemory = unsafe record.pointee.memories[0]
        }
    }

    private func addGlobals() {
        for (offset, initializer) in module.globalInitializers.enumerated() {
            let index = module.importedGlobalCount + offset
            var type = module.globals[index]
            type.value = store.engine.types.canonical(type.value, lowered.typeIDs)
            let value = value(initializer)
            unsafe record.pointee.globals[index] = store.add(
                GlobalRecord(low: value.low, high: value.high, type: type))
        }
    }

    private func addTables() throws(ResourceError) {
        for (offset, initializer) in module.tableInitializers.enumerated() {
            let index = module.importedTableCount + offset
            var type = module.tables[index]
            type.element = store.engine.types.canonical(type.element, lowered.typeIDs)
            let table = try Table(store, type, bits: initializer.map { value($0).low } ?? 0)
            unsafe record.pointee.tables[index] = table.record
        }
    }

    // MARK: Segments

    private func addSegments() {
        for (index, segment) in module.elements.enumerated() {
            unsafe record.pointee.elements[index] = unsafe elements(of: segment)
        }
        for (index, segment) in module.data.enumerated() {
            unsafe record.pointee.data[index] = unsafe DataRecord(
                start: segment.range.lowerBound, count: segment.range.count)
        }
    }

    private func elements(of segment: ElementSegment) -> ElementRecord {
        switch segment.items {
        case .functions(let indices):
            let base = unsafe store.allocate(UInt64.self, indices.count)
            for (index, function) in indices.enumerated() {
                unsafe base[index] = reference.function(function).bits
            }
            return unsafe ElementRecord(base: base, count: indices.count)
        case .expressions(let expressions):
            let base = unsafe store.allocate(UInt64.self, expressions.count)
            for (index, expression) in expressions.enumerated() {
                unsafe base[index] = value(expression).low
            }
            return unsafe ElementRecord(base: base, count: expressions.count)
        }
    }

    /// Writes the active segments, in order, and drops those that only that was for.
    func runSegments() throws(Trap) {
        unsafe record.pointee.hasDropped = true
        for (index, segment) in module.elements.enumerated() {
            if case .passive = segment.mode { continue }
            let elements = unsafe record.pointee.elements[index]
            if case .active(let table, let offset) = segment.mode {
                let target = unsafe record.pointee.tables[Int(table)]
                let kind = unsafe Table.initialize(
                    target, value(offset).low, from: elements, 0, UInt64(elements.count))
                if let kind { throw Trap(kind) }
            }
            unsafe record.pointee.elements[index].count = 0
        }
        for (index, segment) in module.data.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            let contents = unsafe Memory(store, record.pointee.memories[Int(memory)]).contents
            let bytes = unsafe module.bytes.span.extracting(segment.range).bytes
            try contents.write(bytes, value(offset).low)
            unsafe record.pointee.data[index].count = 0
        }
    }
}
