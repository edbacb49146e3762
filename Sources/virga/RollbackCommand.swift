import ArgumentParser

/// `virga rollback`: has a host serve what it served before.
struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Have a host go back to a deployment that it keeps.",
        discussion: """
            Without an id, to the one that was active before. Rights that come back with it were \
            accepted when it was deployed; they are printed.
            """
    )

    @OptionGroup var host: HostOptions

    @Argument(help: "A deployment's id, as `virga deployments` prints it.")
    var id: Int?

    func validate() throws {
        if let id, id < 1 { throw ValidationError("an id is 1 or more") }
    }

    func run() throws {
        let client = host.client
        let path = "/rollback" + (id.map { "?\($0)" } ?? "")
        print(try client.text(client.post(path, OutgoingBody([]))), terminator: "")
    }
}
