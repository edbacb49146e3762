import ComponentModel
import Wasm

// The functions of wasi:cli, by their names.

/// A terminal that a standard stream reads from.
/// Spec: wasi:cli/terminal-input
private final class TerminalInput: TableResource {
    static let resourceType = HostResourceType("terminal-input", of: TerminalInput.self)
}

/// A terminal that a standard stream writes to.
/// Spec: wasi:cli/terminal-output
private final class TerminalOutput: TableResource {
    static let resourceType = HostResourceType("terminal-output", of: TerminalOutput.self)
}

/// Defines wasi:cli: environment, exit, standard streams, terminals.
func defineCLI(in linker: ComponentLinker) {
    defineEnvironment(in: linker.instance("wasi:cli/environment@0.2.12"))
    defineExit(in: linker.instance("wasi:cli/exit@0.2.12"))
    defineStdio(in: linker)
    defineTerminals(in: linker)
}

private func defineEnvironment(in environment: InstanceDefinition) {
    environment.define("get-environment", effect: .environment) { (call) throws(Trap) in
        try call.wasi.system.configuration.environment.variables.map { Tuple2($0.name, $0.value) }
    }
    environment.define("get-arguments", effect: .environment) { (call) throws(Trap) in
        try call.wasi.system.configuration.environment.arguments
    }
    environment.define("initial-cwd", effect: .environment) { (call) throws(Trap) in
        try call.wasi.system.configuration.environment.initialDirectory
    }
}

private func defineExit(in exit: InstanceDefinition) {
    exit.define("exit") { (call, status: ComponentResult<Unit, Unit>) throws(Trap) -> Unit in
        try call.wasi.system.exit(ExitStatus(isSuccess: status == .ok))
    }
    exit.define("exit-with-code") { (call, code: UInt8) throws(Trap) -> Unit in
        try call.wasi.system.exit(ExitStatus(code: UInt32(code)))
    }
}

private func defineStdio(in linker: ComponentLinker) {
    let stdin = linker.instance("wasi:cli/stdin@0.2.12")
    stdin.define("input-stream", resource: InputStream.resourceType)
    stdin.define("get-stdin", effect: .resource) { (call) throws(Trap) in
        try call.push(try call.wasi.system.stdio.input)
    }
    let stdout = linker.instance("wasi:cli/stdout@0.2.12")
    stdout.define("output-stream", resource: OutputStream.resourceType)
    stdout.define("get-stdout", effect: .resource) { (call) throws(Trap) in
        try call.push(try call.wasi.system.stdio.output)
    }
    let stderr = linker.instance("wasi:cli/stderr@0.2.12")
    stderr.define("output-stream", resource: OutputStream.resourceType)
    stderr.define("get-stderr", effect: .resource) { (call) throws(Trap) in
        try call.push(try call.wasi.system.stdio.error)
    }
}

private func defineTerminals(in linker: ComponentLinker) {
    let input = linker.instance("wasi:cli/terminal-input@0.2.12")
    input.define("terminal-input", resource: TerminalInput.resourceType)
    let output = linker.instance("wasi:cli/terminal-output@0.2.12")
    output.define("terminal-output", resource: TerminalOutput.resourceType)
    let stdin = linker.instance("wasi:cli/terminal-stdin@0.2.12")
    stdin.define("terminal-input", resource: TerminalInput.resourceType)
    stdin.define("get-terminal-stdin", effect: .resource) { (call) throws(Trap) in
        let isTerminal = try call.wasi.system.stdio.inputIsTerminal
        return try call.push(ifAny: isTerminal ? TerminalInput() : nil)
    }
    let stdout = linker.instance("wasi:cli/terminal-stdout@0.2.12")
    stdout.define("terminal-output", resource: TerminalOutput.resourceType)
    stdout.define("get-terminal-stdout", effect: .resource) { (call) throws(Trap) in
        let isTerminal = try call.wasi.system.stdio.outputIsTerminal
        return try call.push(ifAny: isTerminal ? TerminalOutput() : nil)
    }
    let stderr = linker.instance("wasi:cli/terminal-stderr@0.2.12")
    stderr.define("terminal-output", resource: TerminalOutput.resourceType)
    stderr.define("get-terminal-stderr", effect: .resource) { (call) throws(Trap) in
        let isTerminal = try call.wasi.system.stdio.errorIsTerminal
        return try call.push(ifAny: isTerminal ? TerminalOutput() : nil)
    }
}
