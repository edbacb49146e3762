import ArgumentParser
import ComponentModel
import Wasm

/// `virga run`: instantiates a module or a component and calls one of its functions.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Call a function that a WebAssembly module or component exports.",
        discussion: """
            A module's arguments are written as numbers, in the order of the function's parameters: integers \
            in decimal or with 0x, floats in decimal or hexadecimal (nan and inf too), vectors as 0x and \
            32 hexadecimal digits. Results are printed one to a line.

            A component's arguments and result are written in WAVE: "abc", 'x', [1, 2], (1, true), \
            {name: "x", size: 7}, some(1), ok("done"), {read, write}. A function of an exported instance is \
            named by both names, with as much of the first as tells it from others.

            virga run --invoke 'fac(20)' fac.wat
            virga run --invoke 'encode("abc")' encoder.wasm
            virga run --invoke 'neon:crypto/encoder.encode("abc")' encoder.wasm
            """)

    @Option(help: "The call to make: 'name(1, 2.5)', or 'name' alone.")
    var invoke: String

    @Option(help: "Seconds that the call may take, 0.5 say; no bound if absent.")
    var timeout: Double?

    @Option(help: "Branches back and calls that the call may make; no bound if absent.")
    var fuel: UInt64?

    @Option(help: "Bytes that memories and tables may take together; no bound if absent.")
    var maxMemory: UInt64?

    @Argument(help: "The module or component: binary (.wasm) or text (.wat).")
    var file: String

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout < 1e9) {
            throw ValidationError("--timeout is a number of seconds above 0 and below 1e9")
        }
    }

    func run() throws {
        switch try WasmFile(try ModuleFile.binary(file), path: file) {
        case .module(let module): try run(module)
        case .component(let component):
            if let result = try run(component) { print(result.wave) }
        }
    }

    private func run(_ module: Module) throws {
        let call = try Invocation(invoke)
        let instance: Instance
        do throws(InstantiationError) {
            instance = try Linker().instantiate(module, in: store())
        } catch .trap(let trap) {
            throw Failure(trapped(trap))
        } catch {
            throw Failure("\(file): \(error)")
        }
        guard case .function(let function)? = instance.export(call.name) else {
            throw Failure(
                "\(file): no function is exported as \"\(call.name)\"; \(exported(instance))")
        }
        let arguments = try call.values(function.type)
        do throws(Trap) {
            for result in try function.call(arguments) { print(result) }
        } catch {
            throw Failure(trapped(error))
        }
    }

    private func run(_ component: Component) throws(Failure) -> Val? {
        let session = try ComponentSession(component, in: store(), path: file)
        do throws(ComponentSession.CallError) {
            return try session.call(invoke)
        } catch .refused(let message) {
            throw Failure("--invoke: \(message)")
        } catch .trap(let trap) {
            throw Failure(trapped(trap))
        }
    }

    private func store() -> Store {
        let store = Store(
            engine: Engine(), limits: maxMemory.map { StoreLimits(byteCount: $0) } ?? StoreLimits())
        store.runLimits = RunLimits(fuel: fuel, wallTime: timeout.map { UInt64($0 * 1e9) })
        return store
    }

    private func trapped(_ trap: Trap) -> String {
        let backtrace = trap.backtraceDescription
        return "\(file): trap: \(trap)" + (backtrace.isEmpty ? "" : "\n" + backtrace)
    }

    private func exported(_ instance: Instance) -> String {
        let names = instance.exports.compactMap { name, item in
            if case .function = item { name } else { nil }
        }
        return names.isEmpty ? "it exports none" : "it exports \(names.joined(separator: ", "))"
    }
}

/// A failure that is told in one sentence on standard error; the exit code is 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A call as `--invoke` states it: a name, and arguments in parentheses.
struct Invocation {
    let name: String
    private let arguments: [String]

    init(_ text: String) throws(Failure) {
        guard let open = text.firstIndex(of: "(") else {
            name = text
            arguments = []
            return
        }
        guard text.last == ")" else {
            throw Failure("--invoke '\(text)': the closing parenthesis is missing")
        }
        name = String(text[..<open])
        let inner = text[text.index(after: open)...].dropLast()
        arguments = inner.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmed }
            .filter { !$0.isEmpty || inner.contains(",") }
    }

    /// The arguments as values of the function's parameter types.
    func values(_ type: FunctionType) throws(Failure) -> [Value] {
        guard arguments.count == type.parameters.count else {
            throw Failure(
                "--invoke: \(name) has the type \(type) and takes \(type.parameters.count) arguments, "
                    + "not \(arguments.count)")
        }
        var values: [Value] = []
        for (argument, parameter) in zip(arguments, type.parameters) {
            guard let value = Value(argument, parameter) else {
                throw Failure("--invoke: '\(argument)' is no \(parameter)")
            }
            values.append(value)
        }
        return values
    }
}

extension Value {
    /// The value of `type` that `text` states; nil where it states none.
    init?(_ text: String, _ type: ValueType) {
        switch type {
        case .i32:
            guard let bits = Value.integer(text, bits: 32) else { return nil }
            self = .i32(UInt32(truncatingIfNeeded: bits))
        case .i64:
            guard let bits = Value.integer(text, bits: 64) else { return nil }
            self = .i64(bits)
        case .f32:
            guard let value = Float(text) else { return nil }
            self = .f32(value.bitPattern)
        case .f64:
            guard let value = Double(text) else { return nil }
            self = .f64(value.bitPattern)
        case .v128:
            guard text.hasPrefix("0x"), text.count == 34,
                let high = UInt64(text.dropFirst(2).prefix(16), radix: 16),
                let low = UInt64(text.suffix(16), radix: 16)
            else { return nil }
            self = .v128(Wasm.v128(low, high))
        default:
            guard text == "null", let heapType = type.reference?.heapType else { return nil }
            self = .reference(.null(heapType))
        }
    }

    /// An integer of at most `bits` bits, signed or unsigned.
    private static func integer(_ text: String, bits: Int) -> UInt64? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let magnitude =
            digits.hasPrefix("0x")
            ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits, radix: 10)
        guard let magnitude else { return nil }
        let half = UInt64(1) << UInt64(bits - 1)
        guard magnitude <= (isNegative ? half : half - 1 + half) else { return nil }
        return isNegative ? 0 &- magnitude : magnitude
    }
}

extension Substring {
    /// Without the spaces around it.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
