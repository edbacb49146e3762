// Unsafe here: arguments and attributes of posix_spawn, which live for the call.

import FunctionHost
import Glibc
import SpinManifest
import Synchronization

/// Runs the commands that build a component. What they print goes where this program's does; where its
/// end is to be kept, all of it goes to the standard error.
final class BuildRun: Sendable {
    private let keepsOutput: Bool
    /// The group of the command that runs, 0 where none does; -1 once all is to end.
    private let group = Mutex<pid_t>(0)

    init(keepsOutput: Bool = false) { self.keepsOutput = keepsOutput }

    /// Runs the commands of a component's `build` one after the other, in its directory; gives what was
    /// wrong, or nil where all went well.
    func build(_ component: Component, _ directory: String) -> BuildFailure? {
        guard let build = component.build else { return nil }
        var folder = directory
        if let below = build.directory { folder += "/" + below }
        for command in build.commands {
            var output = BuildOutput()
            guard let failure = run(command, in: folder, &output) else { continue }
            return BuildFailure("`\(command)` \(failure)", output: output.text)
        }
        return nil
    }

    /// Ends the command that runs, and starts no other.
    func stop() {
        group.withLock { group in
            if group > 0 { kill(-group, SIGTERM) }
            group = -1
        }
    }

    private func run(_ command: String, in folder: String, _ output: inout BuildOutput) -> String? {
        var pipe: [Int32] = [-1, -1]
        if keepsOutput, unsafe Glibc.pipe(&pipe) == 0 {
            for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        let (code, child) = group.withLock { group in
            guard group >= 0 else { return (Int32(ECANCELED), pid_t(0)) }
            let (code, child) = BuildRun.spawn(command, folder, output: pipe[1])
            if code == 0 { group = child }
            return (code, child)
        }
        if pipe[1] >= 0 { close(pipe[1]) }
        defer { if pipe[0] >= 0 { close(pipe[0]) } }
        guard code == 0 else {
            return "cannot be run in \(folder): \(unsafe String(cString: strerror(code)))"
        }
        var status: Int32 = 0
        var hasEnded = false
        if pipe[0] >= 0 {
            output.passOn(pipe[0]) {
                if !hasEnded { hasEnded = unsafe waitpid(child, &status, WNOHANG) == child }
                return hasEnded
            }
        }
        while !hasEnded {
            hasEnded = unsafe waitpid(child, &status, 0) >= 0 || errno != EINTR
        }
        group.withLock { group in
            if group == child { group = 0 }
        }
        let signal = status & 0x7F
        guard signal == 0 else { return "was ended by signal \(signal)" }
        let exit = (status >> 8) & 0xFF
        return exit == 0 ? nil : "exited with status \(exit)"
    }

    /// Starts the shell in a group of its own, with no input and the signals as they are at first.
    /// What it prints goes to `output` where that is a descriptor.
    private static func spawn(_ command: String, _ folder: String, output: Int32) -> (Int32, pid_t) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if output >= 0 {
            for standard in [STDOUT_FILENO, STDERR_FILENO] {
                unsafe posix_spawn_file_actions_adddup2(&actions, output, standard)
            }
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        unsafe sigaddset(&defaults, SIGPIPE)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let change = "cd -- \"$0\" && exec /bin/sh -c \"$1\""
        let words = ["/bin/sh", "-c", change, folder, command]
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { for unsafe word in unsafe arguments { unsafe free(word) } }
        var child: pid_t = 0
        let code = unsafe posix_spawn(
            &child,
            "/bin/sh",
            &actions,
            &attributes,
            &arguments,
            environ
        )
        return (code, child)
    }
}
