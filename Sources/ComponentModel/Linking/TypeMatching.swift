// Whether what is there is what a component wants, told as a sentence where it is not.
// Spec: Explainer "Subtyping"

/// Compares types of two scopes; at most `ComponentLimits.comparisons` of them.
struct TypeMatching {
    private let wanted: TypeScope
    private let present: TypeScope
    private var left = ComponentLimits.comparisons

    init(wanted: TypeScope, present: TypeScope) {
        self.wanted = wanted
        self.present = present
    }

    /// How `present` is not of the type `wanted`; nil where it is. Parameters that `present` does not
    /// name go by their place.
    static func mismatch(_ wanted: ScopedFuncType, _ present: ScopedFuncType) -> String? {
        var matching = TypeMatching(wanted: wanted.scope, present: present.scope)
        return matching.mismatch(wanted.type, present.type)
    }

    private mutating func mismatch(_ wanted: FuncType, _ present: FuncType) -> String? {
        if wanted.isAsync != present.isAsync {
            return wanted.isAsync
                ? "an async function is wanted" : "a function that is not async is wanted"
        }
        guard wanted.parameters.count == present.parameters.count else {
            return "\(count(wanted.parameters.count, "parameter")) wanted, "
                + "\(present.parameters.count) there"
        }
        for (parameter, other) in zip(wanted.parameters, present.parameters) {
            if !other.label.isEmpty, other.label != parameter.label {
                return "a parameter is called `\(other.label)` where `\(parameter.label)` is wanted"
            }
            if let mismatch = mismatch(parameter.type, other.type) {
                return "parameter `\(parameter.label)`: \(mismatch)"
            }
        }
        return optional(wanted.result, present.result, "result")
    }

    private func count(_ count: Int, _ what: String) -> String {
        "\(count) \(what)\(count == 1 ? " is" : "s are")"
    }

    /// The type that `type` stands for where that is not primitive.
    private func resolved(_ type: ValType, _ scope: TypeScope) -> DefValType? {
        switch type {
        case .primitive(let type): .primitive(type)
        case .defined(let id): scope.types.value(id)
        }
    }

    private mutating func mismatch(_ wanted: ValType, _ present: ValType) -> String? {
        left -= 1
        guard left > 0 else { return "the types are too large to be compared" }
        guard let a = resolved(wanted, self.wanted), let b = resolved(present, self.present) else {
            return "what is there is not the type of a value"
        }
        switch (a, b) {
        case (.primitive(let a), .primitive(let b)) where a == b: return nil
        case (.record(let a), .record(let b)):
            return labels(a.map(\.label), b.map(\.label), "field")
                ?? pairs(a.map(\.type), b.map(\.type)) { "field `\(a[$0].label)`" }
        case (.variant(let a), .variant(let b)):
            if let mismatch = labels(a.map(\.label), b.map(\.label), "case") { return mismatch }
            for (one, other) in zip(a, b) {
                if let mismatch = optional(one.type, other.type, "case `\(one.label)`") {
                    return mismatch
                }
            }
            return nil
        case (.list(let a), .list(let b)), (.option(let a), .option(let b)):
            return within(a, b, "its element")
        case (.fixedLengthList(let a, let count), .fixedLengthList(let b, let other))
        where count == other:
            return within(a, b, "its element")
        case (.tuple(let a), .tuple(let b)) where a.count == b.count:
            return pairs(a, b) { "element \($0)" }
        case (.flags(let a), .flags(let b)): return labels(a, b, "flag")
        case (.enumeration(let a), .enumeration(let b)): return labels(a, b, "case")
        case (.result(let ok, let error), .result(let otherOK, let otherError)):
            return optional(ok, otherOK, "`ok`") ?? optional(error, otherError, "`error`")
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return within(key, otherKey, "its key") ?? within(value, otherValue, "its value")
        case (.own(let a), .own(let b)), (.borrow(let a), .borrow(let b)):
            let number = self.wanted.number(of: a)
            return number != nil && number == self.present.number(of: b)
                ? nil : "a handle to another resource type is wanted"
        case (.stream(let a), .stream(let b)), (.future(let a), .future(let b)):
            return optional(a, b, "its element")
        default:
            return "\(TypeText.of(wanted, self.wanted)) is wanted, "
                + "\(TypeText.of(present, self.present)) is there"
        }
    }

    private mutating func within(_ wanted: ValType, _ present: ValType, _ place: String) -> String? {
        mismatch(wanted, present).map { "\(place): \($0)" }
    }

    private mutating func optional(
        _ wanted: ValType?, _ present: ValType?, _ place: String
    ) -> String? {
        switch (wanted, present) {
        case (nil, nil): nil
        case (let wanted?, let present?): within(wanted, present, place)
        case (let wanted?, nil):
            "\(place): \(TypeText.of(wanted, self.wanted)) is wanted, nothing is there"
        case (nil, let present?):
            "\(place): nothing is wanted, \(TypeText.of(present, self.present)) is there"
        }
    }

    private mutating func pairs(
        _ wanted: [ValType], _ present: [ValType], _ place: (Int) -> String
    ) -> String? {
        for (index, (a, b)) in zip(wanted, present).enumerated() {
            if let mismatch = within(a, b, place(index)) { return mismatch }
        }
        return nil
    }

    private func labels(_ wanted: [String], _ present: [String], _ what: String) -> String? {
        for (a, b) in zip(wanted, present) where a != b {
            return "\(what) `\(a)` is wanted, `\(b)` is there"
        }
        guard wanted.count != present.count else { return nil }
        return "\(count(wanted.count, what)) wanted, \(present.count) there"
    }
}
