import ComponentModel
import Wasm

// What a script does with components. All instances of a script are in one store, so that one may
// import what another exports.
extension ScriptRunner {
    /// Decodes a component that a script gives and keeps it as the definition `script.name`.
    func define(component script: ScriptModule) throws(Stop) {
        componentDefinitions[nil] = nil
        componentDefinitions[script.name] = nil
        let component = try decoded(component: script)
        componentDefinitions[nil] = component
        componentDefinitions[script.name] = component
        if !script.isDefinition { try instantiate(component, as: script.name) }
    }

    private func decoded(component script: ScriptModule) throws(Stop) -> Component {
        do {
            return try Component(decoding: try script.bytes(), features: header.features)
        } catch {
            throw .failure(expected: "a valid component", got: "\(error)")
        }
    }

    /// The component that is defined as `name`, the last one where that is nil.
    func componentDefinition(_ name: String?) throws(Stop) -> Component {
        guard let component = componentDefinitions[name] else {
            throw .failure(
                expected: "a component", got: "no component \(name.map { "$\($0)" } ?? "")")
        }
        return component
    }

    /// Makes an instance of a component, which is the instance `name` then.
    func instantiate(_ component: Component, as name: String?) throws(Stop) {
        instances[nil] = nil
        instances[name] = nil
        let slot: Slot
        do throws(ComponentInstantiationError) {
            slot = .component(try componentLinker.instantiate(component, in: componentStore))
        } catch {
            if let reason = ScriptRunner.unsupported(error) {
                slot = .unsupported(reason)
            } else if case .link = error, header.isValidationOnly {
                slot = .unsupported("imports what the script does not define")
            } else {
                throw .failure(expected: "an instance", got: "\(error)")
            }
        }
        instances[nil] = slot
        instances[name] = slot
    }

    /// Why this engine does not instantiate a component; nil where that is the component's own fault.
    private static func unsupported(_ error: ComponentInstantiationError) -> String? {
        guard case .link(let error) = error,
            let problem = error.problems.first(where: { $0.kind == .unsupported })
        else { return nil }
        return problem.detail
    }

    /// Instantiates what `source` says, and returns why that failed; nil where it did not.
    func componentError(_ source: InstanceSource) throws(Stop) -> ComponentInstantiationError? {
        let component: Component
        switch source {
        case .module(let script): component = try decoded(component: script)
        case .definition(_, let name): component = try componentDefinition(name)
        }
        do throws(ComponentInstantiationError) {
            _ = try componentLinker.instantiate(component, in: componentStore)
            return nil
        } catch {
            if let reason = ScriptRunner.unsupported(error) { throw .skip(reason) }
            return error
        }
    }

    /// Asserts that instantiating what `source` says fails, in linking or else by a trap.
    func assertComponentUninstantiable(
        _ source: InstanceSource, _ message: String, isLinkError: Bool
    ) throws(Stop) {
        let what = isLinkError ? "unlinkable" : "trap"
        switch (try componentError(source), isLinkError) {
        case (.link(let error)?, true): try checkContains(error.description, message, what)
        case (.instantiation(.trap(let trap))?, false):
            try checkContains(trap.description, message, what)
        case (let error?, _): throw .failure(expected: "\(what): \(message)", got: "\(error)")
        case (nil, _): throw .failure(expected: "\(what): \(message)", got: "an instance")
        }
    }

    /// Asserts that `bytes` are refused as a component.
    func assertRefused(
        component bytes: [UInt8], _ message: String, _ what: String
    ) throws(Stop) {
        do throws(ComponentError) {
            _ = try Component(decoding: bytes, features: header.features)
        } catch {
            let place = " (at offset 0x\(String(error.offset, radix: 16)))"
            return try checkContains(error.message + place, message, what)
        }
        throw .failure(expected: "\(what): \(message)", got: "a valid component")
    }

    /// Asserts that `wanted` is in `got`. It need not begin it, as in scripts of modules: an error of a
    /// component says first where it was looked for (in which import, which argument).
    func checkContains(_ got: String, _ wanted: String, _ what: String) throws(Stop) {
        let prefix = "wasm trap: "
        let part = wanted.hasPrefix(prefix) ? String(wanted.dropFirst(prefix.count)) : wanted
        if part.isEmpty || got.contains(part) || areOtherWords(got) { return }
        throw .failure(expected: "\(what): \(wanted)", got: "\(what): \(got)")
    }

    /// Whether an error says what the list of skips has for this command.
    func areOtherWords(_ got: String) -> Bool {
        guard let otherWords, got.contains(otherWords) else { return false }
        saysOtherWords = true
        return true
    }

    // MARK: Calls

    /// Calls a function that an instance of a component exports.
    func call(
        _ instance: ComponentInstance, _ name: String, _ arguments: [Literal]
    ) throws(Stop) -> Outcome {
        guard let export = instance.plan.exports.function(name) else {
            throw .failure(expected: "a function \"\(name)\"", got: "no such export")
        }
        var values: [Val] = []
        for argument in arguments { values.append(try componentValue(argument)) }
        do throws(Trap) {
            return .value(try instance.call(export, values))
        } catch {
            return .trap(error)
        }
    }

    private func componentValue(_ literal: Literal) throws(Stop) -> Val {
        switch literal {
        case .component(let value): value
        case .f32(let bits): .f32(Float(bitPattern: bits))
        case .f64(let bits): .f64(Double(bitPattern: bits))
        case .i32, .i64, .v128, .null, .external, .host:
            throw .failure(expected: "an argument of a component", got: "\(literal)")
        }
    }
}

extension ResultPattern {
    /// Whether a component's value is like this.
    func matches(_ value: Val) -> Bool {
        switch (self, value) {
        case (.component(let wanted), _): wanted.isSame(as: value)
        case (.number(.f32, _), .f32(let value)): matches(Value.f32(value.bitPattern))
        case (.number(.f64, _), .f64(let value)): matches(Value.f64(value.bitPattern))
        case (.either(let alternatives), _): alternatives.contains { $0.matches(value) }
        case (.number, _), (.vector, _), (.null, _), (.reference, _), (.external, _), (.host, _):
            false
        }
    }
}

extension Val {
    /// Whether two values are the same: strings by their scalars, floats by their bits, but all that
    /// are not a number are one.
    fileprivate func isSame(as other: Val) -> Bool {
        switch (self, other) {
        case (.bool(let a), .bool(let b)): a == b
        case (.s8(let a), .s8(let b)): a == b
        case (.u8(let a), .u8(let b)): a == b
        case (.s16(let a), .s16(let b)): a == b
        case (.u16(let a), .u16(let b)): a == b
        case (.s32(let a), .s32(let b)): a == b
        case (.u32(let a), .u32(let b)): a == b
        case (.s64(let a), .s64(let b)): a == b
        case (.u64(let a), .u64(let b)): a == b
        case (.f32(let a), .f32(let b)): a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
        case (.f64(let a), .f64(let b)): a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
        case (.char(let a), .char(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): Val.areSame(a, b)
        case (.record(let a), .record(let b)):
            a.map(\.label) == b.map(\.label) && Val.areSame(a.map(\.value), b.map(\.value))
        case (.variant(let a, let value), .variant(let b, let other)):
            a == b && Val.areSame(value, other)
        case (.enumeration(let a), .enumeration(let b)): a == b
        case (.option(let a), .option(let b)), (.ok(let a), .ok(let b)), (.error(let a), .error(let b)):
            Val.areSame(a, b)
        case (.flags(let a), .flags(let b)): Set(a) == Set(b)
        case (.map(let a), .map(let b)):
            Val.areSame(a.map(\.key), b.map(\.key)) && Val.areSame(a.map(\.value), b.map(\.value))
        default: false
        }
    }

    private static func areSame(_ a: [Val], _ b: [Val]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    }

    private static func areSame(_ a: Val?, _ b: Val?) -> Bool {
        areSame(a.map { [$0] } ?? [], b.map { [$0] } ?? [])
    }
}
