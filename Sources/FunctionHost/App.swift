import HTTP
import SpinManifest
import WASIHTTP
import Wasm

/// An app as it is served: immutable, shared by all loops.
package final class App: Sendable {
    /// What answers a route.
    enum Answer: Sendable {
        /// The index of a component in `components`.
        case component(Int)
        case response(WrittenResponse)
        case files(StaticSite)
    }

    /// What the manifest was read from.
    package let file: ManifestFile
    package let manifest: Manifest
    package let router: Router
    /// Of each of the router's routes.
    let headers: [RouteHeaders]
    /// Of each of the router's routes: the fields that are the same for each request.
    let fixedFields: [HTTP.Fields]
    /// Of each of the router's routes.
    let answers: [Answer]
    /// By their places in the manifest.
    package let components: [ServedComponent]
    /// Instances of each of them that a loop may have.
    let capacities: [Int]
    /// What each of them was made of; nil where that cannot be told.
    private let inputs: [ComponentInputs?]
    /// What `/.well-known/spin/info` says.
    let info: WrittenResponse

    init(
        _ file: ManifestFile,
        _ manifest: Manifest,
        _ components: [LoadedComponent],
        _ responses: [Int: WrittenResponse],
        files directory: OpenFile? = nil,
        loops: Int = 1
    ) {
        self.file = file
        self.manifest = manifest
        self.components = components.map(\.served)
        inputs = components.map(\.inputs)
        let resources = SystemResources.current()
        capacities = components.map { component in
            let sizing = PoolSizing(
                resources,
                PoolSizing.Demand(of: component.served.image.store),
                pools: loops,
                wanted: component.served.limits.instances
            )
            return max(sizing.capacity, 1)
        }
        let router = Router(manifest.routes)
        self.router = router
        let headers = router.routes.map { RouteHeaders($0.pattern) }
        self.headers = headers
        fixedFields = headers.map { headers in
            var fields = HTTP.Fields()
            for (name, value) in headers.fixed { try? fields.append(name.span, value.span) }
            return fields
        }
        answers = router.routes.map { route in
            switch route.target {
            case .component(let index): .component(index)
            case .response(let index): .response(responses[index] ?? .notFound)
            case .files(let index):
                if let directory {
                    .files(StaticSite(manifest.staticFiles[index], route.pattern, in: directory))
                } else {
                    .response(.notFound)
                }
            }
        }
        info = .info(manifest.application)
    }

    /// No app: what a host has until there is one that is any good.
    package static let absent = App(
        ManifestFile(name: "", bytes: []),
        .empty,
        [],
        [:]
    )

    /// Whether it is no app.
    package var isAbsent: Bool { self === App.absent }

    /// Whether another app has the same manifest, and the same components.
    func isMadeOfTheSame(as other: App) -> Bool {
        file.bytes == other.file.bytes && file.name == other.file.name
            && components.elementsEqual(other.components) { $0 === $1 }
    }

    /// The component that was made of the same.
    func component(madeOf inputs: ComponentInputs) -> ServedComponent? {
        guard let index = self.inputs.firstIndex(of: inputs) else { return nil }
        return components[index]
    }
}

/// A component that can be served, and what it was made of.
struct LoadedComponent: Sendable {
    let served: ServedComponent
    let inputs: ComponentInputs?
}

/// A response that is the same for each request.
struct WrittenResponse: Sendable {
    var head: ResponseHead
    var content: [UInt8]

    init(_ head: ResponseHead, _ content: [UInt8]) {
        self.head = head
        self.content = content
    }

    init(_ status: Status, _ type: String, _ text: String) {
        var fields = HTTP.Fields()
        try? fields.append("content-type", type)
        self.init(ResponseHead(status, fields), Array(text.utf8))
    }

    static let notFound = WrittenResponse(ResponseHead(.notFound), [])
    static let absent = WrittenResponse(
        .serviceUnavailable,
        "text/plain",
        "There is no app to be served yet; the terminal says why.\n"
    )
    static let health = WrittenResponse(.ok, "text/plain", "OK")

    /// The app's name and version, as Spin gives them.
    static func info(_ application: Application) -> WrittenResponse {
        var lines = ["  \"name\": \(application.name.json)"]
        if let version = application.version { lines.append("  \"version\": \(version.json)") }
        return WrittenResponse(
            .ok,
            "application/json",
            "{\n" + lines.joined(separator: ",\n") + "\n}"
        )
    }

    /// What a manifest spells out. Throws where a header field is none.
    init(_ response: StaticResponse) throws(FieldError) {
        var fields = HTTP.Fields()
        for header in response.headers { try fields.append(header.name, header.value) }
        let status = Status(response.status) ?? .ok
        self.init(ResponseHead(status, fields), Array((response.body ?? "").utf8))
    }
}

extension String {
    /// The string as JSON has it. Spec: RFC 8259 section 7
    fileprivate var json: String {
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
