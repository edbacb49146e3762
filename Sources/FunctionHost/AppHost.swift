import Reactor
import Synchronization

/// The app that is served, and the loops that serve it.
///
/// Another app is published as a whole. Each loop takes it up between two requests; requests that are
/// under way, and those that wait for an instance, end in the app that they came to.
package final class AppHost: Sendable {
    /// Why the newest app is not the one that is served.
    package struct Failure: Sendable {
        /// All that is wrong, for a person.
        package let description: String
        /// Seconds since 1970.
        package let time: Int
    }

    /// A loop's handler, as messages name it.
    private struct Member {
        let number: UInt32
        let mailbox: Mailbox
        let registration: Registration
    }

    private struct State {
        var app: App
        var members: [Member] = []
        var joined: UInt32 = 0
        var generation = 1
        var failure: Failure?
        var failures = 0
    }

    private let state: Mutex<State>
    private let change = Mutex<Void>(())

    /// A host of `app`, which no loop serves yet.
    package init(_ app: App) { state = Mutex(State(app: app)) }

    /// The app that is served: what each loop has taken up, or is about to.
    package var app: App { state.withLock { $0.app } }

    /// How many apps have been served so far, with this one.
    package var generation: Int { state.withLock { $0.generation } }

    /// Why the last attempt to serve another app came to nothing; nil where it did not.
    package var lastFailure: Failure? { state.withLock { $0.failure } }

    /// How many apps could not be served.
    package var failures: Int { state.withLock { $0.failures } }

    /// Notes that another app cannot be served; the one that is goes on. It is not counted again if it
    /// was noted before.
    package func failed(_ description: String, isNew: Bool = true) {
        let failure = Failure(description: description, time: Instant.wallSeconds)
        state.withLock { state in
            state.failure = failure
            if isNew { state.failures += 1 }
        }
    }

    /// Lets one thread at a time find out what is to be served, and publish it. Never called on a loop that
    /// serves.
    func changing<Value, E: Error>(_ body: () throws(E) -> Value) throws(E) -> Value {
        try change.withLock { _ throws(E) in try body() }
    }

    /// Forgets why the last attempt came to nothing; false where none did.
    func recover() -> Bool {
        state.withLock { state in
            let failed = state.failure != nil
            state.failure = nil
            return failed
        }
    }

    /// Has every loop serve `app` from its next request on. What this gives can be waited for.
    @discardableResult
    package func publish(_ app: App) -> Publication {
        let members = state.withLock { state in
            state.app = app
            state.generation += 1
            state.failure = nil
            return state.members
        }
        return Publication(
            members.map { member in
                let receipt = Receipt()
                let answer = receipt.answer
                member.mailbox.post { [receipt] loop in
                    loop.notify(member.registration)
                    receipt.confirm()
                }
                return answer
            }
        )
    }

    /// Adds a loop, whose handler is told of each app from now on; gives its number, and the app that it
    /// serves first.
    func join(_ mailbox: Mailbox, _ registration: Registration) -> (number: UInt32, app: App) {
        state.withLock { state in
            let number = state.joined
            state.joined += 1
            state.members.append(
                Member(number: number, mailbox: mailbox, registration: registration)
            )
            return (number, state.app)
        }
    }

    /// Forgets a loop that ends.
    func leave(_ number: UInt32) {
        state.withLock { $0.members.removeAll { $0.number == number } }
    }
}

/// An app on its way to the loops.
package struct Publication: Sendable {
    private let answers: [Answer<Void>]

    fileprivate init(_ answers: [Answer<Void>]) { self.answers = answers }

    /// Waits until every loop has taken the app up, or has ended. Never called on a loop that serves.
    package func wait() { for answer in answers { answer.wait() } }
}

/// Confirms that a message was run, or dropped with a loop that has ended.
private final class Receipt: Sendable {
    let answer = Answer<Void>()

    deinit { answer.give(()) }

    /// Keeps the receipt until here.
    func confirm() {}
}
