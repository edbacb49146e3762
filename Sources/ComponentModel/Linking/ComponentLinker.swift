import Wasm

/// What components may import, by name. Names of interfaces match those of compatible versions:
/// `0.2.x` any `0.2.y`, `1.x.y` any `1.z.w`; what precedes a release, and `0.0.x`, only itself.
package final class ComponentLinker {
    /// What is to become of imports that nothing is defined for.
    package enum UnknownImports: Sendable {
        /// The component is refused.
        case refused
        /// Functions trap when they are called; resource types are the host's.
        case trapping
    }

    /// The definitions at the top: instances by the names of interfaces, plain functions.
    package let root = InstanceDefinition()
    package var unknownImports = UnknownImports.refused

    /// Packages, as `ns:name`, what is not defined of whose interfaces is trapping whatever
    /// `unknownImports` says.
    package var trappingPackages: Set<String> = []

    /// Whether what `path` leads to, which is not defined, is trapping.
    func traps(_ path: [String]) -> Bool {
        if unknownImports == .trapping { return true }
        guard !trappingPackages.isEmpty, let name = path.first?.split(separator: "/").first else {
            return false
        }
        return trappingPackages.contains(String(name))
    }

    /// Puts another definition in the place of each that a component imports, by the names that lead to
    /// it: one that notes its calls, say.
    package var wrap: (([String], HostFunctionDefinition) -> HostFunctionDefinition)?

    package init() {}

    /// The instance that is defined under `name`, made empty where none is.
    package func instance(_ name: String) -> InstanceDefinition { root.instance(name) }

    /// Makes the plan by which `component` is instantiated with what is defined now. All look-ups and
    /// checks are done here. Throws all that does not fit.
    package func link(_ component: Component) throws(ComponentLinkError) -> InstantiationPlan {
        let builder = PlanBuilder(self)
        let plan = try builder.build(component)
        guard builder.externals.isEmpty else {
            throw ComponentLinkError(
                .unsupported, "what an instance of one store exports cannot be linked for others")
        }
        return plan
    }

    /// Instantiates `component` in a store, in which other components may have been instantiated.
    package func instantiate(
        _ component: Component, in store: ComponentStore
    ) throws(ComponentInstantiationError) -> ComponentInstance {
        let builder = PlanBuilder(self, firstResource: store.resourceCount)
        let plan: InstantiationPlan
        do throws(ComponentLinkError) {
            plan = try builder.build(component)
        } catch {
            throw .link(error)
        }
        do throws(InstantiationError) {
            let lowered = LoweredPlan(plan, engine: store.core.engine)
            return try lowered.instantiate(in: store, externals: builder.externals)
        } catch {
            throw .instantiation(error)
        }
    }
}

/// Why a component was not instantiated.
package enum ComponentInstantiationError: Error {
    case link(ComponentLinkError)
    case instantiation(InstantiationError)
}

extension ComponentInstantiationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .link(let error): error.description
        case .instantiation(let error): error.description
        }
    }
}
