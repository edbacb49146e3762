// Unsafe here: a path passed to access(2) for the time of the call.

import FunctionHost
import Glibc
import SpinManifest

/// What was built of an app before it is first served.
struct StartBuilds {
    /// How components are built, by their IDs.
    private(set) var built: [String: Build] = [:]
    /// What was wrong, where that does not end the start.
    private(set) var failures = BuildFailures()

    /// Builds the components `only`, or all, by `runs`; without it, looks which are there already. What
    /// fails is told and kept if it may fail, and thrown if not.
    init(_ app: AppOptions, only: [String], by runs: BuildRun?, mayFail: Bool) throws {
        guard runs != nil || mayFail else { return }
        let file: ManifestFile
        do {
            file = try app.manifestFile()
        } catch let failure where !mayFail {
            throw failure
        } catch {
            return
        }
        // What is wrong is told when the app is loaded.
        let manifest = file.uncheckedFiles(profile: app.profile)
        let directory = file.directory ?? "."
        for component in manifest?.components ?? [] where component.build != nil {
            guard only.isEmpty || only.contains(component.id) else { continue }
            guard let runs else {
                if StartBuilds.isThere(component, directory) { built[component.id] = component.build }
                continue
            }
            Terminal.write("virga: building \(component.id)\n")
            built[component.id] = component.build
            guard let failure = runs.build(component, directory) else { continue }
            let message = BuildFailures.message(component.id, failure)
            guard mayFail else { throw Failure(message) }
            Terminal.write("virga: \(message)\n")
            failures[component.id] = failure
        }
    }

    /// Whether the file is there that a component is built to.
    private static func isThere(_ component: Component, _ directory: String) -> Bool {
        guard case .file(let name) = component.source else { return true }
        return unsafe access(name.hasPrefix("/") ? name : "\(directory)/\(name)", F_OK) == 0
    }
}
