import ComponentModel

/// A result with nothing in it where it is a success, and a value where it is not.
typealias Outcome<Err: ComponentValue> = ComponentResult<Unit, Err>

extension ComponentResult where Ok == Unit {
    /// What a result of Swift says.
    init(_ result: Result<Void, Err>) where Err: Error {
        switch result {
        case .success: self = .ok(Unit())
        case .failure(let error): self = .error(error)
        }
    }
}

extension ComponentResult where Ok == Unit, Err == Unit {
    /// Success where something was done.
    init(done isDone: Bool) { self = isDone ? .ok(Unit()) : .error(Unit()) }
}

extension ComponentResult where Err == Unit {
    /// Success where there is a value.
    init(_ value: Ok?) {
        if let value { self = .ok(value) } else { self = .error(Unit()) }
    }
}
