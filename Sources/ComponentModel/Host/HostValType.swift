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
@usableFromInline package struct HostFuncType: Hashable, Sendable {
    package var parameters: [HostValType]
    /// `unit` where nothing is returned.
    package var result: HostValType

    @usableFromInline package init(parameters: [HostValType], result: HostValType) {
        self.parameters = parameters
        self.result = result
    }
}
