/// The arguments and variables of a program.
/// Spec: wasi:cli/environment
package struct Environment: Sendable {
    /// The arguments, the program's name first.
    package var arguments: [String]
    /// Names and values, in order.
    package var variables: [(name: String, value: String)]
    /// The directory that relative paths begin at, where a program has such a thing.
    package var initialDirectory: String?

    package init(
        arguments: [String] = [],
        variables: [(name: String, value: String)] = [],
        initialDirectory: String? = nil
    ) {
        self.arguments = arguments
        self.variables = variables
        self.initialDirectory = initialDirectory
    }
}
