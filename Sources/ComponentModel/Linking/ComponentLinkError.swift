/// Why a component cannot be instantiated with what a linker defines: all that is wrong, in the
/// component's order.
package struct ComponentLinkError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Nothing is defined under the import's name.
        case unknownImport
        /// What is defined is not what is wanted.
        case incompatibleImport
        /// The component needs what is validated but not run.
        case unsupported
        /// The component would make more than `ComponentLimits` allows.
        case limit
    }

    package struct Problem: Hashable, Sendable {
        package var kind: Kind
        /// The names that lead to the import, outermost first; empty where it is none.
        package var path: [String]
        /// What is wanted, as WIT has it.
        package var wanted: String?
        /// What is there, as WIT has it.
        package var present: String?
        /// The rest of the sentence.
        package var detail: String
    }

    package var problems: [Problem]

    package init(_ problems: [Problem]) { self.problems = problems }

    init(_ kind: Kind, _ detail: String) {
        problems = [Problem(kind: kind, path: [], wanted: nil, present: nil, detail: detail)]
    }
}

extension ComponentLinkError.Problem: CustomStringConvertible {
    package var description: String {
        var text = ""
        if !path.isEmpty {
            text = "the import \(path.map { "`\($0)`" }.joined(separator: ", "))"
            text += kind == .unknownImport ? " is not defined" : " does not match"
            if !detail.isEmpty { text += ": " }
        }
        text += detail
        if let wanted { text += "\n    wanted: \(wanted)" }
        if let present { text += "\n    there:  \(present)" }
        return text
    }
}

extension ComponentLinkError: CustomStringConvertible {
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
