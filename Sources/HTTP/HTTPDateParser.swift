/// Reads the three forms of dates that HTTP has had (RFC 9110 section 5.6.7).
struct HTTPDateParser {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// Seconds since 1970; nil where the text is none of the forms, or no day of the calendar.
    ///
    /// `now` decides the century of a year with two digits.
    mutating func seconds(now: Int) -> Int? {
        let comma = rest.firstIndex(of: ",")
        guard let comma else { return ascTime() }
        let weekday = rest[..<comma]
        rest = rest[rest.index(after: comma)...]
        guard take(" ") else { return nil }
        if weekday.utf8.count == 3 { return fixed() }
        return Self.longDays.contains(weekday) ? obsolete(now) : nil
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private mutating func fixed() -> Int? {
        guard let day = number(2), take(" "), let month = month(), take(" "), let year = number(4),
            take(" "), let time = time(), take(" GMT"), rest.isEmpty
        else { return nil }
        return Self.seconds(year, month, day, time)
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`
    private mutating func obsolete(_ now: Int) -> Int? {
        guard let day = number(2), take("-"), let month = month(), take("-"), let short = number(2),
            take(" "), let time = time(), take(" GMT"), rest.isEmpty
        else { return nil }
        let thisYear = HTTPDate.Parts(seconds: now).year
        var year = thisYear - thisYear % 100 + short
        if year > thisYear + 50 { year -= 100 }
        return Self.seconds(year, month, day, time)
    }

    /// `Sun Nov  6 08:49:37 1994`
    private mutating func ascTime() -> Int? {
        guard rest.utf8.count > 4 else { return nil }
        rest = rest.dropFirst(3)
        guard take(" "), let month = month(), take(" ") else { return nil }
        let day = take(" ") ? number(1) : number(2)
        guard let day, take(" "), let time = time(), take(" "), let year = number(4), rest.isEmpty
        else { return nil }
        return Self.seconds(year, month, day, time)
    }

    private static let longDays: [Substring] = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]

    private mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    private mutating func number(_ digits: Int) -> Int? {
        let text = rest.prefix(digits)
        guard text.utf8.count == digits, text.utf8.allSatisfy(Characters.isDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return Int(text)
    }

    /// 1 to 12.
    private mutating func month() -> Int? {
        guard let index = HTTPDate.months.firstIndex(of: String(rest.prefix(3))) else { return nil }
        rest = rest.dropFirst(3)
        return index + 1
    }

    /// Seconds since midnight.
    private mutating func time() -> Int? {
        guard let hour = number(2), take(":"), let minute = number(2), take(":"),
            let second = number(2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    /// Seconds since 1970 of a day of the civil calendar, counted in eras of 400 years.
    private static func seconds(_ year: Int, _ month: Int, _ day: Int, _ time: Int) -> Int? {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let parts = HTTPDate.Parts(seconds: days * 86_400)
        guard parts.year == year, parts.month == month, parts.day == day else { return nil }
        return days * 86_400 + time
    }
}

extension HTTPDate {
    /// The seconds since 1970 that a date of any of HTTP's forms means; nil where it is none.
    package static func seconds(_ text: String, now: Int) -> Int? {
        var parser = HTTPDateParser(text)
        return parser.seconds(now: now)
    }
}
