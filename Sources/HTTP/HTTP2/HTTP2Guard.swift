/// Credit that refills with time: how much a client may do that costs work and brings nothing.
struct TokenBucket {
    private let capacity: Int
    private let perSecond: Int
    private var tokens: Int
    private var filled: UInt64

    init(capacity: Int, perSecond: Int, now: UInt64) {
        self.capacity = capacity
        self.perSecond = perSecond
        tokens = capacity
        filled = now
    }

    /// Adds credit that was earned, at most up to four times the capacity.
    mutating func earn(_ count: Int) { tokens = min(capacity * 4, tokens + count) }

    /// Takes one token; false where there is none.
    ///
    /// `now` is in milliseconds.
    mutating func take(now: UInt64) -> Bool {
        if tokens <= 0, now > filled {
            let earned = Int(clamping: (now - filled) &* UInt64(perSecond) / 1_000)
            if earned > 0 {
                tokens = min(capacity, tokens + earned)
                filled = now
            }
        }
        guard tokens > 0 else { return false }
        tokens -= 1
        return true
    }
}
