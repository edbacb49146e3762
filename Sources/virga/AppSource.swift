import FunctionHost
import SpinManifest

/// Where an app comes from: reads it as the command line says, as often as it is asked to.
struct AppSource: Sendable {
    private let options: AppOptions
    private let loops: Int
    private let isQuiet: Bool
    private let isDevelopment: Bool
    private let log: LogWriter

    init(_ options: AppOptions, loops: Int, isQuiet: Bool, isDevelopment: Bool, log: LogWriter) {
        self.options = options
        self.loops = loops
        self.isQuiet = isQuiet
        self.isDevelopment = isDevelopment
        self.log = log
    }

    /// The app as it is now, and all that is wrong with it. What `old` has of the same is taken over.
    func load(reusing old: App?) throws -> (app: App?, diagnostics: Diagnostics) {
        var loader = try options.loader()
        loader.loops = loops
        loader.isDevelopment = isDevelopment
        loader.log = { [isQuiet, log] record in
            if isQuiet, case .line = record.event { return }
            log.write("\(record)")
        }
        return loader.load(try options.manifestFile(), profile: options.profile, reusing: old)
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

    /// Says what has come of an attempt to serve the app anew.
    func tell(_ outcome: Reloader.Outcome) {
        switch outcome {
        case .unchanged: log.write("virga: nothing has changed")
        case .failed(let reason):
            log.write("\(reason)\nvirga: not reloaded; what was served before goes on")
        case .served(let app, let anew, let diagnostics):
            tell(of: app, anew: anew, diagnostics)
            log.write("virga: reloaded" + (anew.isEmpty ? "" : " (\(anew.joined(separator: ", ")))"))
        }
    }
}
