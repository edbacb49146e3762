import Reactor
import SpinManifest

/// Loads an app anew when it is told to, on a thread of its own, and has the host serve it.
///
/// Where the new one is no good, the old one goes on, and the host keeps the reason.
package final class Reloader: Sendable {
    /// Reads and checks all that the app is made of, taking over from `old` what has not changed. Throws
    /// where there is no manifest to be read.
    package typealias Load = @Sendable (_ old: App) throws -> (app: App?, diagnostics: Diagnostics)

    /// What has come of an attempt.
    package enum Outcome: Sendable {
        /// Served from now on; the names of the components that are new or were made anew.
        case served(App, anew: [String], Diagnostics)
        /// All is as it was.
        case unchanged
        /// What is wrong; the old app goes on.
        case failed(String)
    }

    private let thread: LoopThread
    private let mailbox: Mailbox

    /// Starts the thread. `told` is called on it after each attempt.
    package init(
        _ host: AppHost,
        load: @escaping Load,
        told: @escaping @Sendable (Outcome) -> Void
    ) throws(SystemError) {
        let started = Answer<Result<Mailbox, SystemError>>()
        thread = try LoopThread(name: "virga-reload", core: nil) {
            do throws(SystemError) {
                let loop = try EventLoop()
                loop.owner = ReloadLoop(host, load, told)
                started.give(.success(loop.mailbox))
                loop.run()
            } catch {
                started.give(.failure(error))
            }
        }
        mailbox = try started.wait().get()
    }

    /// Has everything read again, soon; may be called on any thread.
    package func reload() {
        mailbox.post { loop in (loop.owner as? ReloadLoop)?.reload() }
    }

    /// Ends the thread, after an attempt that is under way.
    package func stop() {
        mailbox.post { $0.stop() }
        thread.join()
    }
}

/// The reloader's side on its own thread.
final class ReloadLoop {
    private let host: AppHost
    private let load: Reloader.Load
    private let told: @Sendable (Reloader.Outcome) -> Void

    init(
        _ host: AppHost,
        _ load: @escaping Reloader.Load,
        _ told: @escaping @Sendable (Reloader.Outcome) -> Void
    ) {
        self.host = host
        self.load = load
        self.told = told
    }

    func reload() { told(attempt()) }

    private func attempt() -> Reloader.Outcome {
        let old = host.app
        do {
            let (app, diagnostics) = try load(old)
            guard let app else { return failure("\(diagnostics)") }
            let known = Set(old.components.map { ObjectIdentifier($0) })
            let anew = app.components.filter { !known.contains(ObjectIdentifier($0)) }.map(\.name)
            host.publish(app).wait()
            return .served(app, anew: anew, diagnostics)
        } catch {
            return failure("\(error)")
        }
    }

    private func failure(_ description: String) -> Reloader.Outcome {
        host.failed(description)
        return .failed(description)
    }
}
