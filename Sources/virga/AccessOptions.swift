import ArgumentParser
import Glibc
import WASI

/// What a guest may have of the system, as the command line says it.
struct AccessOptions: ParsableArguments {
    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp(
            "A directory that the guest may use, and what it calls it; :ro for reading only.",
            valueName: "HOST::GUEST[:ro]"
        )
    )
    var directories: [String] = []

    @Option(
        name: .customLong("env"),
        help: ArgumentHelp(
            "A variable of the guest's environment; NAME alone has this one's value.",
            valueName: "NAME=VALUE"
        )
    )
    var variables: [String] = []

    @Option(
        name: .customLong("allow-net"),
        help: ArgumentHelp(
            "Whom the guest may talk to: a host, an address or a range 10.0.0.0/8, with or without "
                + ":PORT, or *:PORT, or *.",
            valueName: "PATTERN"
        )
    )
    var network: [String] = []

    func validate() throws {
        for variable in variables where variable.isEmpty || variable.first == "=" {
            throw ValidationError("--env \(variable): write NAME=VALUE")
        }
    }

    /// The same for a guest with these arguments.
    func system(_ arguments: [String] = []) throws -> SystemConfiguration {
        var configuration = SystemConfiguration()
        configuration.environment.arguments = arguments
        for variable in variables {
            guard let assignment = variable.assignment else { continue }
            configuration.environment.variables.append(assignment)
        }
        do throws(Preopen.Failure) {
            for directory in directories { configuration.preopens.append(try Preopen(directory)) }
        } catch {
            throw Failure("--dir: \(error)")
        }
        do throws(NetworkPolicy.SyntaxError) {
            configuration.network = try NetworkPolicy(network)
        } catch {
            throw Failure("--allow-net: \(error)")
        }
        return configuration
    }
}

extension String {
    /// The name and value that NAME=VALUE says; for NAME alone, the value that it has here, nil where
    /// it has none.
    fileprivate var assignment: (name: String, value: String)? {
        if let equals = firstIndex(of: "=") {
            return (String(self[..<equals]), String(self[index(after: equals)...]))
        }
        guard let value = unsafe getenv(self) else { return nil }
        return (self, unsafe String(cString: value))
    }
}
