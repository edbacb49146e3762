/// What running a script has come to.
package struct ScriptReport: Sendable {
    /// A command that did not do what it should.
    package struct Failure: Sendable {
        package var location: TextLocation
        package var expected: String
        package var got: String

        /// That a command does what its script has, or is not there, although it is listed.
        static func needless(_ difference: ScriptSkips.Difference, at location: TextLocation) -> Failure {
            Failure(
                location: location,
                expected: "a difference (\(difference.reason))",
                got: "none: the list of skips has to go without it"
            )
        }
    }

    /// Assertions that hold.
    package var passed = 0
    /// Assertions that do not hold, and other commands that failed.
    package var failures: [Failure] = []
    /// Why assertions were skipped, and how many for each reason.
    package var skipped: [String: Int] = [:]

    /// Why errors say something else than scripts have, and how many assertions that hold so.
    package var inOtherWords: [String: Int] = [:]

    package init() {}

    package var skippedCount: Int { skipped.values.reduce(0, +) }
}

extension ScriptReport.Failure: CustomStringConvertible {
    package var description: String { "\(location): expected \(expected), got \(got)" }
}
