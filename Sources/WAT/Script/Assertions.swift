import ComponentModel
import Wasm

// What a script may do with instances, and assert of modules and of results.
extension ScriptRunner {
    /// What an action came to.
    enum Outcome {
        case results([Value])
        /// What a component's function returns, which may be nothing.
        case value(Val?)
        case trap(Trap)
    }

    private func outcome(of action: ScriptCommand.Action) throws(Stop) -> Outcome {
        switch action {
        case .get(let instance, let name):
            guard case .global(let global) = try export(name, of: instance) else {
                throw .failure(expected: "a global \"\(name)\"", got: "an export of another kind")
            }
            return .results([global.get()])
        case .invoke(let instance, let name, let arguments):
            if case .component(let instance)? = instances[instance] {
                return try call(instance, name, arguments)
            }
            guard case .function(let function) = try export(name, of: instance) else {
                throw .failure(expected: "a function \"\(name)\"", got: "an export of another kind")
            }
            var values: [Value] = []
            for argument in arguments { values.append(try value(argument)) }
            do throws(Trap) {
                return .results(try function.call(values))
            } catch {
                return .trap(error)
            }
        }
    }

    private func export(_ name: String, of instance: String?) throws(Stop) -> Extern {
        switch instances[instance] {
        case .unsupported(let reason)?: throw .skip(reason)
        case nil: throw .failure(expected: "an instance", got: "none")
        case .component: throw .failure(expected: "a core instance", got: "one of a component")
        case .instance(let instance)?:
            guard let item = instance.export(name) else {
                throw .failure(expected: "an export \"\(name)\"", got: "none")
            }
            return item
        }
    }

    private func value(_ literal: Literal) throws(Stop) -> Value {
        switch literal {
        case .i32(let bits): .i32(bits)
        case .i64(let bits): .i64(bits)
        case .f32(let bits): .f32(bits)
        case .f64(let bits): .f64(bits)
        case .v128(let bytes): .v128(V128(bytes))
        case .null(let type): .reference(.null(type))
        case .external(let number): .reference(.external(UInt64(number)))
        case .host:
            throw .failure(expected: "an argument", got: "`ref.host`, which is not one here")
        case .component(let value):
            throw .failure(expected: "an argument of a module", got: "\(value)")
        }
    }

    /// Does what must not trap.
    func perform(_ action: ScriptCommand.Action) throws(Stop) {
        switch try outcome(of: action) {
        case .results, .value: return
        case .trap(let trap): throw .failure(expected: "results", got: "trap: \(trap)")
        }
    }

    func assertReturn(
        _ action: ScriptCommand.Action,
        _ patterns: [ResultPattern]
    ) throws(Stop) {
        let expected = "[\(patterns.map(\.description).joined(separator: ", "))]"
        let values: [Value]
        switch try outcome(of: action) {
        case .results(let results): values = results
        case .value(let value):
            if let value {
                if patterns.count == 1, patterns[0].matches(value) { return }
            } else if patterns.isEmpty {
                return
            }
            throw .failure(expected: expected, got: "[\(value.map { "\($0)" } ?? "")]")
        case .trap(let trap): throw .failure(expected: expected, got: "trap: \(trap)")
        }
        if values.count == patterns.count, zip(patterns, values).allSatisfy({ $0.matches($1) }) {
            return
        }
        let got = values.enumerated().map { index, value in
            value.text(like: index < patterns.count ? patterns[index] : nil)
        }
        throw .failure(expected: expected, got: "[\(got.joined(separator: ", "))]")
    }

    func assertTrap(_ action: ScriptCommand.Action, _ message: String) throws(Stop) {
        switch try outcome(of: action) {
        case .trap(let trap) where isOfComponent(action):
            try checkContains(trap.description, message, "trap")
        case .trap(let trap): try check(trap.description, message, "trap")
        case .value(let value):
            throw .failure(expected: "trap: \(message)", got: "[\(value.map { "\($0)" } ?? "")]")
        case .results(let values):
            let got = values.map { $0.text(like: nil) }.joined(separator: ", ")
            throw .failure(expected: "trap: \(message)", got: "[\(got)]")
        }
    }

    /// The engine has no exceptions yet, so a module that throws one is not instantiated.
    func assertException(_ action: ScriptCommand.Action) throws(Stop) {
        switch try outcome(of: action) {
        case .trap(let trap): throw .failure(expected: "exception", got: "trap: \(trap)")
        case .results, .value: throw .failure(expected: "exception", got: "results")
        }
    }

    private func isOfComponent(_ action: ScriptCommand.Action) -> Bool {
        switch action {
        case .invoke(let instance, _, _), .get(let instance, _):
            if case .component? = instances[instance] { true } else { false }
        }
    }

    /// Asserts that `got` begins with `wanted`.
    private func check(_ got: String, _ wanted: String, _ what: String) throws(Stop) {
        if got.utf8.starts(with: wanted.utf8) || areOtherWords(got) { return }
        throw .failure(expected: "\(what): \(wanted)", got: "\(what): \(got)")
    }

    // MARK: Modules

    func assertMalformed(_ script: ScriptModule, _ message: String) throws(Stop) {
        let bytes: [UInt8]
        do throws(TextError) {
            bytes = try script.bytes()
        } catch {
            return try check(error.message, message, "malformed")
        }
        if script.layer == .component {
            return try assertRefused(component: bytes, message, "malformed")
        }
        try assertRefused(bytes, .malformed, message, "malformed")
    }

    func assertInvalid(_ script: ScriptModule, _ message: String) throws(Stop) {
        let bytes: [UInt8]
        do throws(TextError) {
            bytes = try script.bytes()
        } catch {
            throw .failure(expected: "invalid: \(message)", got: "malformed: \(error)")
        }
        if script.layer == .component {
            return try assertRefused(component: bytes, message, "invalid")
        }
        try assertRefused(bytes, .invalid, message, "invalid")
    }

    private func assertRefused(
        _ bytes: [UInt8],
        _ kind: ModuleError.Kind,
        _ message: String,
        _ what: String
    ) throws(Stop) {
        do throws(ModuleError) {
            _ = try Module(decoding: bytes)
        } catch {
            if error.kind == kind { return try check(error.message, message, what) }
            throw .failure(expected: "\(what): \(message)", got: "\(error)")
        }
        throw .failure(expected: "\(what): \(message)", got: "a valid module")
    }

    /// Asserts that instantiating what `source` says fails, in linking or else by a trap.
    func assertUninstantiable(
        _ source: InstanceSource,
        _ message: String,
        isLinkError: Bool
    ) throws(Stop) {
        if source.layer == .component {
            return try assertComponentUninstantiable(source, message, isLinkError: isLinkError)
        }
        let what = isLinkError ? "unlinkable" : "trap"
        switch (try instantiationError(source), isLinkError) {
        case (.link(let error)?, true): try check(error.description, message, what)
        case (.trap(let trap)?, false): try check(trap.description, message, what)
        case (let error?, _): throw .failure(expected: "\(what): \(message)", got: "\(error)")
        case (nil, _): throw .failure(expected: "\(what): \(message)", got: "an instance")
        }
    }
}
