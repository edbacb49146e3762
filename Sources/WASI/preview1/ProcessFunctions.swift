// Arguments, environment, clocks, randomness, and the end of a process.

import Wasm

extension Preview1 {
    // MARK: Arguments and environment

    func argsGet(_ caller: borrowing Caller) throws(Failure) {
        try put(try system.configuration.environment.arguments, caller)
    }

    func argsSizesGet(_ caller: borrowing Caller) throws(Failure) {
        try putSizes(try system.configuration.environment.arguments, caller)
    }

    func environGet(_ caller: borrowing Caller) throws(Failure) {
        try put(try system.configuration.environment.assignments, caller)
    }

    func environSizesGet(_ caller: borrowing Caller) throws(Failure) {
        try putSizes(try system.configuration.environment.assignments, caller)
    }

    /// Writes strings, each with a zero behind it, and a pointer to each.
    private func put(_ strings: [String], _ caller: borrowing Caller) throws(Failure) {
        var pointer = caller.pointer(0)
        var address = caller.pointer(1)
        for string in strings {
            try caller.store(UInt32(truncatingIfNeeded: address), pointer)
            try caller.write((Array(string.utf8) + [0])[...], address)
            pointer += 4
            address += UInt64(string.utf8.count) + 1
        }
    }

    /// Writes how many strings there are, and how many bytes they take.
    private func putSizes(_ strings: [String], _ caller: borrowing Caller) throws(Failure) {
        let bytes = strings.reduce(0) { $0 + $1.utf8.count + 1 }
        guard let count = UInt32(exactly: strings.count), let bytes = UInt32(exactly: bytes) else {
            throw .errno(.overflow)
        }
        try caller.store(count, caller.pointer(0))
        try caller.store(bytes, caller.pointer(1))
    }

    // MARK: Clocks

    /// The clocks that a guest may read.
    /// Spec: wasi_snapshot_preview1#clockid
    enum Clock: UInt32 {
        case realtime
        case monotonic

        /// `badf` for the processor's clocks, which no guest has; `inval` for what is no clock.
        init(_ number: UInt32) throws(Failure) {
            guard let clock = Clock(rawValue: number) else {
                throw .errno(number <= 3 ? .badf : .inval)
            }
            self = clock
        }
    }

    func clockResGet(_ caller: borrowing Caller) throws(Failure) {
        let system = try system
        let nanoseconds: UInt64? =
            switch try Clock(caller.i32(0)) {
            case .realtime: system.wallClock.resolution.timestamp
            case .monotonic: system.monotonicClock.resolution
            }
        guard let nanoseconds else { throw .errno(.overflow) }
        try caller.store(nanoseconds, caller.pointer(1))
    }

    func clockTimeGet(_ caller: borrowing Caller) throws(Failure) {
        let system = try system
        let nanoseconds: UInt64? =
            switch try Clock(caller.i32(0)) {
            case .realtime: system.wallClock.now.timestamp
            case .monotonic: system.monotonicClock.now
            }
        guard let nanoseconds else { throw .errno(.overflow) }
        try caller.store(nanoseconds, caller.pointer(2))
    }

    // MARK: Randomness

    func randomGet(_ caller: borrowing Caller) throws(Failure) {
        let task = try system.task
        let count = UInt64(caller.i32(1))
        let address = caller.pointer(0)
        try caller.check(address, Int(count))
        var done: UInt64 = 0
        while done < count {
            let piece = min(count - done, UInt64(WASILimits.randomBytes))
            let bytes = try trapping { () throws(Trap) in try Random.bytes(piece) }
            try caller.write(bytes[...], address + done)
            done += piece
            // Much of it takes its time, which is not only this guest's.
            if done < count { try trapping { () throws(Trap) in try task.yield() } }
        }
    }

    // MARK: The process

    func procExit(_ caller: borrowing Caller) throws(Failure) {
        let system = try system
        let status = ExitStatus(code: caller.i32(0))
        guard status.code < 126 else {
            throw .trap(.host("exit with the status \(status.code), which is not below 126"))
        }
        try trapping { () throws(Trap) in try system.exit(status) }
    }

    func procRaise(_ caller: borrowing Caller) throws(Failure) { throw .errno(.notsup) }

    func schedYield(_ caller: borrowing Caller) throws(Failure) {
        let task = try system.task
        try trapping { () throws(Trap) in try task.yield() }
    }
}

extension Environment {
    /// The variables as a process has them: NAME=VALUE.
    fileprivate var assignments: [String] { variables.map { "\($0.name)=\($0.value)" } }
}
