// Types of the host's functions as WIT writes them.
// Spec: WIT "Types"

extension HostFuncType: CustomStringConvertible {
    package var description: String {
        let parameters = parameters.map(\.description).joined(separator: ", ")
        return result == .unit ? "func(\(parameters))" : "func(\(parameters)) -> \(result)"
    }
}

extension HostValType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .primitive(let type): type.witName
        case .record(let fields): braces("record", fields.map { "\($0.label): \($0.type)" })
        case .variant(let cases):
            braces("variant", cases.map { one in one.label + (one.type.map { "(\($0))" } ?? "") })
        case .list(let element): "list<\(element)>"
        case .tuple(let types): "tuple<\(types.map(\.description).joined(separator: ", "))>"
        case .flags(let labels): braces("flags", labels)
        case .enumeration(let labels): braces("enum", labels)
        case .option(let type): "option<\(type)>"
        case .result(nil, nil): "result"
        case .result(let ok?, nil): "result<\(ok)>"
        case .result(let ok, let error?): "result<\(ok?.description ?? "_"), \(error)>"
        case .own(let resource): "own<\(resource.name)>"
        case .borrow(let resource): "borrow<\(resource.name)>"
        case .unit: "_"
        }
    }

    private func braces(_ name: String, _ items: [String]) -> String {
        "\(name) { \(items.joined(separator: ", ")) }"
    }
}

extension ResourceNumber {
    fileprivate var name: String { isHost ? "resource" : "another component's resource" }
}
