/// The type of a value as the host has it: structural, resource types by identity.
@usableFromInline package indirect enum HostValType: Hashable, Sendable {
    case primitive(PrimValType)
    case record([Field])
    case variant([Case])
    case list(HostValType)
    case tuple([HostValType])
    case flags([String])
    case enumeration([String])
    case option(HostValType)
    case result(ok: HostValType?, error: HostValType?)
    case own(ResourceNumber)
    case borrow(ResourceNumber)
    /// What a function returns that returns nothing.
    case unit

    @usableFromInline package struct Field: Hashable, Sendable {
        package var label: String
        package var type: HostValType

        package init(_ label: String, _ type: HostValType) {
            self.label = label
            self.type = type
        }
    }

    @usableFromInline package struct Case: Hashable, Sendable {
        package var label: String
        package var type: HostValType?

        package init(_ label: String, _ type: HostValType? = nil) {
            self.label = label
            self.type = type
        }
    }
}

/// The type of a host's function. Its parameters have no names.
package struct HostFuncType: Hashable, Sendable {
    package var parameters: [HostValType]
    /// `unit` where nothing is returned.
    package var result: HostValType

    package init(parameters: [HostValType], result: HostValType) {
        self.parameters = parameters
        self.result = result
    }

    /// How the function is not of the type `wanted`, in a clause; nil where it is. `resources` says
    /// what the resource types of `arena` are.
    package func mismatch(
        _ wanted: FuncType,
        _ arena: TypeArena,
        _ resources: @escaping (ResourceID) -> ResourceNumber?
    ) -> String? {
        let matching = HostTypeMatching(arena: arena, resources: resources)
        guard !wanted.isAsync else { return "it is asynchronous" }
        guard wanted.parameters.count == parameters.count else {
            return
                "it has \(wanted.parameters.count) parameters, the host's has \(parameters.count)"
        }
        for (parameter, type) in zip(wanted.parameters, parameters)
        where !matching.matches(type, parameter.type) {
            return "its parameter \"\(parameter.label)\" is of another type"
        }
        return matching.matches(result == .unit ? nil : result, wanted.result)
            ? nil : "its result is of another type"
    }
}

/// Whether types of the host are types of components.
private struct HostTypeMatching {
    let arena: TypeArena
    let resources: (ResourceID) -> ResourceNumber?

    func matches(_ type: HostValType?, _ wanted: ValType?) -> Bool {
        switch (type, wanted) {
        case (nil, nil): true
        case (let type?, let wanted?): matches(type, wanted)
        default: false
        }
    }

    func matches(_ type: HostValType, _ wanted: ValType) -> Bool {
        switch wanted {
        case .primitive(let wanted): return type == .primitive(wanted)
        case .defined(let id): return arena.value(id).map { matches(type, $0) } ?? false
        }
    }

    private func matches(_ type: HostValType, _ wanted: DefValType) -> Bool {
        switch (type, wanted) {
        case (.primitive(let type), .primitive(let wanted)): return type == wanted
        case (.record(let fields), .record(let wanted)):
            return fields.count == wanted.count
                && zip(fields, wanted).allSatisfy {
                    $0.label == $1.label && matches($0.type, $1.type)
                }
        case (.variant(let cases), .variant(let wanted)):
            return cases.count == wanted.count
                && zip(cases, wanted).allSatisfy {
                    $0.label == $1.label && matches($0.type, $1.type)
                }
        case (.list(let type), .list(let wanted)): return matches(type, wanted)
        case (.tuple(let types), .tuple(let wanted)):
            return types.count == wanted.count
                && zip(types, wanted).allSatisfy { matches($0, $1) }
        case (.flags(let labels), .flags(let wanted)): return labels == wanted
        case (.enumeration(let labels), .enumeration(let wanted)): return labels == wanted
        case (.option(let type), .option(let wanted)): return matches(type, wanted)
        case (.result(let ok, let error), .result(let wantedOk, let wantedError)):
            return matches(ok, wantedOk) && matches(error, wantedError)
        case (.own(let number), .own(let id)), (.borrow(let number), .borrow(let id)):
            return resources(id) == number
        default: return false
        }
    }
}
