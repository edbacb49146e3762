/// A route of an app: which requests, and what answers them.
package struct Route: Sendable {
    /// What answers.
    package enum Target: Sendable, Equatable {
        /// The index of a component in `Manifest.components`.
        case component(Int)
        /// The index of a trigger in `Manifest.triggers`, whose response is written in the manifest.
        case response(Int)
        /// The index of static files in `Manifest.staticFiles`.
        case files(Int)
    }

    package let pattern: RoutePattern
    package let target: Target
    package let conditions: RouteConditions
    /// The trigger's id, or what else names it.
    package let name: String
    /// Where it is in the manifest.
    package let path: ManifestPath

    package init(
        pattern: RoutePattern,
        target: Target,
        conditions: RouteConditions = RouteConditions(),
        name: String,
        path: ManifestPath = ManifestPath()
    ) {
        self.pattern = pattern
        self.target = target
        self.conditions = conditions
        self.name = name
        self.path = path
    }
}

/// What a request came to.
package enum RouteMatch: Sendable, Equatable {
    /// The index of a route in `Router.routes`.
    case route(Int)
    /// Routes have the path, and other methods.
    case methodNotAllowed(RouteMethods)
    /// `/.well-known/spin/health`
    case health
    /// `/.well-known/spin/info`
    case info
    /// No route has it.
    case notFound
}
