extension RoutePattern {
    /// What the pattern takes of a path that it matches.
    ///
    /// `parameter` is called for each, in their order, with the bytes of the target that it takes.
    /// Gives the wildcard's value: of `/foo/...`, nothing for `/foo`, `/` for `/foo/`, `/a/` for
    /// `/foo/a/`; nothing without a wildcard.
    package func captures(
        of target: Span<UInt8>,
        parameter: (_ index: Int, _ value: Range<Int>) -> Void
    ) -> WildcardValue {
        let path = RequestPath(target)
        var start = path.trimmed.lowerBound
        var count = 0
        for segment in segments {
            let end = path.segmentEnd(target, start)
            let matches = path.matches(segment, target, start..<end) { value in
                parameter(count, value)
                count += 1
            }
            guard matches else { return WildcardValue() }
            start = end + 1
        }
        guard hasWildcard else { return WildcardValue() }
        let rest = min(start, path.trimmed.upperBound)..<path.trimmed.upperBound
        return WildcardValue(
            hasSlashBefore: !rest.isEmpty || path.endsInSlash(target),
            bytes: rest,
            hasSlashAfter: !rest.isEmpty && path.endsInSlash(target)
        )
    }
}

/// The value of a trailing wildcard: bytes of the target, and the slashes that Spin sets around them.
package struct WildcardValue: Sendable, Equatable {
    package var hasSlashBefore = false
    package var bytes = 0..<0
    package var hasSlashAfter = false
}
