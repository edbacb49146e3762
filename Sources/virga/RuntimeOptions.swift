import ArgumentParser
import FunctionHost
import SpinManifest

/// What the host itself is told: its runtime configuration and the places that it uses.
struct RuntimeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A runtime configuration (TOML): directories, providers of variables, limits.",
            valueName: "FILE"
        )
    )
    var runtimeConfigFile: String?

    @Option(
        help: ArgumentHelp(
            "Where components that are fetched are kept; by default in the user's cache directory.",
            valueName: "DIR"
        )
    )
    var cacheDir: String?

    @Option(
        help: ArgumentHelp("Memory that no instance may exceed.", valueName: "BYTES")
    )
    var maxInstanceMemory: UInt64?

    /// The runtime configuration, read anew; an empty one where none is named.
    func configuration() throws -> RuntimeConfiguration {
        guard let runtimeConfigFile else { return RuntimeConfiguration() }
        let file = try file(runtimeConfigFile)
        let (configuration, diagnostics) = file.checkRuntimeConfiguration()
        guard let configuration else { throw Failure("\(diagnostics)") }
        return configuration
    }

    private func file(_ path: String) throws -> ManifestFile {
        guard ValueFile.isReadAnew(path) else {
            let bytes = try ValueFile.read(path, limit: ManifestLimits.standard.fileBytes)
            return ManifestFile(name: path, bytes: bytes, directory: ".")
        }
        do throws(ManifestFileError) {
            return try ManifestFile(reading: path)
        } catch {
            throw Failure("\(error)")
        }
    }

    /// Gives `loader` what the configuration and the options say; the options come first.
    func apply(to loader: inout AppLoader) throws {
        let configuration = try configuration()
        loader.cacheDirectory = cacheDir
        loader.instanceMemory = maxInstanceMemory ?? configuration.instanceMemory
        loader.providers = configuration.providers + [try environment()]
    }

    /// Spin's variables of the environment, and those of `.env` in the working directory.
    private func environment() throws -> VariablesProvider {
        guard DotenvFile.isThere(DotenvFile.defaultName) else { return .standard }
        do throws(DotenvError) {
            let values = try DotenvFile.read(DotenvFile.defaultName)
            return .environment(prefix: VariablesProvider.standardPrefix, file: values)
        } catch {
            throw Failure("\(error): \(error.help)")
        }
    }
}
