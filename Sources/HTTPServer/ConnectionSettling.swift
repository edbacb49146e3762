// What follows each event of a connection: write, read on, choose what to wait for, keep time, end.
//
// Unsafe here: the output's bytes, lent to the socket for one call.
import Glibc
import HTTP
import Reactor

extension Connection {
    /// Writes what there is, reads on if it may, and sets what to wait for.
    func settle() {
        if let engine, case .open = phase {
            engine.produce()
            if !output.isEmpty { flush(engine) }
            if !input.isEmpty, engine.wantsInput {
                feed()
                engine.produce()
                if !output.isEmpty { flush(engine) }
                if !input.isEmpty, engine.wantsInput { queue() }
            }
            if engine.isClosing, output.isEmpty { finish(engine) }
        }
        if case .closed = phase { return }
        if isHeldBack, engine?.wantsInput ?? false {
            isHeldBack = false
            readsAgain = true
        }
        if readsAgain { queue() }
        setInterest()
        armTimer()
    }

    private func flush(_ engine: any Engine) {
        var left = limits.connectionOutput
        while left > 0, !isWriteBlocked, !output.queue.isEmpty {
            let more = output.file != nil
            let result = unsafe output.queue.withBytes {
                unsafe socket.write($0, moreFollows: more)
            }
            guard let count = moved(result) else { return }
            guard count > 0 else { break }
            output.queue.consume(count)
            left -= count
            if !output.queue.isEmpty, socket.tls == nil {
                isWriteBlocked = true
            } else {
                tellDrained(engine)
            }
        }
        if output.queue.isEmpty { sendFile(engine) }
        if !output.isEmpty, !isWriteBlocked { queue() }
        noteWaiting()
    }

    /// Sends what is to be sent of a file in this turn.
    private func sendFile(_ engine: any Engine) {
        var left = limits.fileBytes
        while left > 0, !isWriteBlocked, output.queue.isEmpty, let part = output.file {
            guard let count = moved(socket.sendFile(part, limit: left)) else { return }
            guard count > 0 else { return }
            left -= count
            output.file?.consume(count)
            if output.file?.length == 0 { output.file = nil }
            tellDrained(engine)
        }
    }

    /// Notes how writing went: the bytes that were taken, none where the socket is full; nil where the
    /// connection is to be left alone.
    private func moved(_ result: IOResult) -> Int? {
        switch result {
        case .moved(let count):
            writtenInPeriod &+= UInt64(count)
            lastActive = now
            return count
        case .blocked:
            isWriteBlocked = true
            return 0
        case .blockedOnOther: return nil
        // A file that has become shorter: the client sees that the response is incomplete.
        case .ended, .failed:
            close(.clientGone)
            return nil
        }
    }

    private func tellDrained(_ engine: any Engine) {
        engine.outputDrained()
        engine.produce()
    }

    /// Opens a period for the client to take something in, or ends it.
    private func noteWaiting() {
        guard !output.isEmpty else { return writeSince = nil }
        guard writeSince == nil else { return }
        writeSince = now
        writtenInPeriod = 0
    }

    /// All is written and the protocol is done.
    private func finish(_ engine: any Engine) {
        if engine.isAborted {
            socket.prepareReset()
            return close(.clientGone)
        }
        guard engine.lingers || !input.isEmpty, !isAtEnd else {
            socket.tls?.shutdown()
            return close(.clientGone)
        }
        socket.shutWriting()
        input.removeAll()
        phase = .lingering
        lingerSince = now
        lingered = 0
    }

    private func setInterest() {
        var wanted = Readiness.nothing
        switch phase {
        case .proxyHeader, .unknownProtocol: wanted = .readable
        case .lingering: wanted = .readable
        case .handshake: wanted = isHandshakeWriting ? .writable : .readable
        case .open:
            if engine?.wantsInput ?? false, input.count < limits.bufferBytes { wanted = .readable }
            if isWriteBlocked { wanted = wanted.with(.writable) }
        case .closed: return
        }
        if isAtEnd { wanted = wanted.without(.readable) }
        let isMissing = !interest.covers(wanted)
        let isSuperfluous = isUnwanted || (interest.has(.writable) && !wanted.has(.writable))
        guard isMissing || isSuperfluous, let registration else { return }
        if !isUnwanted, !isAtEnd { wanted = wanted.with(.peerClosed) }
        isUnwanted = false
        guard wanted.rawValue != interest.rawValue else { return }
        interest = wanted
        worker.loop.rewatch(socket.descriptor, wanted, registration)
    }

    func queue() {
        guard !isQueued else { return }
        isQueued = true
        worker.loop.runAtEndOfTurn(self)
    }

    // MARK: Time

    private var deadline: UInt64 {
        switch phase {
        case .proxyHeader, .handshake: return accepted + UInt64(limits.handshakeTimeout)
        case .unknownProtocol: return min(accepted + UInt64(limits.headTimeout), worker.drainEnd)
        case .open:
            let own = writeSince.map { $0 + UInt64(limits.writeTimeout) } ?? .max
            return min(own, engine?.deadline ?? .max)
        case .lingering: return lingerSince + UInt64(limits.lingerTimeout)
        case .closed: return .max
        }
    }

    /// Schedules a timer unless one that comes no later is scheduled already: deadlines mostly move
    /// away, and a timer that comes too early only schedules the next.
    func armTimer() {
        let due = deadline
        guard due < timerDue else { return }
        if let timer { worker.loop.cancel(timer) }
        timerDue = due
        timer = worker.loop.schedule(Instant(nanoseconds: due &* 1_000_000), self)
    }

    func timerFired(_ timer: TimerID) {
        self.timer = nil
        timerDue = .max
        isBusy = true
        if now >= deadline { timedOut() }
        settle()
        isBusy = false
    }

    private func timedOut() {
        switch phase {
        case .proxyHeader, .handshake, .unknownProtocol, .lingering: close(.timedOut)
        case .open:
            if let writeSince, now >= writeSince + UInt64(limits.writeTimeout) {
                guard writtenInPeriod >= limits.writeProgressBytes else { return close(.timedOut) }
                self.writeSince = now
                writtenInPeriod = 0
            }
            engine?.deadlineReached()
        case .closed: break
        }
    }

    // MARK: Ending

    func drain() {
        engine?.drain()
        queue()
    }

    /// Ends the connection at once.
    func close(_ reason: Cancellation) {
        if case .closed = phase { return }
        phase = .closed
        if let timer { worker.loop.cancel(timer) }
        timer = nil
        if let engine {
            engine.connectionLost(reason)
            engine.delegate = nil
        }
        engine = nil
        if let registration { worker.loop.forget(registration) }
        registration = nil
        socket.tls = nil
        Glibc.close(socket.descriptor)
        worker.remove(self)
    }
}
