import Foundation
@testable import SpinManifest
import Testing

/// What a manifest that is right comes to.
@Suite struct ManifestTests {
    static func check(_ text: String, profile: String? = nil) -> CheckedManifest {
        ManifestFile(name: "spin.toml", bytes: Array(text.utf8)).check(profile: profile)
    }

    static func manifest(_ text: String, profile: String? = nil) throws -> Manifest {
        let checked = check(text, profile: profile)
        return try #require(checked.manifest, "\(checked.diagnostics)")
    }

    static let head = "spin_manifest_version = 2\n[application]\nname = \"a\"\n"
    static let app =
        head
        + "[[trigger.http]]\nroute = \"/...\"\ncomponent = \"c\"\n[component.c]\nsource = \"c.wasm\"\n"

    @Test func everything() throws {
        let manifest = try #require(try GoldenTests.check("good-maximal").manifest)
        #expect(
            manifest.application
                == Application(
                    name: "maximal",
                    version: "9999.9.9",
                    description: "Everything at once",
                    authors: ["alice@example.com", "bob@example.com"]
                )
        )
        #expect(manifest.variables.map(\.name) == ["var_one", "var_two"])
        #expect(manifest.variables[0].defaultValue == "Default")
        #expect(manifest.variables[1].defaultValue == nil)
        #expect(manifest.variables.map(\.isSecret) == [false, true])
        #expect(
            manifest.triggers.map(\.id)
                == ["minimal-http-trigger", "admin", "maximal-http-trigger", "http-trigger1"]
        )
        #expect(manifest.triggers[2].route == .isPrivate)
        #expect(
            manifest.triggers[3].target
                == .response(
                    StaticResponse(
                        status: 410,
                        headers: [("content-type", "text/plain")],
                        body: "gone"
                    )
                )
        )
        #expect(
            manifest.triggers[1].conditions
                == RouteConditions(
                    methods: ["GET", "HEAD", "POST"].reduce(into: []) {
                        $0.formUnion(RouteMethods(name: $1))
                    },
                    hosts: [.name("admin.example.com"), .below("admin.example.com")]
                )
        )
        #expect(manifest.components.map(\.id) == ["minimal", "maximal", "admin-component"])
        #expect(
            manifest.triggers.map(\.target)[0..<3] == [.component(0), .component(2), .component(1)]
        )
        let component = manifest.components[1]
        #expect(
            component.source
                == .download(
                    url: "https://example.test/max-b.wasm",
                    sha256: String(repeating: "abcd1234", count: 8)
                )
        )
        #expect(component.description == "My fine component")
        #expect(component.environment.map { "\($0.name)=\($0.value)" } == ["VAR=val"])
        #expect(component.variables.map(\.name) == ["a", "b"])
        #expect(component.variables[0].template.variables == ["var_one", "var_two"])
        #expect(
            component.files == [
                .pattern("public/*"), .placement(source: "public", destination: "/"),
            ]
        )
        #expect(component.mounted.map(\.guestPath) == ["/a.css", "/public/a.css"])
        #expect(component.mounted.allSatisfy { $0.hostPath.hasSuffix("good-maximal/public/a.css") })
        #expect(component.build?.commands == ["cargo build"])
        #expect(component.build?.directory == "public")
        #expect(component.build?.watched.map(\.text) == ["src/**/*.rs"])
        #expect(
            component.settings
                == ComponentSettings(
                    instances: .reuse,
                    poolSize: 8,
                    limits: ComponentLimits(
                        memory: 64 << 20,
                        cpuTime: 50_000,
                        wallTime: 10_000_000,
                        requestBody: 1 << 20,
                        responseBody: 10_000_000,
                        concurrency: 64,
                        queueLength: 100,
                        queueWait: 500_000
                    )
                )
        )
        #expect(
            manifest.components[0].settings
                == ComponentSettings(
                    instances: .fresh,
                    limits: ComponentLimits(memory: 128 << 20, wallTime: 30_000_000)
                )
        )
        #expect(
            manifest.staticFiles == [
                StaticFiles(
                    directory: "public",
                    route: "/assets/...",
                    index: "a.css",
                    cache: .immutable,
                    path: ManifestPath("application", "tool", "virga", "static").index(0)
                )
            ]
        )
        #expect(
            manifest.routes.map(\.name) == [
                "minimal-http-trigger", "admin", "http-trigger1", "files of public",
            ]
        )
        #expect(
            manifest.routes.map(\.target) == [
                .component(0), .component(2), .response(3), .files(0),
            ]
        )
        let router = Router(manifest.routes)
        let host = Array("admin.example.com".utf8)
        let target = Array("/admin/ann.json/x".utf8)
        #expect(
            router.match(.get, host: host.span, target: target.span)
                == .route(router.routes.firstIndex { $0.name == "admin" } ?? -1)
        )
    }

    @Test func profiles() throws {
        let text =
            Self.app + """
                environment = { A = "1", B = "2" }
                build = { command = "make", workdir = "src" }
                [component.c.profile.debug]
                source = "debug.wasm"
                environment = { B = "3", C = "4" }
                build = { command = ["make debug", "true"] }
                """
        let plain = try Self.manifest(text).components[0]
        #expect(plain.source == .file("c.wasm"))
        #expect(plain.build?.commands == ["make"])
        let debug = try Self.manifest(text, profile: "debug").components[0]
        #expect(debug.source == .file("debug.wasm"))
        #expect(debug.environment.map { "\($0.name)=\($0.value)" } == ["A=1", "B=3", "C=4"])
        #expect(debug.build?.commands == ["make debug", "true"])
        #expect(debug.build?.directory == "src")
        #expect(Self.check(text, profile: "release").manifest == nil)
    }

    @Test("ids are made as Spin makes them")
    func ids() throws {
        func trigger(_ route: String, _ component: String, _ id: String? = nil) -> String {
            "[[trigger.http]]\nroute = \"\(route)\"\ncomponent = \(component)\n"
                + (id.map { "id = \"\($0)\"\n" } ?? "")
        }
        let text =
            Self.head + trigger("/a", "\"hello\"")
            + trigger("/b", "{ source = \"admin.wasm\" }", "admin-handler")
            + trigger("/c", "{ source = \"other.wasm\" }") + trigger("/d", "\"hello\"")
            + trigger("/e", "{ source = \"e.wasm\" }", "has_underscore")
            + trigger("/f", "\"hello\"", "http-trigger2")
            + trigger("/g", "\"hello\"") + "[component.hello]\nsource = \"hello.wasm\"\n"
        let manifest = try Self.manifest(text)
        #expect(
            manifest.triggers.map(\.id) == [
                "hello-http-trigger", "admin-handler", "http-trigger1", "http-trigger3",
                "has_underscore",
                "http-trigger2", "http-trigger4",
            ]
        )
        #expect(
            manifest.components.map(\.id)
                == [
                    "hello", "admin-handler-component", "http-trigger1-component",
                    "inline-component1",
                ]
        )
        #expect(manifest.components[1].path.description == "trigger.http[1].component")
    }

    @Test("allowed hosts come with the values of variables")
    func allowedHosts() throws {
        let manifest = try Self.manifest(
            Self.head + """
                [variables]
                host = { required = true }
                open = { default = "" }
                [[trigger.http]]
                route = "/"
                component = "c"
                [[trigger.http]]
                route = { private = true }
                component = "d"
                [component.c]
                source = "c.wasm"
                allowed_outbound_hosts = ["https://{{ host }}", "{{ open }}", "https://{{open}}", "http://*.spin.internal"]
                [component.d]
                source = "d.wasm"
                """
        )
        let component = manifest.components[0]
        let hosts = try component.allowedHosts(in: manifest) {
            $0 == "host" ? "api.example.com" : ""
        }
        #expect(hosts.entries.count == 3)
        #expect(hosts.allows(scheme: "https", host: .domain("api.example.com"), port: nil))
        #expect(hosts.allows(scheme: "http", host: .domain("d.spin.internal"), port: nil))
        #expect(!hosts.allows(scheme: "http", host: .domain("e.spin.internal"), port: nil))
        #expect(throws: AllowedOutboundHostError.self) {
            try component.allowedHosts(in: manifest) { _ in nil }
        }
        #expect(throws: AllowedOutboundHostError.self) {
            try component.allowedHosts(in: manifest) { _ in "a b" }
        }
    }

    @Test("what is found later stands at its key")
    func addedLater() throws {
        var checked = Self.check(Self.app)
        let component = try #require(checked.manifest?.components.first)
        checked.diagnostics.error(
            "the component exports no handler",
            at: component.path.key("source"),
            do: "export wasi:http/incoming-handler"
        )
        checked.diagnostics.warning(
            "it is old",
            at: component.path.key("source"),
            atKey: true,
            do: ""
        )
        #expect(
            checked.diagnostics.description == """
                spin.toml:8:1: warning: it is old
                  8 | source = "c.wasm"
                    | ^^^^^^
                  key: component.c.source

                spin.toml:8:10: error: the component exports no handler
                  8 | source = "c.wasm"
                    |          ^^^^^^^^
                  key: component.c.source
                  do:  export wasi:http/incoming-handler

                spin.toml: 1 error, 1 warning

                """
        )
        #expect(checked.diagnostics.hasErrors)
    }

    @Test func limitsOfFiles() throws {
        var limits = ManifestLimits()
        limits.fileBytes = 100
        let file = ManifestFile(name: "spin.toml", bytes: Array(Self.app.utf8))
        #expect(
            file.check(limits: limits).diagnostics.description.contains("which is more than 100")
        )
        #expect(file.check().manifest != nil)
        var routes = ManifestLimits()
        routes.routes = 0
        #expect(file.check(limits: routes).diagnostics.description.contains("more than 0 triggers"))
    }

    @Test("a byte order mark moves no caret")
    func byteOrderMark() {
        let bytes = [0xEF, 0xBB, 0xBF] + Array("nonsense = 1\n".utf8) + Array(Self.app.utf8)
        let text = ManifestFile(name: "spin.toml", bytes: bytes).check().diagnostics.description
        #expect(text.hasPrefix("spin.toml:1:1: error:"))
        #expect(text.contains("\n  1 | nonsense = 1\n    | ^^^^^^^^\n"))
    }

    @Test("what is said has an end")
    func limitOfDiagnostics() {
        let keys = (0..<230).map { "key\($0) = 1\n" }.joined()
        let diagnostics = Self.check(Self.head + keys + Self.app.dropFirst(Self.head.count))
            .diagnostics
        #expect(diagnostics.all.count == 200)
        #expect(diagnostics.all.last?.message == "there is more that is wrong")
        #expect(diagnostics.hasErrors)
    }

    @Test func readingFiles() throws {
        let folder = GoldenTests.fixtures.appending(path: "good-minimal").path
        for path in [folder, folder + "/", folder + "/spin.toml"] {
            let file = try ManifestFile(reading: path)
            #expect(file.name.hasSuffix("/spin.toml"))
            #expect(file.check().manifest != nil)
        }
        #expect(
            throws: ManifestFileError(path: "/none/spin.toml", reason: "No such file or directory")
        ) {
            try ManifestFile(reading: "/none/spin.toml")
        }
        var limits = ManifestLimits()
        limits.fileBytes = 10
        #expect(throws: ManifestFileError(path: folder + "/spin.toml", reason: "File too large")) {
            try ManifestFile(reading: folder, limits: limits)
        }
    }

    @Test("MANIFEST.md has every key")
    func document() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/MANIFEST.md")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
        for (key, isRefused) in ManifestKeys.all {
            let rows = lines.filter { $0.hasPrefix("|") && $0.contains("`\(key)`") }
            #expect(!rows.isEmpty, "\(key)")
            if isRefused { #expect(rows.contains { $0.contains("refused") }, "\(key)") }
        }
    }
}
