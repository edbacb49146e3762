import ComponentModel
import Foundation
import Testing
import WAT
import Wasm

// What the suites on instances share.

/// The component that `text` says, in its parentheses.
func assembled(_ text: String) throws -> Component {
    try Component(decoding: ComponentAssembler.assemble(Array(text.utf8)))
}

/// An instance of the component that `text` says, in a store of its own.
func instance(
    _ text: String,
    _ linker: ComponentLinker = ComponentLinker(),
    context: AnyObject? = nil
) throws -> ComponentInstance {
    let store = ComponentStore(core: Store(engine: Engine()))
    store.context = context
    return try linker.instantiate(try assembled(text), in: store)
}

extension ComponentInstance {
    /// What an exported function gives that gives a `u32`.
    func number(_ name: String, _ arguments: UInt32...) throws -> UInt32? {
        guard case .u32(let number)? = try call(name, arguments: arguments.map { .u32($0) }) else {
            return nil
        }
        return number
    }
}

/// The problems that linking `text` meets.
func linkError(
    _ text: String,
    _ linker: ComponentLinker = ComponentLinker()
) throws -> ComponentLinkError? {
    linkError(try assembled(text), linker)
}

/// The problems that linking a component meets.
func linkError(
    _ component: Component,
    _ linker: ComponentLinker = ComponentLinker()
) -> ComponentLinkError? {
    do throws(ComponentLinkError) {
        _ = try linker.link(component)
        return nil
    } catch {
        return error
    }
}

/// The bytes of a fixture beside the project; nil where it is not there.
enum Fixtures {
    private static let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    static let isPresent = bytes("c-http/c-http.wasm") != nil

    static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "/\(folder)/../shared/fixtures/\(path)").map {
            Array($0)
        }
    }
}
