import Testing
import WAT

/// The list of what does not hold, and what a script's first line says.
@Suite struct ScriptSkipsTests {
    private static let script = """
        (assert_invalid (module (func (result i32))) "type mismatch")
        (assert_invalid (module (func (result i32))) "other words")
        (module (func (result i64)))
        (assert_malformed (module quote "(func") "nothing")
        """

    private func report(_ list: String, _ script: String = script) throws -> ScriptReport {
        let skips = try ScriptSkips(Array(list.utf8))
        return ScriptRunner.run(Array(script.utf8), skips: skips.script(at: "/suites/a/b.wast"))
    }

    @Test func nothingIsListed() throws {
        let report = try report("# nothing of this\n\nc/b.wast another\nb.wast.wast:2 another\n")
        #expect(report.passed == 1)
        #expect(report.failures.map(\.location.line) == [2, 3, 4])
        #expect(report.skipped.isEmpty && report.inOtherWords.isEmpty)
    }

    @Test func linesAreListed() throws {
        let report = try report(
            """
            a/b.wast:2 "type mismatch" says so
            a/b.wast:3 is not valid
            b.wast.wast another
            """
        )
        #expect(report.passed == 2)
        #expect(report.inOtherWords == ["says so": 1])
        #expect(report.skipped == ["is not valid": 1])
        #expect(report.failures.map(\.location.line) == [4])
    }

    /// What holds as the script has it, says something else again, or is not there, fails.
    @Test func needlessLinesFail() throws {
        let report = try report(
            """
            a/b.wast:1 holds
            a/b.wast:2 "no such words" says so
            a/b.wast:3 is not valid
            a/b.wast:4 "unexpected" says so
            a/b.wast:7 not there
            """
        )
        #expect(report.failures.map(\.location.line) == [1, 2, 7])
        #expect(report.failures[0].expected == "a difference (holds)")
        #expect(report.failures[1].expected == "invalid: other words")
        let same = try self.report("a/b.wast:1 \"type mismatch\" says so")
        #expect(same.failures.first?.expected == "a difference (says so)")
    }

    @Test func scriptsAreListed() throws {
        let report = try report("b.wast all of it")
        #expect(report.failures.isEmpty && report.passed == 1)
        #expect(report.skipped == ["all of it": 3])
        let all = try self.report("b.wast all of it", "(module)")
        #expect(all.failures.map(\.expected) == ["a difference (all of it)"])
    }

    @Test(arguments: [
        ("a.wast", "expected a path, and a reason behind it"),
        ("a.wast:x reason", "expected the number of a line, got x"),
        ("a.wast:1 \"words", "expected words in quotes, and a reason behind them"),
        ("a.wast \"words\" reason", "expected one reason for all of a.wast"),
        ("a.wast:1 reason\na.wast:1 reason", "a.wast:1 is listed twice"),
    ])
    func malformedLists(list: String, message: String) throws {
        let error = #expect(throws: TextError.self) { try ScriptSkips(Array(list.utf8)) }
        #expect(error?.message == message)
        #expect(error?.location.line == list.split(separator: "\n").count)
    }

    // MARK: The first line

    private static let command = ";; RUN: wast --assert default % -f"

    /// A script of wasm-tools has the features that it names, and no others of those that can be off.
    @Test func features() throws {
        let script = """
            (component (core func (canon context.get i64 0)))
            (component (core func (canon context.get i32 1)))
            """
        let none = try report("", script)
        #expect(none.failures.map(\.location.line) == [1])
        let wide = try report("", "\(Self.command) cm64,cm-async\n\(script)")
        #expect(wide.failures.map(\.location.line) == [3])
        let all = try report("", "\(Self.command) cm-threading,cm64\n\(script)")
        #expect(all.failures.isEmpty)
    }

    /// Components of such a script may import what is not defined, but are not run then.
    @Test func undefinedImports() throws {
        let script = """
            (component (import "f" (func)))
            (assert_return (invoke "g"))
            """
        #expect(try report("", script).failures.map(\.location.line) == [1, 2])
        let report = try report("", "\(Self.command) cm64\n\(script)")
        #expect(report.failures.isEmpty)
        #expect(report.skipped == ["imports what the script does not define": 1])
    }
}
