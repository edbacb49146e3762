/// The path of a request target, cut into segments; never decoded.
///
/// Slashes at both ends do not count, those within separate segments, which may be empty.
struct RequestPath {
    /// Of the target: the path with its slashes.
    let whole: Range<Int>
    /// Without the slashes at its ends.
    let trimmed: Range<Int>

    init(_ target: Span<UInt8>) {
        var end = 0
        while end < target.count, target[end] != UInt8(ascii: "?") { end += 1 }
        whole = 0..<end
        var start = 0
        while start < end, target[start] == UInt8(ascii: "/") { start += 1 }
        while end > start, target[end - 1] == UInt8(ascii: "/") { end -= 1 }
        trimmed = start..<end
    }

    /// Whether the path ends in a slash, which the wildcard's value shows.
    func endsInSlash(_ target: Span<UInt8>) -> Bool {
        !whole.isEmpty && target[whole.upperBound - 1] == UInt8(ascii: "/")
    }

    /// The end of the segment that begins at `start`.
    func segmentEnd(_ target: Span<UInt8>, _ start: Int) -> Int {
        var end = start
        while end < trimmed.upperBound, target[end] != UInt8(ascii: "/") { end += 1 }
        return end
    }

    /// Matches a segment of a pattern, and gives what each parameter takes.
    ///
    /// A parameter at the end of the path takes at least one character.
    func matches(
        _ elements: [RoutePattern.Element],
        _ target: Span<UInt8>,
        _ segment: Range<Int>,
        capture: (_ value: Range<Int>) -> Void
    ) -> Bool {
        var at = segment.lowerBound
        for (index, element) in elements.enumerated() {
            switch element {
            case .literal(let bytes):
                guard segment.upperBound - at >= bytes.count else { return false }
                for (offset, byte) in bytes.enumerated() where target[at + offset] != byte {
                    return false
                }
                at += bytes.count
            case .parameter:
                var end = segment.upperBound
                if index + 1 < elements.count {
                    end = at
                    while end < segment.upperBound, target[end] != UInt8(ascii: ".") { end += 1 }
                    guard end < segment.upperBound else { return false }
                } else if at == trimmed.upperBound {
                    return false
                }
                capture(at..<end)
                at = end
            }
        }
        return at == segment.upperBound
    }
}
