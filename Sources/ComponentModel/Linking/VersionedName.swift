/// The name of an interface with its version taken apart: `wasi:io/streams@0.2.3`.
/// Spec: Explainer "Import and Export Definitions", https://semver.org
package struct VersionedName: Hashable, Sendable {
    /// What stands before the `@`.
    package let base: Substring
    package let version: Version

    package struct Version: Hashable, Sendable, Comparable {
        let major: UInt64
        let minor: UInt64
        let patch: UInt64
        /// What stands behind a `-`; empty of a release. What stands behind a `+` is of no account.
        let preRelease: Substring

        /// Whether `a` comes before `b`, both releases.
        package static func < (a: Version, b: Version) -> Bool {
            (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
        }
    }

    /// Nil where `name` has no version.
    package init?(_ name: String) {
        guard let at = name.firstIndex(of: "@") else { return nil }
        base = name[..<at]
        let text = name[name.index(after: at)...].prefix { $0 != "+" }
        let core = text.prefix { $0 != "-" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1],
            let patch = numbers[2]
        else { return nil }
        version = Version(
            major: major, minor: minor, patch: patch,
            preRelease: core.endIndex < text.endIndex
                ? text[text.index(after: core.endIndex)...] : "")
    }

    /// What names have in common that may stand for one another: the name with those parts of its
    /// version that compatible versions share; nil where only the same name will do, which is so of
    /// what precedes a release and of `0.0.z`.
    package var compatible: String? {
        guard version.preRelease.isEmpty else { return nil }
        if version.major > 0 { return "\(base)@\(version.major)" }
        return version.minor > 0 ? "\(base)@0.\(version.minor)" : nil
    }
}

/// Things by name, found under names of compatible versions too.
package struct VersionedNames<Value> {
    private var values: [String: Value] = [:]
    /// By `VersionedName.compatible`: the name with the greatest version.
    private var greatest: [String: (name: String, version: VersionedName.Version)] = [:]

    package init() {}

    /// The names that there are, in order.
    package var names: [String] { values.keys.sorted() }

    /// The names that are `name` but for the version, in order.
    package func others(of name: String) -> [String] {
        let base = base(name)
        return names.filter { self.base($0) == base }
    }

    private func base(_ name: String) -> Substring { name.prefix { $0 != "@" } }

    package subscript(exactly name: String) -> Value? { values[name] }

    /// Sets what `name` stands for.
    package mutating func set(_ name: String, _ value: Value) {
        values[name] = value
        guard let versioned = VersionedName(name), let key = versioned.compatible else { return }
        if let known = greatest[key], known.version > versioned.version { return }
        greatest[key] = (name, versioned.version)
    }

    /// What `name` stands for: what was set under it, else under the greatest compatible version. A
    /// name may have only that part of its version that compatible ones share.
    package func find(_ name: String) -> Value? {
        if let value = values[name] { return value }
        let key = VersionedName(name)?.compatible
        if let known = greatest[key ?? name] { return values[known.name] }
        return key.flatMap { values[$0] }
    }
}
extension VersionedNames: Sendable where Value: Sendable {}
