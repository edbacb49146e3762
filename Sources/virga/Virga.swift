// Unsafe here: names and values of the environment, as strings of C.
import ArgumentParser
import Glibc

/// The `virga` program: one file for each command.
@main
struct Virga: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "virga",
        abstract: "A serverless function host for WebAssembly components.",
        version: "0.1.0",
        subcommands: [
            NewCommand.self, AddCommand.self, BuildCommand.self, UpCommand.self, WatchCommand.self,
            DeployCommand.self, DeploymentsCommand.self, RollbackCommand.self, DoctorCommand.self,
            RoutesCommand.self, ServeCommand.self, RunCommand.self,
            InspectCommand.self, ValidateCommand.self, AssembleCommand.self, ComponentizeCommand.self,
            WastCommand.self, CallsCommand.self, LowerCommand.self, BenchServer.self,
        ]
    )
}

extension Virga {
    static func main() {
        openStandardDescriptors()
        addToPath()
        main(nil)
    }

    /// Puts /dev/null in the place of standard streams that are closed, before anything else gets their
    /// numbers.
    private static func openStandardDescriptors() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free is given out.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }

    /// Lets the build commands of components find this program by its name, wherever it lies: its
    /// directory becomes the last of PATH.
    private static func addToPath() {
        let program = ModuleFile.realPath("/proc/self/exe")
        guard let slash = program.lastIndex(of: "/") else { return }
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        unsafe setenv("PATH", "\(path):\(program[..<slash])", 1)
    }
}
