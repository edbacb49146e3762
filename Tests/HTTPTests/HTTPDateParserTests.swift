import HTTP
import Testing

/// The forms of dates (RFC 9110 section 5.6.7).
@Suite struct HTTPDateParserTests {
    static let now = 1_790_000_000

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799), ("Sun Nov 16 08:49:37 1994", 784_975_777),
        ("Saturday, 01-Jan-28 00:00:00 GMT", 1_830_297_600), ("Sat, 30 Jun 2012 23:59:60 GMT", 1_341_100_800),
    ])
    func forms(_ text: String, _ seconds: Int) {
        #expect(HTTPDate.seconds(text, now: Self.now) == seconds)
    }

    @Test(arguments: [0, 1, 784_111_777, 951_782_400, 1_709_208_000, 4_102_444_800])
    func bothWays(_ seconds: Int) {
        #expect(HTTPDate.seconds(HTTPDate.text(seconds: seconds), now: Self.now) == seconds)
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT", "Thu, 29 Feb 2023 12:00:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sunday, 06 Nov 1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun",
        "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT", ",", "Sun,", "é, 06 Nov 1994",
    ])
    func others(_ text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
    }
}
