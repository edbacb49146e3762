import ArgumentParser
import ComponentModel
import Wasm

/// `virga calls`: makes many calls, for comparisons with other engines; not in the main help.
struct CallsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Make the calls that standard input lists, and print what comes of each.",
        discussion: """
            A line `file PATH` names the component that the calls after it are of. Each other line is a call \
            in WAVE. For each call a line is printed: `= RESULT`, `=` where there is none, `! TRAP`, or \
            `? REASON` where it could not be made. After a trap the next call is made on a new instance.
            """,
        shouldDisplay: false
    )

    func run() throws {
        var path = ""
        var component: Result<Component, Failure> = .failure(Failure("no file is named yet"))
        var session: ComponentSession?
        while let line = readLine() {
            if line.hasPrefix("file ") {
                path = String(line.dropFirst(5))
                component = load(path)
                session = nil
                continue
            }
            do {
                let current =
                    try session
                    ?? ComponentSession(component.get(), in: Store(engine: Engine()), path: path)
                session = current
                print("=", try current.call(line)?.wave ?? "")
            } catch ComponentSession.CallError.trap(let trap) {
                session = nil
                print("! \(oneLine("\(trap)"))")
            } catch ComponentSession.CallError.refused(let message) {
                print("? \(oneLine(message))")
            } catch {
                print("? \(oneLine("\(error)"))")
            }
        }
    }

    private func load(_ path: String) -> Result<Component, Failure> {
        do throws(Failure) {
            guard
                case .component(let component) = try WasmFile(
                    try ModuleFile.binary(path),
                    path: path
                )
            else { return .failure(Failure("\(path): not a component")) }
            return .success(component)
        } catch {
            return .failure(error)
        }
    }

    private func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
