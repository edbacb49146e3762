import FunctionHost
import HTTPServer
import SpinManifest

/// What is printed when an app is served.
struct StartUp {
    let scheme: String
    let addresses: [ListenerAddress]

    /// Prints where the app is served, and its routes with their addresses.
    func tell(_ app: App, isQuiet: Bool) {
        for address in addresses { print("Serving \(Terminal.link("\(scheme)://\(address)"))") }
        if !isQuiet, let address = addresses.first {
            print("Available routes:")
            for route in app.router.routes {
                let url = "\(scheme)://\(address)\(StartUp.path(route.pattern))"
                print(
                    "  \(Terminal.bold(route.name)): \(Terminal.link(url))"
                        + (route.pattern.hasWildcard ? " (wildcard)" : "")
                )
                guard case .component(let index) = route.target,
                    let description = app.manifest.components[index].description
                else { continue }
                print("    \(description)")
            }
        }
        flushOutput()
    }

    /// A route's path without its wildcard.
    private static func path(_ pattern: RoutePattern) -> String {
        guard pattern.hasWildcard, let slash = pattern.based.lastIndex(of: "/") else {
            return pattern.based.isEmpty ? "/" : pattern.based
        }
        return slash == pattern.based.startIndex ? "/" : String(pattern.based[..<slash])
    }
}
