// Unsafe here: a path passed to the C library.
import ArgumentParser
import Glibc
import SpinManifest

/// `virga doctor`: says what keeps an app from being built and served, and what mends it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is missing for an app, and the command that mends it.",
        discussion: """
            Looks at the manifest, at what the build commands need of this machine, and at the files that \
            they make. Changes nothing. The exit code is 1 if something is missing.

            virga doctor -f my-app
            """
    )

    @OptionGroup var manifest: ManifestOptions

    func run() throws {
        let file = try manifest.file()
        var diagnostics = file.check(profile: manifest.profile).diagnostics
        let components = file.uncheckedFiles(profile: manifest.profile)?.components ?? []
        // Told below, with the command that makes them.
        let sources = components.map { $0.path.key("source") }
        diagnostics.remove { sources.contains($0.path) }
        if !diagnostics.all.isEmpty { print(diagnostics, terminator: "") }
        var isHealthy = !diagnostics.hasErrors
        for component in components {
            for missing in examine(component, file) {
                isHealthy = false
                print("\(component.id): \(missing)")
            }
        }
        guard isHealthy else { throw ExitCode(1) }
        print("\(file.name): nothing is missing")
    }

    private func examine(
        _ component: SpinManifest.Component,
        _ file: ManifestFile
    ) -> [Toolchain.Missing] {
        let directory = file.directory ?? "."
        var missing: [Toolchain.Missing] = []
        if let build = component.build {
            let place = build.directory.map { "\(directory)/\($0)" } ?? directory
            missing += Toolchain.missing(for: build.commands, in: place)
        }
        guard case .file(let name) = component.source else { return missing }
        let path = name.hasPrefix("/") ? name : "\(directory)/\(name)"
        if unsafe access(path, R_OK) != 0 {
            missing.append(
                Toolchain.Missing(
                    what: "\(name), the component itself",
                    remedy: component.build == nil
                        ? "put the file there, or give the component a build.command"
                        : "virga build -f \(file.name) -c \(component.id)"
                )
            )
        } else if let failure = flaw(path) {
            missing.append(
                Toolchain.Missing(what: "\(name) as a component: \(failure)", remedy: "build it anew")
            )
        }
        return missing
    }

    /// Why a file is no component.
    private func flaw(_ path: String) -> String? {
        guard let bytes = ModuleFile.read(path) else { return nil }
        do throws(Failure) {
            guard case .component = try WasmFile(bytes, path: path) else {
                return "it is a core module, which `virga componentize` may make one of"
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
