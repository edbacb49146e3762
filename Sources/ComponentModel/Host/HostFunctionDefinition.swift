// Functions of the host on values of Swift types. One initialiser for each number of parameters:
// with a parameter pack, a call takes twice the time, since packs are not specialised.

import Wasm

/// A function of the host, as components import it.
@usableFromInline package struct HostFunctionDefinition: Sendable {
    @usableFromInline package typealias Body = @Sendable (borrowing HostCall) throws(Trap) -> Void

    /// Its type, with which an import's is compared when it is linked.
    package let type: HostFuncType
    /// With one, an image of the store is taken before instantiation would call the function. Only what is
    /// always the same, and changes nothing, has none.
    package var effect: HostEffect?
    package let body: Body

    /// A function on flat values.
    @usableFromInline package init(
        _ type: HostFuncType,
        effect: HostEffect? = .state,
        body: @escaping Body
    ) {
        self.type = type
        self.effect = effect
        self.body = body
    }

    /// A function on values of generic callers.
    package init(
        _ type: HostFuncType,
        effect: HostEffect? = .state,
        values: @escaping @Sendable (borrowing HostCall, [Val]) throws(Trap) -> Val?
    ) {
        self.init(type, effect: effect) { (call) throws(Trap) in
            let arguments = try call.arguments()
            try call.setResult(try values(call, arguments))
        }
    }
}

extension HostFunctionDefinition {
    /// A function of no parameters.
    @inlinable package init<R: LowerableValue>(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(parameters: [], result: R.componentType),
            effect: effect
        ) { (call) throws(Trap) in
            try call.finish(try body(call), RecordLayout())
        }
    }

    /// A function of one parameter.
    @inlinable package init<A: LiftableValue, R: LowerableValue>(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(parameters: [A.componentType], result: R.componentType),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            try call.finish(try body(call, a), layout)
        }
    }

    /// A function of two parameters.
    @inlinable package init<A: LiftableValue, B: LiftableValue, R: LowerableValue>(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(parameters: [A.componentType, B.componentType], result: R.componentType),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            try call.finish(try body(call, a, b), layout)
        }
    }

    /// A function of three parameters.
    @inlinable
    package init<A: LiftableValue, B: LiftableValue, C: LiftableValue, R: LowerableValue>(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(
                parameters: [A.componentType, B.componentType, C.componentType],
                result: R.componentType
            ),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            layout.add(C.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            let c = try reader.next(C.self)
            try call.finish(try body(call, a, b, c), layout)
        }
    }

    /// A function of four parameters.
    @inlinable
    package init<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        R: LowerableValue
    >(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(
                parameters: [A.componentType, B.componentType, C.componentType, D.componentType],
                result: R.componentType
            ),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            layout.add(C.self)
            layout.add(D.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            let c = try reader.next(C.self)
            let d = try reader.next(D.self)
            try call.finish(try body(call, a, b, c, d), layout)
        }
    }

    /// A function of five parameters.
    @inlinable
    package init<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        R: LowerableValue
    >(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(
                parameters: [
                    A.componentType, B.componentType, C.componentType, D.componentType,
                    E.componentType,
                ],
                result: R.componentType
            ),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            layout.add(C.self)
            layout.add(D.self)
            layout.add(E.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            let c = try reader.next(C.self)
            let d = try reader.next(D.self)
            let e = try reader.next(E.self)
            try call.finish(try body(call, a, b, c, d, e), layout)
        }
    }

    /// A function of six parameters.
    @inlinable
    package init<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        F: LiftableValue,
        R: LowerableValue
    >(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E, F) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(
                parameters: [
                    A.componentType, B.componentType, C.componentType, D.componentType,
                    E.componentType, F.componentType,
                ],
                result: R.componentType
            ),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            layout.add(C.self)
            layout.add(D.self)
            layout.add(E.self)
            layout.add(F.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            let c = try reader.next(C.self)
            let d = try reader.next(D.self)
            let e = try reader.next(E.self)
            let f = try reader.next(F.self)
            try call.finish(try body(call, a, b, c, d, e, f), layout)
        }
    }

    /// A function of seven parameters.
    @inlinable
    package init<
        A: LiftableValue,
        B: LiftableValue,
        C: LiftableValue,
        D: LiftableValue,
        E: LiftableValue,
        F: LiftableValue,
        G: LiftableValue,
        R: LowerableValue
    >(
        effect: HostEffect? = .state,
        _ body: @escaping @Sendable (borrowing HostCall, A, B, C, D, E, F, G) throws(Trap) -> R
    ) {
        self.init(
            HostFuncType(
                parameters: [
                    A.componentType, B.componentType, C.componentType, D.componentType,
                    E.componentType, F.componentType, G.componentType,
                ],
                result: R.componentType
            ),
            effect: effect
        ) { (call) throws(Trap) in
            var layout = RecordLayout()
            layout.add(A.self)
            layout.add(B.self)
            layout.add(C.self)
            layout.add(D.self)
            layout.add(E.self)
            layout.add(F.self)
            layout.add(G.self)
            var reader = try call.parameters(layout)
            let a = try reader.next(A.self)
            let b = try reader.next(B.self)
            let c = try reader.next(C.self)
            let d = try reader.next(D.self)
            let e = try reader.next(E.self)
            let f = try reader.next(F.self)
            let g = try reader.next(G.self)
            try call.finish(try body(call, a, b, c, d, e, f, g), layout)
        }
    }

}
