import ArgumentParser

/// The `virga` program: one file for each command.
@main
struct Virga: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "virga",
        abstract: "A serverless function host for WebAssembly components.",
        version: "0.1.0",
        subcommands: [
            UpCommand.self, WatchCommand.self, RoutesCommand.self, ServeCommand.self, RunCommand.self,
            InspectCommand.self,
            ValidateCommand.self, AssembleCommand.self, WastCommand.self, CallsCommand.self,
            LowerCommand.self, BenchServer.self,
        ]
    )
}
