import Wasm

/// How a function of preview 1 ends that does not succeed.
enum Failure: Error {
    /// The guest is told.
    case errno(Errno)
    /// The run ends.
    case trap(Trap)
}

/// `wasi_snapshot_preview1`: the functions that core modules import, over the same system as that of
/// components.
///
/// It belongs to a store; `begin` gives it a guest's system, and `end` takes it away with all that the
/// guest had open. A pointer that is out of bounds or not aligned traps, as the specification's rules
/// for pointers say; a number that is no value of its enumeration is `inval`.
/// Spec: wasi_snapshot_preview1
package final class Preview1 {
    /// The name of the module that guests import.
    package static let moduleName = "wasi_snapshot_preview1"

    private(set) var current: System?
    var files = FileTable()

    package init() {}

    /// Makes ready for a guest: its standard streams are 0, 1 and 2, its directories follow.
    package func begin(_ system: System) {
        current = system
        files = FileTable(system)
    }

    /// Closes what the guest had open.
    package func end() {
        current = nil
        files = FileTable()
    }

    /// The system of the guest that runs.
    var system: System {
        get throws(Failure) {
            guard let current else {
                throw .trap(.host("the guest asks for the system before it has one"))
            }
            return current
        }
    }

    /// Defines the functions in `linker`, for modules that are instantiated in `store`.
    package func define(in linker: Linker, _ store: Store) {
        for function in Preview1.functions {
            linker.define(
                module: Preview1.moduleName,
                name: function.name,
                .function(self.function(store, function))
            )
        }
    }

    private func function(_ store: Store, _ definition: Definition) -> Function {
        let body = definition.body
        return .host(store, definition.type, effect: definition.effect) {
            (caller: borrowing Caller) throws(Trap) in
            do throws(Failure) {
                try body(self)(caller)
                if !definition.type.results.isEmpty { caller.setI32(0, 0) }
            } catch {
                switch error {
                case .errno(let errno): caller.setI32(0, UInt32(errno.rawValue))
                case .trap(let trap): throw trap
                }
            }
        }
    }
}

// MARK: Results

extension Preview1 {
    /// What an operation of the file system gives, or its error.
    func get<Value>(
        _ body: () throws(Trap) -> Result<Value, FilesystemErrorCode>
    ) throws(Failure) -> Value {
        let result = try trapping(body)
        switch result {
        case .success(let value): return value
        case .failure(let code): throw .errno(Errno(code))
        }
    }

    /// What a body gives whose only errors are traps.
    func trapping<Value>(_ body: () throws(Trap) -> Value) throws(Failure) -> Value {
        do throws(Trap) {
            return try body()
        } catch {
            throw .trap(error)
        }
    }
}
