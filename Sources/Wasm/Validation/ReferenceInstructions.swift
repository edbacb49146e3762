// Reference and aggregate instructions.
// Spec: core/valid/instructions#reference-instructions, core/valid/instructions#aggregate-instructions.

extension FunctionValidator {
    /// Validates the reference instruction `opcode`; false if it is none.
    mutating func referenceInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .refNull: try push(ReferenceType(isNullable: true, heapType: try heapType()))
        case .refIsNull:
            _ = try popReference()
            try push(.i32)
        case .refFunc: try refFunc()
        case .refEq:
            let eq = ReferenceType(isNullable: true, heapType: .eq)
            try pop(eq)
            try pop(eq)
            try push(.i32)
        case .refAsNonNull:
            try push(ReferenceType(isNullable: false, heapType: try popReference().heapType))
        case .brOnNull:
            let label = try label()
            let reference = try popReference()
            try pass(label)
            try push(ReferenceType(isNullable: false, heapType: reference.heapType))
        case .brOnNonNull:
            let (rest, last) = try labelWithReference()
            try pop(ReferenceType(isNullable: true, heapType: last.heapType))
            try pass(rest)
        default: return false
        }
        return true
    }

    private mutating func refFunc() throws(ModuleError) {
        let index = try functionIndex()
        guard context.declaredFunctions[index] else {
            throw invalid("undeclared function reference \(index)")
        }
        try push(
            ReferenceType(isNullable: false, heapType: .defined(context.functions[index]))
        )
    }

    /// The types of a label, the last of which must be a reference.
    private mutating func labelWithReference() throws(ModuleError) -> (TypeList, ReferenceType) {
        var list = try label()
        guard list.count > 0,
            let last = context.type(list, Int(list.count) - 1).reference
        else {
            throw invalid(
                "type mismatch: instruction requires reference type but label has "
                    + describe(list)
            )
        }
        list.count -= 1
        return (list, last)
    }

    // MARK: Casts

    /// Validates the cast or conversion `opcode`; false if it is none.
    private mutating func castInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .refTest, .refTestNull:
            try pop(ReferenceType(isNullable: true, heapType: context.top(try heapType())))
            try push(.i32)
        case .refCast, .refCastNull:
            let type = try heapType()
            try pop(ReferenceType(isNullable: true, heapType: context.top(type)))
            try push(ReferenceType(isNullable: opcode == .refCastNull, heapType: type))
        case .brOnCast:
            let types = try castTypes()
            try branch(on: types, taken: types.target, passed: types.difference)
        case .brOnCastFail:
            let types = try castTypes()
            try branch(on: types, taken: types.difference, passed: types.target)
        case .anyConvertExtern: try convert(.external, .any)
        case .externConvertAny: try convert(.any, .external)
        case .refI31:
            try pop(.i32)
            try push(ReferenceType(isNullable: false, heapType: .i31))
        case .i31GetS, .i31GetU:
            try pop(ReferenceType(isNullable: true, heapType: .i31))
            try push(.i32)
        default: return false
        }
        return true
    }

    private mutating func castTypes() throws(ModuleError) -> CastTypes {
        let types = try reader.castTypes()
        try check(ValueType(types.source))
        try check(ValueType(types.target))
        guard context.matches(types.target, types.source) else {
            throw invalid(
                "type mismatch on cast: type \(types.target) does not match \(types.source)"
            )
        }
        return types
    }

    /// Validates a cast branch: the label gets `taken`, what follows gets `passed`.
    private mutating func branch(
        on types: CastTypes,
        taken: ReferenceType,
        passed: ReferenceType
    ) throws(ModuleError) {
        var list = try label(types.label)
        guard list.count > 0,
            context.matches(ValueType(taken), context.type(list, Int(list.count) - 1))
        else {
            throw invalid(
                "type mismatch: instruction requires type \(taken) but label has "
                    + describe(list)
            )
        }
        list.count -= 1
        try pop(types.source)
        try pass(list)
        try push(passed)
    }

    private mutating func convert(_ from: HeapType, _ to: HeapType) throws(ModuleError) {
        let reference = try popReference()
        guard context.matches(reference, ReferenceType(isNullable: true, heapType: from)) else {
            throw mismatch("\(from)", "\(reference)")
        }
        try push(ReferenceType(isNullable: reference.isNullable, heapType: to))
    }

    // MARK: Structures

    /// Validates the aggregate instruction `opcode`; false if it is none.
    mutating func aggregateInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .structNew:
            let (index, fields) = try structure()
            for field in fields.reversed() {
                guard operands.mayHoldMore else { break }
                try pop(field.storage.unpacked)
            }
            try pushNew(index)
        case .structNewDefault:
            let (index, _) = try structure()
            guard context.signatures[index].isDefaultable else {
                throw invalid("field type is not defaultable")
            }
            try pushNew(index)
        case .structGet, .structGetS, .structGetU:
            let (index, field) = try field()
            try requirePacking(field, .structGet, "field")
            try pop(reference(index))
            try push(field.storage.unpacked)
        case .structSet:
            let (index, field) = try field()
            guard field.isMutable else { throw invalid("immutable field") }
            try pop(field.storage.unpacked)
            try pop(reference(index))
        default:
            if try arrayInstruction() { return true }
            return try castInstruction()
        }
        return true
    }

    private func reference(_ index: Int) -> ReferenceType {
        ReferenceType(isNullable: true, heapType: .defined(UInt32(index)))
    }

    private mutating func pushNew(_ index: Int) throws(ModuleError) {
        try push(ReferenceType(isNullable: false, heapType: .defined(UInt32(index))))
    }

    private mutating func structure() throws(ModuleError) -> (Int, [FieldType]) {
        let index = try typeIndex()
        guard case .structure(let fields) = context.types[index].composite else {
            throw invalid("non-structure type \(index)")
        }
        return (index, fields)
    }

    private mutating func field() throws(ModuleError) -> (Int, FieldType) {
        let (index, fields) = try structure()
        return (index, fields[try checked(try reader.u32(), fields.count, "field")])
    }

    /// Requires an access with sign extension exactly for packed storage; `plain` has none.
    private func requirePacking(
        _ field: FieldType,
        _ plain: Opcode,
        _ what: String
    ) throws(ModuleError) {
        guard field.storage.isPacked == (opcode != plain) else {
            throw invalid("\(what) is \(field.storage.isPacked ? "packed" : "unpacked")")
        }
    }

    // MARK: Arrays

    private mutating func arrayInstruction() throws(ModuleError) -> Bool {
        switch opcode {
        case .arrayNew, .arrayNewDefault, .arrayNewFixed, .arrayNewData, .arrayNewElem:
            try arrayNew()
        case .arrayGet, .arrayGetS, .arrayGetU:
            let (index, field) = try array()
            try requirePacking(field, .arrayGet, "array")
            try pop(.i32)
            try pop(reference(index))
            try push(field.storage.unpacked)
        case .arraySet:
            let (index, field) = try mutableArray()
            try pop(field.storage.unpacked)
            try pop(.i32)
            try pop(reference(index))
        case .arrayLen:
            try pop(ReferenceType(isNullable: true, heapType: .array))
            try push(.i32)
        case .arrayFill:
            let (index, field) = try mutableArray()
            try pop(.i32)
            try pop(field.storage.unpacked)
            try pop(.i32)
            try pop(reference(index))
        case .arrayCopy: try arrayCopy()
        case .arrayInitData, .arrayInitElem: try arrayInit()
        default: return false
        }
        return true
    }

    private mutating func array() throws(ModuleError) -> (Int, FieldType) {
        let index = try typeIndex()
        guard case .array(let field) = context.types[index].composite else {
            throw invalid("non-array type \(index)")
        }
        return (index, field)
    }

    private mutating func mutableArray() throws(ModuleError) -> (Int, FieldType) {
        let (index, field) = try array()
        guard field.isMutable else { throw invalid("immutable array") }
        return (index, field)
    }

    private mutating func arrayNew() throws(ModuleError) {
        let (index, field) = try array()
        let type = field.storage.unpacked
        switch opcode {
        case .arrayNewFixed: try pop(type, times: try reader.u32())
        case .arrayNewDefault:
            guard type.isDefaultable else { throw invalid("array type is not defaultable") }
            try pop(.i32)
        case .arrayNew:
            try pop(.i32)
            try pop(type)
        default:
            try arraySegment(type)
            try pop(.i32)
            try pop(.i32)
        }
        try pushNew(index)
    }

    private mutating func arrayInit() throws(ModuleError) {
        let (index, field) = try mutableArray()
        try arraySegment(field.storage.unpacked)
        for _ in 0..<3 { try pop(.i32) }
        try pop(reference(index))
    }

    /// Reads and checks the segment that an array of `type` is filled from.
    private mutating func arraySegment(_ type: ValueType) throws(ModuleError) {
        if opcode == .arrayNewElem || opcode == .arrayInitElem {
            try requireMatch(try element(try reader.u32()), type)
            return
        }
        try checkData(try reader.u32())
        guard !type.isReference else { throw invalid("array type is not numeric or vector") }
    }

    private mutating func arrayCopy() throws(ModuleError) {
        let (target, targetField) = try mutableArray()
        let (source, sourceField) = try array()
        guard context.matches(sourceField.storage, targetField.storage) else {
            throw invalid("array types do not match")
        }
        try pop(.i32)
        try pop(.i32)
        try pop(reference(source))
        try pop(.i32)
        try pop(reference(target))
    }

    /// Takes `count` operands of one type, of which unreachable code may give any number.
    private mutating func pop(_ type: ValueType, times count: UInt32) throws(ModuleError) {
        var left = count
        while left > 0, operands.mayHoldMore {
            try pop(type)
            left -= 1
        }
    }
}

extension CastTypes {
    /// The source without what the target takes of it.
    fileprivate var difference: ReferenceType {
        target.isNullable ? ReferenceType(isNullable: false, heapType: source.heapType) : source
    }
}

extension StorageType {
    /// The type of the value that is stored, as it is on the stack.
    /// Spec: core/syntax/types#composite-types
    package var unpacked: ValueType {
        switch self {
        case .i8, .i16: .i32
        case .value(let type): type
        }
    }

    /// Whether the value is stored in fewer bits than it has on the stack.
    package var isPacked: Bool {
        switch self {
        case .i8, .i16: true
        case .value: false
        }
    }
}
