import ComponentModel
import Wasm

/// An instance of a component that is given calls in WAVE.
struct ComponentSession {
    /// Why a call has no result.
    enum CallError: Error {
        /// It is not one that could be made.
        case refused(String)
        case trap(Trap)
    }

    private let types: TypeArena
    private let instance: ComponentInstance

    /// Instantiates `component`, to which nothing is given, in `store`.
    /// Throws a sentence about the file at `path`.
    init(_ component: Component, in store: Store, path: String) throws(Failure) {
        types = component.types
        do throws(ComponentInstantiationError) {
            instance = try ComponentLinker().instantiate(component, in: ComponentStore(core: store))
        } catch {
            throw Failure("\(path): \(error)")
        }
    }

    /// A session with an instance that is there, of a component with these types.
    init(_ instance: ComponentInstance, _ types: TypeArena) {
        self.instance = instance
        self.types = types
    }

    /// Makes the call `text`; its result, nil where the function has none.
    func call(_ text: String) throws(CallError) -> Val? {
        let (function, arguments) = try read(text)
        do throws(Trap) {
            return try instance.call(function, arguments)
        } catch {
            throw .trap(error)
        }
    }

    private func read(_ text: String) throws(CallError) -> (ComponentExports.Function, [Val]) {
        let exports = instance.plan.exports
        do {
            let call = try WaveCall(text)
            let function = try exports.function(called: call.target).function
            return (function, try call.arguments(function.type.parameters, types: types))
        } catch {
            throw .refused("\(error)")
        }
    }
}
