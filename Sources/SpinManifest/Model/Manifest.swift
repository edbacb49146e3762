/// An app: what `spin.toml` (version 2) says, complete and checked.
package struct Manifest: Sendable {
    package var application: Application
    package var variables: [Variable]
    /// In the order of the file, those with private routes too.
    package var triggers: [HTTPTrigger]
    /// In the order of the file; those written within triggers come after.
    package var components: [Component]
    /// Files that the host serves itself.
    package var staticFiles: [StaticFiles]
    /// Its public routes and static files, in the order of the file.
    package var routes: [Route]
}

extension Manifest {
    /// An app without anything.
    package static let empty = Manifest(
        application: Application(name: "", authors: []),
        variables: [],
        triggers: [],
        components: [],
        staticFiles: [],
        routes: []
    )

    /// Removes the components that `isKept` is false of, with the triggers and routes that lead to them.
    package mutating func keepComponents(_ isKept: (Component) -> Bool) {
        var components: [Component] = []
        // The new places, by the old ones.
        var places: [Int?] = []
        for component in self.components {
            let keeps = isKept(component)
            places.append(keeps ? components.count : nil)
            if keeps { components.append(component) }
        }
        var triggers: [HTTPTrigger] = []
        var triggerPlaces: [Int?] = []
        for trigger in self.triggers {
            var trigger = trigger
            if case .component(let index) = trigger.target {
                guard let place = places[index] else {
                    triggerPlaces.append(nil)
                    continue
                }
                trigger.target = .component(place)
            }
            triggerPlaces.append(triggers.count)
            triggers.append(trigger)
        }
        routes = routes.compactMap { route in
            switch route.target {
            case .component(let index): places[index].map { route.leading(to: .component($0)) }
            case .response(let index): triggerPlaces[index].map { route.leading(to: .response($0)) }
            case .files: route
            }
        }
        self.components = components
        self.triggers = triggers
    }
}

extension Route {
    fileprivate func leading(to target: Target) -> Route {
        Route(pattern: pattern, target: target, conditions: conditions, name: name, path: path)
    }
}

/// What the app is called.
package struct Application: Sendable, Equatable {
    package var name: String
    package var version: String?
    package var description: String?
    package var authors: [String]
}

/// A variable of the app, which components see through templates.
package struct Variable: Sendable, Equatable {
    package var name: String
    /// Nil of one that must be given when the app is run.
    package var defaultValue: String?
    package var isSecret: Bool
    package var description: String?
    package var path: ManifestPath
}

/// `[[trigger.http]]`: requests on a route, and what answers them.
package struct HTTPTrigger: Sendable {
    package enum Route: Sendable, Equatable {
        case pattern(String)
        /// Reached by other components only.
        case isPrivate
    }

    package enum Target: Sendable, Equatable {
        /// The index of a component in `Manifest.components`.
        case component(Int)
        case response(StaticResponse)
    }

    /// As written, or as Spin makes one.
    package var id: String
    package var route: Route
    package var target: Target
    package var conditions: RouteConditions
    package var path: ManifestPath
}

/// A response that the manifest spells out.
package struct StaticResponse: Sendable, Equatable {
    package var status = 200
    package var headers: [(name: String, value: String)] = []
    package var body: String?

    package static func == (a: StaticResponse, b: StaticResponse) -> Bool {
        a.status == b.status && a.body == b.body
            && a.headers.elementsEqual(b.headers) { $0 == $1 }
    }
}

/// Files that the host serves itself: Virga's addition.
package struct StaticFiles: Sendable, Equatable {
    /// `Cache-Control` of a response.
    package enum Cache: Sendable, Equatable {
        case maxAge(seconds: UInt64)
        case immutable
        case noCache
        case noStore

        /// The field's value.
        package var header: String {
            switch self {
            case .maxAge(let seconds): "max-age=\(seconds)"
            case .immutable: "max-age=31536000, immutable"
            case .noCache: "no-cache"
            case .noStore: "no-store"
            }
        }
    }

    /// A directory below the app's, or a file, relative to it.
    package var directory: String
    package var route: String
    /// The file that a directory stands for; nil where none does.
    package var index: String?
    package var cache: Cache
    package var path: ManifestPath
}
