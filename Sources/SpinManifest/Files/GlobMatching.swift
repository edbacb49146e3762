/// Which paths a pattern matches, as `files` and `build.watch` mean it.
extension Glob {
    /// Whether the pattern matches a path that is written with single slashes: a `*` stays within one
    /// component.
    package func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        var (component, name) = (0, 0)
        // The last `**`, and where what it took ended: all that ever needs another try.
        var anyDepth: (component: Int, name: Int)?
        while name < names.count {
            if component < components.count, components[component] == .anyDepth {
                anyDepth = (component, name)
                component += 1
            } else if component < components.count, matches(components[component], names[name]) {
                component += 1
                name += 1
            } else if let last = anyDepth {
                anyDepth = (last.component, last.name + 1)
                component = last.component + 1
                name = last.name + 1
            } else {
                return false
            }
        }
        return components[component...].allSatisfy { $0 == .anyDepth }
    }

    private func matches(_ component: Component, _ name: String) -> Bool {
        guard case .tokens(let tokens) = component else { return false }
        return Glob.matches(tokens, name)
    }

    /// The folder that all it matches is in, as far as the pattern spells it out; empty where it does not
    /// begin with one.
    package var folder: String {
        var names: [String] = []
        for component in components.dropLast() {
            guard let name = Glob.literal(component) else { break }
            names.append(name)
        }
        return names.joined(separator: "/")
    }

    /// Folders below `folder` in which it may match; nil where there is no bound.
    package var depth: Int? {
        guard !components.contains(.anyDepth) else { return nil }
        return max(components.count - 1 - folder.split(separator: "/").count, 0)
    }

    private static func literal(_ component: Component) -> String? {
        guard case .tokens(let tokens) = component else { return nil }
        var text = ""
        for token in tokens {
            guard case .character(let scalar) = token else { return nil }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
