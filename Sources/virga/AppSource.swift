import FunctionHost
import SpinManifest

/// Where an app comes from: reads it as the command line says, as often as it is asked to.
struct AppSource: Sendable {
    let options: AppOptions
    let runtime: RuntimeOptions
    /// Components that are served; all where there are none.
    let only: [String]
    let loops: Int
    let isDevelopment: Bool
    /// Whether apps are deployed to this host, so that the values of variables are not for one app.
    let isHost: Bool
    let output: GuestOutput
    let log: LogWriter

    func read() throws -> ManifestFile { try options.manifestFile() }

    /// The app as it is now, and all that is wrong with it. What `old` has of the same is taken over.
    func load(
        _ file: ManifestFile,
        profile: String?,
        reusing old: App?,
        progress: ProgressBar? = nil
    ) throws -> (app: App?, diagnostics: Diagnostics) {
        var loader = try options.loader()
        loader.only = only
        loader.loops = loops
        loader.isHost = isHost
        loader.isDevelopment = isDevelopment
        try runtime.apply(to: &loader)
        loader.log = { [output] record in output.take(record) }
        loader.progress = { progress?.show($0, of: $1) }
        defer { progress?.end() }
        return loader.load(file, profile: profile, reusing: old)
    }

    /// Files that are read beside what the manifest names.
    var files: [String] {
        let texts = options.variable.compactMap { text -> String? in
            if text.hasPrefix("@") { return String(text.dropFirst()) }
            guard let at = text.firstIndex(of: "="), text[at...].hasPrefix("=@") else { return nil }
            return String(text[at...].dropFirst(2))
        }
        return texts + [runtime.runtimeConfigFile].compactMap { $0 } + [DotenvFile.defaultName]
    }

    /// Says what is to be known of an app before it is served: warnings, and what instances do anew for
    /// each request in the components `anew`.
    func tell(of app: App, anew: [String], _ diagnostics: Diagnostics) {
        if !diagnostics.all.isEmpty { log.write("\(diagnostics)") }
        for component in app.components where anew.contains(component.name) {
            if let deferral = component.image.deferral {
                log.write("\(component.name): \(deferral)")
            }
        }
    }

    /// Says at the start which of the values given to a host its app has no variables for.
    func tellOfStrays(in app: App) throws {
        guard isHost, !app.isAbsent else { return }
        let application = app.manifest.application.name
        for name in try options.loader().strays(in: app.manifest) {
            log.write("virga: \(application) has no variable `\(name)`, which a value is given for")
        }
    }

    /// Says what has come of an attempt to serve the app anew. What is wrong as before is not said in full
    /// again, but where the screen is empty.
    func tell(_ event: Reloader.Event, isScreenEmpty: Bool) {
        switch event {
        case .noticed: break
        case .building(let id): log.write("virga: building \(id)")
        case .notWatched(let reason): log.write("virga: \(reason)")
        case .unchanged: log.write("virga: what is served is what is there again")
        case .failed(let reason, let isKnown, let isServing):
            let first = isKnown && !isScreenEmpty ? "virga: the same is wrong as before" : reason
            let outcome =
                isServing
                ? "not reloaded; what was served before goes on" : "nothing is served until that is mended"
            log.write("\(first)\nvirga: \(outcome)")
        case .served(let app, let anew, let diagnostics):
            tell(of: app, anew: anew, diagnostics)
            log.write("virga: reloaded" + (anew.isEmpty ? "" : " (\(anew.joined(separator: ", ")))"))
        }
    }
}
