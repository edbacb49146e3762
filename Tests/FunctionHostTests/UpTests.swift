import Testing

/// `virga up`, from outside: scripts, whose output says what failed.
@Suite(.serialized, .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct UpTests {
    @Test func appsAreServed() throws {
        let (status, output) = try BuiltProgram.run(
            "Scripts/up_suite.py", [BuiltProgram.fixtures], seconds: 900)
        #expect(status == 0, "\(output)")
        print(output)
    }

    @Test func requestsAreTold() throws {
        let (status, output) = try BuiltProgram.run("Scripts/observe_suite.py", seconds: 200)
        #expect(status == 0, "\(output)")
        print(output)
    }

    /// The apps of `Tests/Apps`, each with what is asked of it and what it answers.
    @Test func appsAnswerAsTheirRequestsSay() throws {
        let (status, output) = try BuiltProgram.run("../Apps/run.py", seconds: 300)
        #expect(status == 0, "\(output)")
        print(output)
    }
}
