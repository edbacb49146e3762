/// What a runtime configuration file (Spin's `runtime-config.toml`) says: not of the app, but of the host
/// that runs it.
package struct RuntimeConfiguration: Sendable, Equatable {
    /// Where the host keeps what outlives it; empty for nowhere, nil where nothing is said.
    package var stateDirectory: String?
    /// Where the guests' output is kept; empty for nowhere, nil where nothing is said.
    package var logDirectory: String?
    /// Bytes of memory that no component may exceed.
    package var instanceMemory: UInt64?
    /// Asked for the values of variables in this order.
    package var providers: [VariablesProvider] = []

    /// Nothing said.
    package init() {}
}

/// Who knows the values of an app's variables.
package enum VariablesProvider: Sendable, Equatable {
    /// This process's environment, and behind it what a file of such variables had. The prefix and `_`
    /// stand before the variable's name in upper case.
    case environment(prefix: String, file: [String: String])
    case values([String: String])

    /// The prefix of Spin's environment variables.
    package static let standardPrefix = "SPIN_VARIABLE"

    /// The value of a variable; nil where it is not known. `environment` is this process's.
    package func value(_ name: String, _ environment: (String) -> String?) -> String? {
        switch self {
        case .values(let values): return values[name]
        case .environment(let prefix, let file):
            let key = "\(prefix)_\(name.uppercased())"
            return environment(key) ?? file[key]
        }
    }
}
