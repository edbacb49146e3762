import Reactor
import Synchronization

/// How many guests of a component may run at once on all loops together. Whoever is refused is told when a
/// place has become free for it, in the order of asking.
package final class ConcurrencyLimit: Sendable {
    private struct State {
        var running = 0
        var waiting: [(mailbox: Mailbox, registration: Registration)] = []
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A limit of at least one.
    package init(_ limit: Int) { self.limit = max(1, limit) }

    /// Takes a place; false where none is free. Then the watcher that is registered so with the loop of
    /// `mailbox` is notified once it has been given one.
    func enter(
        orTell mailbox: Mailbox, _ registration: @autoclosure () -> Registration
    ) -> Bool {
        state.withLock { state in
            if state.running < limit {
                state.running += 1
                return true
            }
            state.waiting.append((mailbox, registration()))
            return false
        }
    }

    /// Takes a place if one is free.
    func enter() -> Bool {
        state.withLock { state in
            guard state.running < limit else { return false }
            state.running += 1
            return true
        }
    }

    /// Gives a place back, to whoever has waited longest.
    func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty { state.running -= 1 }
            return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        }
        guard let next else { return }
        let registration = next.registration
        next.mailbox.post { $0.notify(registration) }
    }
}
