import Glibc
import SpinManifest

/// The values of an app's variables: those that were given, else those of this process's environment,
/// else the manifest's defaults.
package struct AppVariables: Sendable {
    private let values: [String: String]

    /// The values for the variables of `manifest`; `given` are those of the command line.
    package init(_ manifest: Manifest, given: [String: String]) {
        var values: [String: String] = [:]
        for variable in manifest.variables {
            let name = "SPIN_VARIABLE_" + variable.name.uppercased()
            let environment = unsafe getenv(name).map { unsafe String(cString: $0) }
            values[variable.name] = given[variable.name] ?? environment ?? variable.defaultValue
        }
        self.values = values
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
