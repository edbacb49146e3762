/// An event that may have come or not: what a guest polls.
///
/// Spec: wasi:io/poll#pollable
package protocol Pollable: AnyObject {
    /// Whether it has come. Never waits; may begin what makes it come.
    var isReady: Bool { get }
    /// Has `task` woken when it may have come, until `forget`.
    func await(_ task: GuestTask)
    /// Undoes one `await` of the task.
    func forget(_ task: GuestTask)
}

/// The tasks that wait for one thing.
package struct Waiters {
    private var tasks: [GuestTask] = []

    package init() {}

    package var isEmpty: Bool { tasks.isEmpty }

    package mutating func add(_ task: GuestTask) { tasks.append(task) }

    /// Takes the task out once.
    package mutating func remove(_ task: GuestTask) {
        if let index = tasks.lastIndex(where: { $0 === task }) { tasks.remove(at: index) }
    }

    /// Wakes all; they stay until they are removed.
    package func wake() { for task in tasks { task.wake() } }
}

/// What is always ready.
package final class AlwaysReady: Pollable {
    package init() {}
    package var isReady: Bool { true }
    package func await(_ task: GuestTask) {}
    package func forget(_ task: GuestTask) {}
}
