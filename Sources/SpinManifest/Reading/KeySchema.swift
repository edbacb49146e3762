/// The keys that a table may have, and those that Virga refuses by name.
///
/// `Sources/MANIFEST.md` has them in its tables, which a test holds against this.
struct KeySchema: Sendable {
    /// What the table is, with its article, for a sentence.
    let noun: String
    /// Keys that are read.
    let known: [String]
    /// Keys that Spin has and Virga has not, each with what to do instead.
    let refused: [String: String]

    init(_ noun: String, _ known: [String], refused: [String: String] = [:]) {
        self.noun = noun
        self.known = known
        self.refused = refused
    }

    static let manifest = KeySchema(
        "a manifest",
        ["spin_manifest_version", "application", "variables", "trigger", "component"],
        refused: [
            "spin_version": "manifests of version 1 are not read: let `spin doctor` rewrite it"
        ]
    )
    static let application = KeySchema(
        "the application",
        ["name", "version", "description", "authors", "trigger", "tool"],
        refused: ["targets": "remove it: Virga does not check components against environments"]
    )
    static let applicationTriggers = KeySchema(
        "application.trigger",
        ["http"],
        refused: KeySchema.otherTriggers
    )
    static let applicationHTTP = KeySchema("application.trigger.http", ["base"])
    static let variable = KeySchema(
        "a variable",
        ["default", "required", "secret", "description"]
    )

    static let triggers = KeySchema("the triggers", ["http"], refused: KeySchema.otherTriggers)
    static let httpTrigger = KeySchema(
        "an http trigger",
        ["id", "route", "component", "static_response", "executor"],
        refused: [
            "components": "name one component in `component`",
            "dependencies": "remove it: middleware is not there yet",
        ]
    )
    static let privateRoute = KeySchema("a route", ["private"])
    static let executor = KeySchema("an executor", ["type"])
    static let staticResponse = KeySchema("a static response", ["status_code", "headers", "body"])

    static let component = KeySchema(
        "a component",
        [
            "source", "description", "variables", "environment", "files", "exclude_files",
            "allowed_outbound_hosts", "build", "profile", "tool",
        ],
        refused: [
            "allowed_http_hosts":
                "name the hosts in `allowed_outbound_hosts`, with scheme and port",
            "key_value_stores": "remove it: key-value stores are not there yet",
            "sqlite_databases": "remove it: SQLite databases are not there yet",
            "ai_models": "remove it: Virga runs no language models",
            "targets": "remove it: Virga does not check components against environments",
            "dependencies":
                "compose the component before it is run, and name the result in `source`",
            "dependencies_inherit_configuration": "remove it: `dependencies` are not there yet",
        ]
    )
    static let source = KeySchema("a source", ["url", "digest"])
    static let build = KeySchema("a build", ["command", "workdir", "watch"])
    static let placement = KeySchema("a file mount", ["source", "destination"])
    static let profile = KeySchema(
        "a profile",
        ["source", "environment", "build"],
        refused: [
            "dependencies":
                "compose the component before it is run, and name the result in `source`"
        ]
    )
    static let profileBuild = KeySchema("a profile's build", ["command"])

    static let componentTool = KeySchema(
        "component.*.tool.virga",
        ["limits", "instances", "pool_size"]
    )
    static let applicationTool = KeySchema(
        "application.tool.virga",
        ["limits", "instances", "pool_size", "static", "routes"]
    )
    static let limits = KeySchema(
        "the limits",
        [
            "memory", "cpu_time", "wall_time", "request_body", "response_body", "concurrency",
            "queue_length", "queue_wait",
        ]
    )
    static let staticFiles = KeySchema("static files", ["path", "route", "index", "cache"])
    static let routeConditions = KeySchema("a route's conditions", ["methods", "hosts"])

    /// Triggers that are no HTTP.
    private static let otherTriggers = Dictionary(
        uniqueKeysWithValues: ["redis", "cron", "sqs", "mqtt", "command"].map {
            ($0, "remove it, and run it elsewhere: Virga serves HTTP only")
        }
    )

    /// All of them, for the test of the document.
    static let all = [
        manifest, application, applicationTriggers, applicationHTTP, variable, triggers,
        httpTrigger,
        privateRoute, executor, staticResponse, component, source, build, placement, profile,
        profileBuild, componentTool, applicationTool, limits, staticFiles, routeConditions,
        runtimeConfiguration, environmentProvider, staticProvider,
    ]
}

/// The keys of a manifest, for whoever documents or completes them.
package enum ManifestKeys {
    /// Each key, and whether Virga refuses it by name.
    package static var all: [(key: String, isRefused: Bool)] {
        KeySchema.all.flatMap { schema in
            schema.known.map { (key: $0, isRefused: false) }
                + schema.refused.keys.sorted().map { (key: $0, isRefused: true) }
        }
    }
}
