import Wasm

/// A call of a host function by a component: flat values in slots, the caller's memory, its handles.
/// Valid during the call only.
@safe package struct HostCall: ~Copyable {
    @usableFromInline let slots: Slots
    @usableFromInline let stack: CallStack
    /// The options with which the function was lowered.
    @usableFromInline unowned(unsafe) let options: CanonicalContext

    init(slots: Slots, stack: CallStack, options: CanonicalContext) {
        self.slots = slots
        self.stack = stack
        unsafe self.options = options
    }
}

/// A function of the host, as components import it.
package struct HostFunctionDefinition: Sendable {
    package typealias Body = @Sendable (borrowing HostCall) throws(Trap) -> Void

    /// Its type, with which an import's is compared when it is linked.
    package let type: HostFuncType
    /// With one, an image of the store is taken before instantiation calls the function.
    package var effect: HostEffect?
    let body: Body

    /// A function on flat values.
    package init(_ type: HostFuncType, effect: HostEffect? = nil, body: @escaping Body) {
        self.type = type
        self.effect = effect
        self.body = body
    }

    /// A function on values of Swift types.
    package init<each P: ComponentValue, R: ComponentValue>(
        effect: HostEffect? = nil,
        _ body: @escaping @Sendable (borrowing HostCall, repeat each P) throws(Trap) -> R
    ) {
        var parameters: [HostValType] = []
        for type in repeat (each P).self { parameters.append(type.componentType) }
        type = HostFuncType(parameters: parameters, result: R.componentType)
        self.effect = effect
        self.body = { _ throws(Trap) in throw .host("nothing is called yet") }
    }
}
