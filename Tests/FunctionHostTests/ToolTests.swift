import Testing

/// `virga new`, `add`, `build`, `doctor` and `componentize`, from outside.
@Suite(.serialized, .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct ToolTests {
    @Test func functionsAreMadeAndBuilt() throws {
        let (status, output) = try BuiltProgram.run("Scripts/tool_suite.py", seconds: 600)
        #expect(status == 0, "\(output)")
        print(output)
    }
}
