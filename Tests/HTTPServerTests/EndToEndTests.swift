import Testing

/// The built program, driven from outside: one script for each part.
///
/// What failed is in the output.
@Suite(.serialized, .enabled(if: Scripts.isReady, "Python's packages are not to be had"))
struct EndToEndTests {
    @Test func limitsTimeoutsAndDrain() {
        let (status, output) = Scripts.run("limits_suite.py")
        #expect(status == 0, "\(output)")
    }

    @Test func attacks() {
        let (status, output) = Scripts.run("attack_suite.py")
        #expect(status == 0, "\(output)")
    }

    @Test func listenersAndClients() {
        let (status, output) = Scripts.run("listener_suite.py")
        #expect(status == 0, "\(output)")
    }

    /// RFC 9113 and RFC 7541, frame by frame.
    @Test func http2Frames() {
        let (status, output) = Scripts.run("h2_suite.py")
        #expect(status == 0, "\(output)")
    }
}
