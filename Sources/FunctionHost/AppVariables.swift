// Unsafe here: a variable of the environment, copied at once.

import Glibc
import SpinManifest

/// The values of an app's variables: those that were given, else those of the first provider that knows
/// them, else the manifest's defaults.
package struct AppVariables: Sendable {
    private let values: [String: String]

    /// The values for the variables of `manifest`; `given` are those of the command line.
    package init(
        _ manifest: Manifest,
        given: [String: String],
        providers: [VariablesProvider] = [.standard]
    ) {
        var values: [String: String] = [:]
        for variable in manifest.variables {
            let name = variable.name
            values[name] =
                given[name]
                ?? providers.lazy.compactMap { $0.value(name, AppVariables.environment) }.first
                ?? variable.defaultValue
        }
        self.values = values
    }

    private static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    package subscript(name: String) -> String? { values[name] }

    /// What the variables of a component come to. Those without a value are left out.
    func values(of component: SpinManifest.Component) -> [String: String] {
        var result: [String: String] = [:]
        for variable in component.variables {
            result[variable.name] = variable.template.expanded { values[$0] }
        }
        return result
    }
}

extension VariablesProvider {
    /// Spin's variables of the environment.
    package static var standard: VariablesProvider {
        .environment(prefix: standardPrefix, file: [:])
    }
}
