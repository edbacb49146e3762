import Wasm

/// An instance of a component, with those of the components in it.
/// Spec: Explainer "Instance Definitions"
package final class ComponentInstance {
    package let plan: InstantiationPlan
    package let store: ComponentStore
    /// The core instances, in the order in which they were made.
    package let coreInstances: [Instance]
    private let lifted: [LiftedFunction]
    private let externals: [LiftedFunction]

    init(
        _ plan: InstantiationPlan, _ store: ComponentStore, _ coreInstances: [Instance],
        _ lifted: [LiftedFunction], _ externals: [LiftedFunction]
    ) {
        self.plan = plan
        self.store = store
        self.coreInstances = coreInstances
        self.lifted = lifted
        self.externals = externals
    }

    /// A function that it exports; nil of one that it only imports from the host.
    package func function(_ export: ComponentExports.Function) -> LiftedFunction? {
        switch export.function {
        case .lifted(let slot): lifted[slot]
        case .external(let place): externals[place]
        case .host: nil
        }
    }

    /// Calls the exported function that `path` leads to through instances. Throws `.host` where there
    /// is none or the arguments are not of its parameters' types, and what ended the run.
    package func call(_ path: String..., arguments: [Val]) throws(Trap) -> Val? {
        guard let export = plan.exports.function(path) else {
            throw .host("no function \(path.map { "`\($0)`" }.joined(separator: ", ")) is exported")
        }
        return try call(export, arguments)
    }

    /// Calls an exported function.
    package func call(
        _ export: ComponentExports.Function, _ arguments: [Val]
    ) throws(Trap) -> Val? {
        guard let function = function(export) else {
            throw .host("the function is one of the host's that the component imports")
        }
        return try function.call(arguments)
    }
}
