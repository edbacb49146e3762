import ArgumentParser
import Glibc
import Reactor
import SpinManifest

/// `virga build`: runs the build commands of an app's components.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build an app's components by the commands that its spin.toml has for them.",
        discussion: """
            The commands are run by the shell, in the component's `build.workdir`, one component after \
            the other. Ends at the first that fails. What they print is passed on; `virga` is found \
            by them, wherever it lies.

            virga build -f my-app -c api worker
            """
    )

    @OptionGroup var manifest: ManifestOptions

    @Option(
        name: [.customShort("c"), .long],
        parsing: .upToNextOption,
        help: ArgumentHelp("The components to build; all, where none is named.", valueName: "ids"),
        completion: .componentIDs
    )
    var componentID: [String] = []

    @Flag(name: [.customShort("u"), .long], help: "Serve the app afterwards, as `virga up` does.")
    var up = false

    func run() throws {
        let file = try manifest.file()
        // The files that it names may be what is built.
        guard let app = file.uncheckedFiles(profile: manifest.profile) else {
            throw Failure("\(file.check(profile: manifest.profile).diagnostics)")
        }
        let chosen = try choose(app.components, in: file)
        try BuildSignals.during { runs in
            for component in chosen {
                Terminal.write("virga: building \(component.id)\n")
                guard let failure = runs.build(component, file.directory ?? ".") else { continue }
                throw Failure("the build of \(component.id) failed: \(failure.reason)")
            }
        }
        if chosen.isEmpty { print("\(file.name): no component has a build.command") }
        guard up else { return }
        let profile = manifest.profile.map { ["--profile", $0] } ?? []
        let command = try UpCommand.parse(["-f", manifest.from] + profile)
        try command.run()
    }

    /// Those with a build; where some are named, those, which then must have one.
    private func choose(
        _ components: [SpinManifest.Component],
        in file: ManifestFile
    ) throws -> [SpinManifest.Component] {
        for name in componentID where !components.contains(where: { $0.id == name }) {
            let ids = components.map(\.id).joined(separator: ", ")
            throw Failure("\(file.name): there is no component \(name), but \(ids)")
        }
        guard !componentID.isEmpty else { return components.filter { $0.build != nil } }
        let chosen = components.filter { componentID.contains($0.id) }
        for component in chosen where component.build == nil {
            throw Failure("\(file.name): the component \(component.id) has no build.command")
        }
        return chosen
    }
}

/// Ends the command of a build when this program is to end.
private enum BuildSignals {
    static func during(_ body: (BuildRun) throws -> Void) throws {
        Signals.block()
        let runs = BuildRun()
        let started = Answer<Result<Mailbox, SystemError>>()
        let thread = try LoopThread(name: "virga-signals", core: nil) {
            do throws(SystemError) {
                let loop = try EventLoop()
                let signals = try Signals(loop) { _ in runs.stop() }
                started.give(.success(loop.mailbox))
                loop.run()
                signals.stop()
            } catch {
                started.give(.failure(error))
            }
        }
        let mailbox = try started.wait().get()
        defer {
            mailbox.post { $0.stop() }
            thread.join()
        }
        try body(runs)
    }
}
