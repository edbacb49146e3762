import ComponentModel
import HTTP
import WASI
import Wasm

/// A component that answers requests, ready to be instantiated on any loop: linked, its image taken.
/// Immutable, so that all loops share it.
package final class ServedComponent: Sendable {
    /// What it is called in the log.
    package let name: String
    package let plan: InstantiationPlan
    package let image: ComponentImage
    /// `wasi:http/incoming-handler#handle`.
    package let handle: ComponentExports.Function
    package let limits: ServingLimits
    /// What bounds its guests on all loops together, if anything does.
    let concurrency: ConcurrencyLimit?
    /// What its guests may have of the system.
    package let system: SystemConfiguration
    /// Is told what happens in guests, on any loop's thread; must not wait.
    package let log: @Sendable (LogRecord) -> Void
    /// Where its code comes from.
    package let sources: SourceMap
    /// What lives as long as the component: a directory with its files, say.
    private let kept: (any AnyObject & Sendable)?

    /// The interface that a component exports to be served.
    package static let interface = "wasi:http/incoming-handler@0.2.12"

    /// Links `component` with what `linker` defines, instantiates it once and takes the image.
    package init(
        _ component: Component,
        name: String,
        linker: ComponentLinker,
        limits: ServingLimits = ServingLimits(),
        system: SystemConfiguration = SystemConfiguration(),
        keeping kept: (any AnyObject & Sendable)? = nil,
        log: @escaping @Sendable (LogRecord) -> Void = { _ in }
    ) throws(ServedComponentError) {
        concurrency = limits.concurrency.map(ConcurrencyLimit.init)
        do throws(ComponentLinkError) {
            plan = try linker.link(component)
        } catch {
            throw .link(error)
        }
        guard let handle = plan.exports.function(ServedComponent.interface, "handle") else {
            throw .noHandler
        }
        do throws(StoreTemplateError) {
            let template = try ComponentTemplate(
                plan,
                engine: Wasm.Engine(),
                limits: StoreLimits(byteCount: limits.memoryBytes)
            )
            image = template.image
        } catch {
            throw .instantiation(error)
        }
        self.handle = handle
        sources = SourceMap(plan.modules)
        self.name = name
        self.limits = limits
        self.system = system
        self.log = log
        self.kept = kept
    }

    /// A linker with all that a served component may import. Calls are noted where that is wanted, for a
    /// handler in development to show.
    package static func linker(tracing: Bool = false) -> ComponentLinker {
        let linker = ComponentLinker()
        if tracing { linker.wrap = { $1.traced($0) } }
        defineWASI(in: linker)
        defineWASIHTTP(in: linker)
        return linker
    }
}

/// Why a component cannot be served.
package enum ServedComponentError: Error {
    case link(ComponentLinkError)
    case instantiation(StoreTemplateError)
    /// It exports no `wasi:http/incoming-handler`.
    case noHandler
}

extension ServedComponentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .link(let error): error.description
        case .instantiation(let error): error.description
        case .noHandler:
            "the component does not export `wasi:http/incoming-handler@0.2`, so that it cannot answer"
                + " requests"
        }
    }
}
