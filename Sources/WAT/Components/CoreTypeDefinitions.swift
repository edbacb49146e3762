import ComponentModel
import Wasm

// Core types, and among them those of modules. Spec: Explainer "Type Definitions", Binary "core:type"
extension ComponentAssembler {
    /// Reads the definition of a core type, from the keyword `type` on.
    mutating func coreTypeDefinition() throws(TextError) {
        reader.advance()
        let binding = try binding("core type")
        if try takeInvertedAlias(.core(.type), binding) { return }
        if reader.takeOpening(.module) {
            add(.coreType, try moduleType(binding.symbol))
            try reader.close()
            bind(.core(.type), binding)
        } else {
            // Such a type may refer to itself.
            add(.coreType, try coreSubType(bind(.core(.type), binding)))
        }
    }

    /// Reads a type of a core function, structure or array.
    private mutating func coreSubType(_ index: UInt32) throws(TextError) -> [UInt8] {
        let isInModule = scope.kind == .moduleType
        let type = try withCoreTypes { assembler throws(TextError) in
            try assembler.subType(index)
        }
        if isInModule, type.isFinal, type.supertypes.isEmpty,
            case .function(let type) = type.composite
        {
            scope.functionTypes[type] = index
        }
        var bytes: [UInt8] = []
        bytes.append(type)
        // What else begins with this byte is the type of a module.
        return bytes.first == 0x50 && !isInModule ? [0x00] + bytes : bytes
    }

    /// Reads a group of core types that may refer to each other, from the keyword `rec` on.
    mutating func coreRecursiveTypes() throws(TextError) {
        reader.advance()
        let start = reader.position
        let first = scope[.core(.type)].count
        while reader.opens(.type) {
            let next = reader.closing + 1
            try reader.open(.type)
            bind(.core(.type), try binding("core type"))
            reader.move(to: next)
        }
        reader.move(to: start)
        var index = first
        let types = try vector(.type) { assembler throws(TextError) in
            _ = assembler.reader.takeIdentifier()
            let type = try assembler.withCoreTypes { assembler throws(TextError) in
                try assembler.subType(index)
            }
            index += 1
            var bytes: [UInt8] = []
            bytes.append(type)
            return bytes
        }
        add(.coreType, [0x4E] + types)
    }

    /// Reads the declarators of a module's type. Spec: Binary "core:moduletype"
    mutating func moduleType(_ identifier: SymbolTable.Symbol?) throws(TextError) -> [UInt8] {
        try enterType()
        scopes.append(ComponentScope(.moduleType, identifier))
        while reader.token.kind == .leftParenthesis { try moduleDeclarator() }
        let bytes = scope.definitions.encoded()
        scopes.removeLast()
        leaveType()
        return [0x50] + bytes
    }

    /// Spec: Binary "core:moduledecl"
    private mutating func moduleDeclarator() throws(TextError) {
        switch reader.following.keyword {
        case .alias: return try alias()
        case .type:
            reader.advance()
            try coreTypeDefinition()
        case .rec:
            reader.advance()
            try coreRecursiveTypes()
        case .import:
            try reader.open(.import)
            var bytes: [UInt8] = []
            bytes.append(list: try reader.name())
            bytes.append(list: try reader.name())
            add(.import, bytes + (try coreExternType()))
        case .export:
            try reader.open(.export)
            var bytes: [UInt8] = []
            bytes.append(list: try reader.name())
            add(.export, bytes + (try coreExternType()))
        default:
            reader.advance()
            throw reader.unexpected("a declarator of a module")
        }
        try reader.close()
    }

    /// Reads the type of what a module imports or exports.
    private mutating func coreExternType() throws(TextError) -> [UInt8] {
        guard reader.token.kind == .leftParenthesis, let keyword = reader.following.keyword,
            let space = Assembler.importable[keyword]
        else { throw reader.unexpected("an external type") }
        try reader.open(keyword)
        _ = reader.takeIdentifier()
        let next = scope[.core(.type)].count
        let known = scope.functionTypes
        var new: FunctionType?
        let bytes = try withCoreTypes { assembler throws(TextError) in
            try assembler.externType(space) { assembler throws(TextError) in
                let explicit = try assembler.explicitType()
                let written = try assembler.functionType()
                if let index = explicit?.index ?? known[written] { return index }
                new = written
                return next
            }
        }
        if let new {
            var type: [UInt8] = []
            type.append(CompositeType.function(new))
            add(.coreType, type)
            bind(.core(.type))
        }
        try reader.close()
        return bytes
    }
}
