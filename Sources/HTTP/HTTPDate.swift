/// Dates as HTTP writes them (IMF-fixdate, RFC 9110 section 5.6.7).
package enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The calendar parts of a number of seconds since 1970, in UTC.
    package struct Parts: Equatable {
        package var year: Int
        /// 1 to 12.
        package var month: Int
        /// 1 to 31.
        package var day: Int
        package var hour: Int
        package var minute: Int
        package var second: Int

        /// The parts of `seconds` since 1970 (the civil calendar counted in eras of 400 years).
        package init(seconds: Int) {
            let days = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
            let rest = seconds - days * 86_400
            (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
            let shifted = days + 719_468
            let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
            let dayOfEra = shifted - era * 146_097
            let yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let marchMonth = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
            month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        }
    }

    /// `seconds` since 1970 as in "Sun, 06 Nov 1994 08:49:37 GMT".
    package static func text(seconds: Int) -> String {
        let parts = Parts(seconds: seconds)
        let day = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
        let weekday = days[(day % 7 + 7) % 7]
        return "\(weekday), \(two(parts.day)) \(months[parts.month - 1]) \(parts.year) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }

    /// `seconds` since 1970 as in "06/Nov/1994:08:49:37 +0000", the form of access logs.
    package static func logText(seconds: Int) -> String {
        let parts = Parts(seconds: seconds)
        return "\(two(parts.day))/\(months[parts.month - 1])/\(parts.year):"
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    /// A number below 100 with two digits.
    package static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
