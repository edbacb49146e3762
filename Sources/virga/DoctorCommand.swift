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
        let checked = file.check(profile: manifest.profile)
        var count = 0
        func tell(_ text: String) {
            count += 1
            print(text)
        }
        if !checked.diagnostics.all.isEmpty {
            count += checked.diagnostics.all.count { $0.severity == .error }
            print(checked.diagnostics, terminator: "")
            // Without the files that are not there yet, the rest can be looked at all the same.
        }
        let readable = checked.manifest ?? unlooked(file)
        for component in readable?.components ?? [] {
            for missing in examine(component, file.directory ?? ".") { tell("\(component.id): \(missing)") }
        }
        guard count == 0 else { throw ExitCode(1) }
        print("\(file.name): nothing is missing")
    }

    /// The manifest as it is where no files are looked for.
    private func unlooked(_ file: ManifestFile) -> Manifest? {
        ManifestFile(name: file.name, bytes: file.bytes).check(profile: manifest.profile).manifest
    }

    private func examine(
        _ component: SpinManifest.Component,
        _ directory: String
    ) -> [Toolchain.Missing] {
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
                        : "virga build -f \(directory) -c \(component.id)"
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
