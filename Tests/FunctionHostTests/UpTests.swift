import Testing

/// `virga up`, from outside: scripts, whose output says what failed.
@Suite(.serialized, .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct UpTests {
    @Test func appsAreServed() throws { try run("up_suite.py") }

    /// Starts that wait, go wrong, or are ended early.
    @Test func startsAreEndedAndRefused() throws { try run("start_suite.py") }

    @Test func appsAreChangedWhileTheyAreServed() throws { try run("reload_suite.py") }

    @Test func manyComponentsAreServed() throws { try run("many_suite.py") }

    @Test func filesAreServed() throws { try run("files_suite.py") }

    /// Runtime configurations, fetched components, and files of guests' output.
    @Test func theHostIsConfigured() throws { try run("runtime_suite.py") }

    @Test func requestsAreTold() throws { try run("observe_suite.py") }

    /// Deployments to a running host; one that is killed around each of 12 of them.
    @Test func appsAreDeployed() throws { try run("deploy_suite.py") }

    /// The apps of `Tests/Apps`, each with what is asked of it and what it answers.
    @Test func appsAnswerAsTheirRequestsSay() throws {
        let (status, output) = try BuiltProgram.run("../Apps/run.py", seconds: 300)
        #expect(status == 0, "\(output)")
        print(output)
    }

    private func run(_ script: String) throws {
        let (status, output) = try BuiltProgram.run(
            "Scripts/\(script)", [BuiltProgram.fixtures], seconds: 900)
        #expect(status == 0, "\(output)")
        print(output)
    }
}
