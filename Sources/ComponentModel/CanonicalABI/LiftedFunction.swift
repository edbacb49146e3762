import Wasm

/// A function of a component instance: what `canon lift` makes of a core function.
/// Spec: CanonicalABI "`canon lift`"
package final class LiftedFunction {
    package let signature: CanonicalSignature
    package let context: CanonicalContext
    let callee: FunctionReference
    let postReturn: FunctionReference?

    package init(
        _ callee: Function,
        _ signature: CanonicalSignature,
        _ context: CanonicalContext,
        postReturn: Function? = nil
    ) {
        self.callee = FunctionReference(callee)
        self.signature = signature
        self.context = context
        self.postReturn = postReturn.map(FunctionReference.init)
    }

    /// Calls the function with values of its parameters' types; its result, nil where it has none.
    /// Throws `.host` where an argument is not of its type, and what ended the run.
    package func call(_ arguments: [Val]) throws(Trap) -> Val? {
        throw .host("nothing is lifted yet")
    }

    /// Calls the function with values of Swift types, which its type must be made of.
    /// Throws what ended the run.
    package func call<each P: ComponentValue, R: ComponentValue>(
        _ arguments: repeat each P,
        returning: R.Type
    ) throws(Trap) -> R {
        throw .host("nothing is lifted yet")
    }
}
