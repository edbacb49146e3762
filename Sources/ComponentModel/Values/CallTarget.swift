// Which exported function a call names. Besides the whole name, short forms will do where only one
// function is meant: an interface without its version or its package, or the function's name alone.

extension ComponentExports {
    /// A function and the names that lead to it.
    package struct NamedFunction: Sendable {
        package let path: [String]
        package let function: Function

        /// The names with points between them, as a call may have them.
        package var name: String { path.joined(separator: ".") }
    }

    /// Why a name is of no function.
    package enum CallTargetError: Error, Hashable, Sendable {
        /// `exported` are the names that there are.
        case unknown(String, exported: [String])
        /// Several functions go by that name.
        case ambiguous(String, [String])
    }

    /// All functions, those of instances too, in order.
    package var functions: [NamedFunction] {
        var found: [NamedFunction] = []
        var pending: [(path: [String], exports: ComponentExports)] = [([], self)]
        while let (path, exports) = pending.popLast() {
            for entry in exports.entries {
                if case .function(let function) = entry.item {
                    found.append(NamedFunction(path: path + [entry.name], function: function))
                }
            }
            for entry in exports.entries.reversed() {
                if case .instance(let inner) = entry.item { pending.append((path + [entry.name], inner)) }
            }
        }
        return found
    }

    /// The function that `target` names: `encode`, `encoder.encode`, `neon:crypto/encoder.encode`,
    /// `wasi:cli/run@0.2.0.run`, `wasi:cli/run.run@0.2.0`; `#` will do for the last point.
    package func function(called target: String) throws(CallTargetError) -> NamedFunction {
        let all = functions
        if let exact = all.first(where: { $0.path == [target] || $0.name == target }) { return exact }
        let wanted = CallSpelling.normal(target)
        let found = all.filter { CallSpelling.all(of: $0.path).contains(wanted) }
        guard let first = found.first else { throw .unknown(target, exported: all.map(\.name)) }
        guard found.count == 1 else { throw .ambiguous(target, found.map(\.name)) }
        return first
    }
}

/// The ways to spell the names that lead to a function.
enum CallSpelling {
    /// With a point for `#`.
    static func normal(_ target: String) -> String {
        guard let mark = target.utf8.lastIndex(of: UInt8(ascii: "#")) else { return target }
        return target[..<mark] + "." + target[target.utf8.index(after: mark)...]
    }

    static func all(of path: [String]) -> Set<String> {
        guard let name = path.last else { return [] }
        var spellings: Set<String> = [name, path.joined(separator: ".")]
        guard path.count > 1 else { return spellings }
        let instance = path[path.count - 2]
        spellings.insert("\(instance).\(name)")
        guard let interface = InterfaceName(instance) else { return spellings }
        for short in ["\(interface.package)/\(interface.interface)", interface.interface] {
            spellings.insert("\(short).\(name)")
            guard let version = interface.version else { continue }
            spellings.insert("\(short)@\(version).\(name)")
            spellings.insert("\(short).\(name)@\(version)")
        }
        return spellings
    }
}

extension ComponentExports.CallTargetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let target, let exported):
            "no function is exported as \"\(target)\"; "
                + (exported.isEmpty ? "none is exported" : "exported are \(Self.list(exported))")
        case .ambiguous(let target, let names):
            "\"\(target)\" may be any of \(Self.list(names)); write more of the name"
        }
    }

    private static func list(_ names: [String]) -> String {
        let most = 20
        let rest = names.count > most ? " and \(names.count - most) more" : ""
        return names.prefix(most).joined(separator: ", ") + rest
    }
}
