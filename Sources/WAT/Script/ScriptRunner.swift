import ComponentModel
import Wasm

/// Runs a script in a store of its own.
///
/// No command ends the run: one that fails is reported, and the next one is run.
/// An assertion is skipped only where it needs an instance of a module that this engine validates
/// but does not run, or of one that imports from such an instance.
package final class ScriptRunner {
    /// What became of a command that passed neither nor failed by itself.
    enum Stop: Error {
        /// It needs what this engine does not run.
        case skip(String)
        case failure(expected: String, got: String)
    }

    /// What a name stands for that an instance was wanted under.
    enum Slot {
        case instance(Instance)
        case component(ComponentInstance)
        /// The module was not instantiated, for the reason given.
        case unsupported(String)
    }

    private var report = ScriptReport()
    let store: Store
    let linker = Linker()
    let componentStore: ComponentStore
    let componentLinker = ComponentLinker()
    /// By name; under nil the last one.
    var componentDefinitions: [String?: Component] = [:]
    /// By name; under nil the last one.
    var definitions: [String?: Module] = [:]
    var instances: [String?: Slot] = [:]
    /// The names registered for what was not instantiated, and why it was not.
    var unsupportedNames: [String: String] = [:]
    let header: ScriptHeader
    /// What is listed and has not come up yet.
    private var skips: ScriptSkips.Script
    private var isSkipOfAllUsed = false
    /// What the current command's error may say instead of what the script has, and whether it does.
    var otherWords: String?
    var saysOtherWords = false

    private init(
        _ header: ScriptHeader,
        _ skips: ScriptSkips.Script,
        _ limits: RunLimits,
        _ suspends: Bool
    ) throws(ResourceError) {
        self.header = header
        self.skips = skips
        store = Store(engine: Engine())
        componentStore = ComponentStore(core: store)
        store.runLimits = limits
        try Spectest.define(in: store, for: linker, suspends: suspends)
    }

    /// Runs the commands of `script`, and tells what came of them. Each call is under `limits`; the
    /// functions of `spectest` suspend their caller, which is on a fiber then, if that is asked for.
    /// What `skips` lists is to be as it says.
    package static func run(
        _ script: [UInt8],
        skips: ScriptSkips.Script = ScriptSkips.Script(),
        limits: RunLimits = RunLimits(),
        suspendsInHostCalls: Bool = false
    ) -> ScriptReport {
        do {
            let header = ScriptHeader(script)
            let runner = try ScriptRunner(header, skips, limits, suspendsInHostCalls)
            var parser = try ScriptParser(script)
            while let command = parser.next() { runner.run(command) }
            runner.reportUnusedSkips()
            return runner.report
        } catch {
            var report = ScriptReport()
            report.failures.append(
                .init(
                    location: TextLocation(line: 1, column: 1),
                    expected: "a script",
                    got: "\(error)"
                )
            )
            return report
        }
    }

    private func run(_ command: ScriptCommand) {
        let difference = skips.lines.removeValue(forKey: command.location.line)
        (otherWords, saysOtherWords) = (nil, false)
        if case .otherWords(let words, _)? = difference { otherWords = words }
        do throws(Stop) {
            try perform(command.kind)
        } catch {
            switch (error, difference ?? skips.all) {
            case (.skip(let reason), _):
                if command.isAssertion { report.skipped[reason, default: 0] += 1 }
            case (.failure, .fails(let reason)?):
                report.skipped[reason, default: 0] += 1
                isSkipOfAllUsed = true
            case (.failure(let expected, let got), _):
                report.failures.append(
                    .init(location: command.location, expected: expected, got: got)
                )
            }
            return
        }
        if let difference, !saysOtherWords {
            report.failures.append(.needless(difference, at: command.location))
        } else if command.isAssertion {
            report.passed += 1
            if let difference { report.inOtherWords[difference.reason, default: 0] += 1 }
        }
    }

    /// Reports what is listed and does not come up.
    private func reportUnusedSkips() {
        if let difference = skips.all, !isSkipOfAllUsed {
            report.failures.append(.needless(difference, at: TextLocation(line: 1, column: 1)))
        }
        for (line, difference) in skips.lines.sorted(by: { $0.key < $1.key }) {
            let location = TextLocation(line: line, column: 1)
            report.failures.append(.needless(difference, at: location))
        }
    }

    private func perform(_ command: ScriptCommand.Kind) throws(Stop) {
        switch command {
        case .module(let module): try define(module)
        case .instance(.module, let name, let definition):
            try instantiate(try self.definition(definition), as: name)
        case .instance(.component, let name, let definition):
            try instantiate(try componentDefinition(definition), as: name)
        case .register(let name, let instance): try register(name, instance)
        case .action(let action): try perform(action)
        case .assertReturn(let action, let patterns): try assertReturn(action, patterns)
        case .assertTrap(let action, let message): try assertTrap(action, message)
        case .assertExhaustion(let action, let message): try assertTrap(action, message)
        case .assertException(let action): try assertException(action)
        case .assertMalformed(let module, let message): try assertMalformed(module, message)
        case .assertInvalid(let module, let message): try assertInvalid(module, message)
        case .assertUnlinkable(let source, let message):
            try assertUninstantiable(source, message, isLinkError: true)
        case .assertUninstantiable(let source, let message):
            try assertUninstantiable(source, message, isLinkError: false)
        case .refused(let keyword):
            throw .failure(expected: "a command that is run", got: "`\(keyword)`, which is not")
        case .malformed(let error): throw .failure(expected: "a command", got: "\(error)")
        }
    }

    // MARK: Modules and instances

    private func define(_ script: ScriptModule) throws(Stop) {
        if script.layer == .component { return try define(component: script) }
        // What a name stands for is gone even where its successor fails.
        definitions[nil] = nil
        definitions[script.name] = nil
        let module = try decoded(script)
        definitions[nil] = module
        definitions[script.name] = module
        if !script.isDefinition { try instantiate(module, as: script.name) }
    }

    private func decoded(_ script: ScriptModule) throws(Stop) -> Module {
        do {
            return try Module(decoding: try script.bytes())
        } catch {
            throw .failure(expected: "a valid module", got: "\(error)")
        }
    }

    private func definition(_ name: String?) throws(Stop) -> Module {
        guard let module = definitions[name] else {
            throw .failure(expected: "a module", got: "no module \(name.map { "$\($0)" } ?? "")")
        }
        return module
    }

    private func instantiate(_ module: Module, as name: String?) throws(Stop) {
        instances[nil] = nil
        instances[name] = nil
        let slot: Slot
        do throws(InstantiationError) {
            slot = .instance(try linker.instantiate(module, in: store))
        } catch {
            guard let reason = unsupported(module, error) else {
                throw .failure(expected: "an instance", got: "\(error)")
            }
            slot = .unsupported(reason)
        }
        instances[nil] = slot
        instances[name] = slot
    }

    /// Why this engine does not instantiate `module`; nil where `error` is the module's own.
    private func unsupported(_ module: Module, _ error: InstantiationError) -> String? {
        switch error {
        case .unsupported(let instruction):
            return "needs \(instruction), which is validated but not run"
        case .link(let error) where error.kind == .unknownImport:
            return unsupportedNames[error.module].map { "imports from a module that \($0)" }
        case .link, .trap, .resource:
            return nil
        }
    }

    private func register(_ name: String, _ instance: String?) throws(Stop) {
        switch instances[instance] {
        case .instance(let instance)?:
            unsupportedNames[name] = nil
            linker.define(instance: instance, as: name)
        case .component(let instance)?: componentLinker.root.define(name, instance: instance)
        case .unsupported(let reason)?: unsupportedNames[name] = reason
        case nil: throw .failure(expected: "an instance to register", got: "none")
        }
    }

    /// Instantiates what `source` says, and returns why that failed.
    func instantiationError(_ source: InstanceSource) throws(Stop) -> InstantiationError? {
        let module: Module
        switch source {
        case .module(let script): module = try decoded(script)
        case .definition(_, let name): module = try definition(name)
        }
        do throws(InstantiationError) {
            _ = try linker.instantiate(module, in: store)
            return nil
        } catch {
            if let reason = unsupported(module, error) { throw .skip(reason) }
            return error
        }
    }
}
