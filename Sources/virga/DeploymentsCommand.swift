import ArgumentParser

/// `virga deployments`: lists what was deployed to a host.
struct DeploymentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deployments",
        abstract: "Print the deployments that a host keeps, newest first.",
        discussion: "The one with a star is active."
    )

    @OptionGroup var host: HostOptions

    func run() throws {
        let client = host.client
        print(try client.text(client.get("/deployments")), terminator: "")
    }
}
