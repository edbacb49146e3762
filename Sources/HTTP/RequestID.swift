/// Names a request in logs and answers: its loop's number, its own among that loop's requests, and what
/// tells this run of the program from others.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// The loop that it was served on.
    package var loop: UInt32
    /// Its place among that loop's requests, from 1 on.
    package var number: UInt64

    /// A number of this run of the program, so that a request of yesterday is not taken for one of today.
    package static let run = UInt32.random(in: .min ... .max)

    /// The request with this number on a loop.
    package init(loop: UInt32, number: UInt64) {
        self.loop = loop
        self.number = number
    }

    package var description: String {
        let run = String(RequestID.run, radix: 16)
        return String(repeating: "0", count: 8 - run.utf8.count) + run + "-\(loop)-\(number)"
    }
}

/// Gives the requests of one loop their numbers.
package final class RequestNumbers {
    private let loop: UInt32
    private var last: UInt64 = 0

    /// Numbers of the loop that is called so.
    package init(loop: UInt32 = 0) { self.loop = loop }

    /// A number that no other request of this run has.
    package func next() -> RequestID {
        last += 1
        return RequestID(loop: loop, number: last)
    }
}

@available(*, unavailable)
extension RequestNumbers: Sendable {}
