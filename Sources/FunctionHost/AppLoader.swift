import ComponentModel
import Glibc
import SpinManifest
import Synchronization
import WASI
import WASIHTTP

/// Makes an app of a manifest: reads, checks and links its components, several at a time.
package struct AppLoader: Sendable {
    /// Variables of the environment that all components get, over their own.
    package var environment: [(name: String, value: String)] = []
    /// Values of the app's variables.
    package var variables: [String: String] = [:]
    /// Asked in this order for values that are not given.
    package var providers: [VariablesProvider] = [.standard]
    /// Whether apps come and go, and the values are the host's: an app need not have a variable for each.
    package var isHost = false
    /// Bytes of memory that no instance may exceed, whatever its component's limits are.
    package var instanceMemory: UInt64?
    /// Where components that are fetched are kept; the user's cache directory where it is nil.
    package var cacheDirectory: String?
    /// Loops that will serve the app.
    package var loops = 1
    /// Whether guests' calls of the host are noted, for a handler in development to show.
    package var isDevelopment = false
    /// Is told what happens in guests, on any thread; must not wait.
    package var log: @Sendable (LogRecord) -> Void = { _ in }

    /// IDs of the components that are served; all where there are none.
    package var only: [String] = []
    /// Is told how many components of how many are loaded, on any thread.
    package var progress: @Sendable (_ count: Int, _ total: Int) -> Void = { _, _ in }

    package init() {}

    /// The app, and all that is wrong with its manifest and components; nil where there are errors.
    ///
    /// Components that `old` has already, made of the same, are taken over from it as they are.
    package func load(
        _ file: ManifestFile,
        profile: String? = nil,
        reusing old: App? = nil
    ) -> (app: App?, Diagnostics) {
        let checked = file.check(profile: profile, only: only)
        var diagnostics = checked.diagnostics
        guard var manifest = checked.manifest else {
            // What is wrong with components is told with it.
            var manifest = Manifest.empty
            manifest.components = checked.components.filter { only.isEmpty || only.contains($0.id) }
            let values = AppVariables(manifest, given: [:], providers: [])
            let results = loadAll(manifest, values, file.directory ?? ".", old, isWhole: false)
            _ = components(manifest, results, &diagnostics)
            return (nil, diagnostics)
        }
        for id in only where !manifest.components.contains(where: { $0.id == id }) {
            diagnostics.error(
                "there is no component `\(id)`, which is to be served",
                at: ManifestPath("component"),
                do: "name one of the manifest's components"
            )
        }
        if !only.isEmpty { manifest.keepComponents { only.contains($0.id) } }
        let values = AppVariables(manifest, given: variables, providers: providers)
        check(manifest, values, &diagnostics)
        let results = loadAll(manifest, values, file.directory ?? ".", old, isWhole: true)
        let components = components(manifest, results, &diagnostics)
        let responses = writtenResponses(manifest, &diagnostics)
        let files = StaticSite.directory(of: manifest, at: file.directory ?? ".", &diagnostics)
        guard !diagnostics.hasErrors else { return (nil, diagnostics) }
        return (App(file, manifest, components, responses, files: files, loops: loops), diagnostics)
    }

    /// Says of variables that they have no value, and of values that they have no variable.
    private func check(
        _ manifest: Manifest,
        _ values: AppVariables,
        _ diagnostics: inout Diagnostics
    ) {
        for variable in manifest.variables where values[variable.name] == nil {
            let option = "`--variable \(variable.name)=VALUE`"
            diagnostics.error(
                "the variable `\(variable.name)` is required and has no value",
                at: variable.path,
                do: isHost
                    ? "start the host with \(option), or with a provider in its runtime configuration"
                    : "give it one with \(option)"
            )
        }
        guard !isHost else { return }
        for name in strays(in: manifest) {
            diagnostics.error(
                "a value is given for `\(name)`, which is no variable of the app",
                at: ManifestPath("variables"),
                do: "declare it under [variables], or leave it out"
            )
        }
    }

    /// The names that values are given for and `manifest` does not declare.
    package func strays(in manifest: Manifest) -> [String] {
        variables.keys.sorted().filter { name in
            !manifest.variables.contains { $0.name == name }
        }
    }

    private func writtenResponses(
        _ manifest: Manifest,
        _ diagnostics: inout Diagnostics
    ) -> [Int: WrittenResponse] {
        var responses: [Int: WrittenResponse] = [:]
        for (index, trigger) in manifest.triggers.enumerated() {
            guard case .response(let response) = trigger.target else { continue }
            do {
                responses[index] = try WrittenResponse(response)
            } catch {
                diagnostics.error(
                    "\(error)",
                    at: trigger.path.key("static_response").key("headers"),
                    do: "write header fields as RFC 9110 has them"
                )
            }
        }
        return responses
    }

    // MARK: Components

    private typealias Loaded = Result<LoadedComponent, ComponentFailure>

    /// The components that could be loaded; of the others, what is wrong.
    private func components(
        _ manifest: Manifest,
        _ results: [Loaded],
        _ diagnostics: inout Diagnostics
    ) -> [LoadedComponent] {
        var components: [LoadedComponent] = []
        for (component, result) in zip(manifest.components, results) {
            switch result {
            case .success(let served): components.append(served)
            case .failure(let failure):
                diagnostics.error(
                    failure.message,
                    at: component.path.key(failure.key),
                    do: failure.help
                )
            }
        }
        return components
    }

    /// Loads the components with as many threads as there are processors. Where the manifest is not
    /// whole, there are no values, and hosts are not looked at.
    private func loadAll(
        _ manifest: Manifest,
        _ values: AppVariables,
        _ directory: String,
        _ old: App?,
        isWhole: Bool
    ) -> [Loaded] {
        let components = manifest.components
        let results = Mutex([Loaded?](repeating: nil, count: components.count))
        let cache = ComponentCache()
        let next = Atomic<Int>(0)
        let done = Atomic<Int>(0)
        runOnProcessors {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < components.count else { return }
                let result = load(
                    components[index],
                    isWhole ? manifest : nil,
                    values,
                    directory,
                    old,
                    cache
                )
                results.withLock { $0[index] = result }
                progress(done.add(1, ordering: .relaxed).newValue, components.count)
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    private func load(
        _ component: SpinManifest.Component,
        _ manifest: Manifest?,
        _ values: AppVariables,
        _ directory: String,
        _ old: App?,
        _ cache: ComponentCache
    ) -> Loaded {
        do throws(ComponentFailure) {
            let path =
                switch component.source {
                case .file(let name): name.hasPrefix("/") ? name : "\(directory)/\(name)"
                case .download(let url, let digest):
                    try ComponentDownloads(cacheDirectory).file(url, digest: digest)
                }
            // Before the bytes are read, so that a later change is one.
            let inputs = ComponentInputs(
                component,
                path: path,
                environment: environment,
                variables: values.values(of: component),
                loops: loops,
                instanceMemory: instanceMemory
            )
            do throws(AllowedOutboundHostError) {
                if let manifest {
                    _ = try component.allowedHosts(in: manifest) { values[$0] }
                }
            } catch {
                throw ComponentFailure("allowed_outbound_hosts", error.message, error.help)
            }
            if let inputs, let served = old?.component(madeOf: inputs) {
                return .success(LoadedComponent(served: served, inputs: inputs))
            }
            let decoded = try cache.component(path)
            let served = try serve(decoded, component, values)
            return .success(LoadedComponent(served: served, inputs: inputs))
        } catch {
            return .failure(error)
        }
    }

    private func serve(
        _ decoded: ComponentModel.Component,
        _ component: SpinManifest.Component,
        _ values: AppVariables
    ) throws(ComponentFailure) -> ServedComponent {
        let linker = ServedComponent.linker(tracing: isDevelopment)
        defineVariables(values.values(of: component), in: linker)
        linker.trappingPackages = laterPackages
        var system = SystemConfiguration()
        system.environment.variables = component.environment
        for (name, value) in environment {
            system.environment.variables.removeAll { $0.name == name }
            system.environment.variables.append((name, value))
        }
        var tree: MountTree?
        if !component.mounted.isEmpty {
            do {
                let files = try MountTree(component.mounted)
                system.preopens = [try Preopen(host: files.path, guest: "/", isReadOnly: true)]
                tree = files
            } catch {
                throw ComponentFailure("files", "\(error)", "make the files readable")
            }
        }
        do throws(ServedComponentError) {
            return try ServedComponent(
                decoded,
                name: component.id,
                linker: linker,
                limits: servingLimits(component.settings),
                system: system,
                keeping: tree,
                log: log
            )
        } catch {
            throw ComponentFailure("source", "\(error)", "build it for wasi:http 0.2")
        }
    }

    private func servingLimits(_ settings: ComponentSettings) -> ServingLimits {
        func share(_ count: Int) -> Int { max(1, (count + loops - 1) / loops) }
        func milliseconds(_ microseconds: UInt64) -> Int {
            Int(clamping: (microseconds + 999) / 1_000)
        }
        var limits = ServingLimits()
        switch settings.instances {
        case .reset: limits.policy = .reset
        case .fresh: limits.policy = .fresh
        case .reuse: limits.policy = .reuse
        }
        if let count = settings.limits.concurrency {
            // Any loop may run as many, while all together do not run more.
            limits.concurrency = count
            limits.instances = count
        } else if let count = settings.poolSize {
            limits.instances = share(count)
        }
        if let memory = settings.limits.memory { limits.memoryBytes = memory }
        if let instanceMemory { limits.memoryBytes = min(limits.memoryBytes, instanceMemory) }
        if let time = settings.limits.wallTime { limits.requestMilliseconds = milliseconds(time) }
        limits.cpuMicroseconds = settings.limits.cpuTime
        if let count = settings.limits.requestBody { limits.content.request = count }
        if let count = settings.limits.responseBody { limits.content.response = count }
        if let length = settings.limits.queueLength {
            limits.queued = length == 0 ? 0 : share(length)
        }
        if let wait = settings.limits.queueWait { limits.queueMilliseconds = milliseconds(wait) }
        return limits
    }
}

/// Why a component cannot be served, and what of its table says so.
struct ComponentFailure: Error {
    let key: String
    let message: String
    let help: String

    init(_ key: String, _ message: String, _ help: String) {
        self.key = key
        self.message = message
        self.help = help
    }
}
