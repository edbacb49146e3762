// The types of the host's functions as types of components, so that they are compared and written
// down as those are.

extension HostFuncType {
    /// The type in a scope of its own; its parameters have no labels.
    var scoped: ScopedFuncType {
        var arena = HostTypeArena()
        let parameters = parameters.map { LabelValType(label: "", type: arena.type($0)) }
        let result = result == .unit ? nil : arena.type(result)
        return ScopedFuncType(
            type: FuncType(parameters: parameters, result: result),
            scope: arena.scope
        )
    }
}

extension HostFuncType: CustomStringConvertible {
    @usableFromInline package var description: String { TypeText.of(scoped) }
}

/// An arena that types of the host are put into.
private struct HostTypeArena {
    private var types = TypeArena()
    private var resources: [ResourceNumber: ResourceID] = [:]

    var scope: TypeScope {
        let numbers = resources.map { ($0.value, $0.key) }
        return TypeScope(types, resources: Dictionary(uniqueKeysWithValues: numbers))
    }

    mutating func type(_ type: HostValType) -> ValType {
        if case .primitive(let type) = type { return .primitive(type) }
        let defined = defined(type)
        return .defined(types.add(.value(defined)))
    }

    private mutating func defined(_ type: HostValType) -> DefValType {
        switch type {
        case .primitive(let type): .primitive(type)
        case .record(let fields):
            .record(fields.map { LabelValType(label: $0.label, type: self.type($0.type)) })
        case .variant(let cases):
            .variant(cases.map { VariantCase(label: $0.label, type: optional($0.type)) })
        case .list(let element): .list(self.type(element))
        case .tuple(let types): .tuple(types.map { self.type($0) })
        case .flags(let labels): .flags(labels)
        case .enumeration(let labels): .enumeration(labels)
        case .option(let type): .option(self.type(type))
        case .result(let ok, let error): .result(ok: optional(ok), error: optional(error))
        case .own(let number): .own(resource(number))
        case .borrow(let number): .borrow(resource(number))
        case .unit: .tuple([])
        }
    }

    private mutating func optional(_ type: HostValType?) -> ValType? {
        guard let type, type != .unit else { return nil }
        return self.type(type)
    }

    private mutating func resource(_ number: ResourceNumber) -> ResourceID {
        if let known = resources[number] { return known }
        let resource = types.addResource()
        resources[number] = resource
        return resource
    }
}
