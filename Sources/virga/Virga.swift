import ArgumentParser

/// The `virga` program: one file for each command.
@main
struct Virga: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "virga",
        abstract: "A serverless function host for WebAssembly components.",
        version: "0.1.0",
        subcommands: [
            RunCommand.self, ServeCommand.self, LowerCommand.self, ValidateCommand.self, WastCommand.self,
            BenchServer.self,
        ]
    )
}
