// Unsafe here: a structure that the C library fills in.

import Glibc

/// Seconds since 1970 as a date and a time of UTC: `2026-01-31 23:59:59Z`.
func timestamp(_ seconds: UInt64) -> String {
    var time = time_t(clamping: seconds)
    var parts = unsafe tm()
    guard unsafe gmtime_r(&time, &parts) != nil else { return "\(seconds)" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = unsafe "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return unsafe "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
}
