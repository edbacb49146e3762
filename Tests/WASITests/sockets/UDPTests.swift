import Testing
import Wasm

@testable import WASI

@Suite("wasi:sockets/udp") struct UDPSocketTests {
    let guests: Guests

    init() throws {
        guests = try Guests()
        guests.configuration.network = try NetworkPolicy(["127.0.0.1", "localhost"])
    }

    static func bound(_ system: System) throws(Trap) -> (UDPSocket, IPSocketAddress) {
        guard let socket = UDPSocket.create(.ipv4, system).value,
            socket.startBind(system.network, .local(0)).error == nil,
            socket.finishBind().error == nil, let local = socket.localAddress().value
        else { throw .host("there is no socket") }
        return (socket, local)
    }

    @Test func datagrams() throws {
        try guests.result { (system) throws(Trap) in
            let (first, firstAddress) = try Self.bound(system)
            let (second, secondAddress) = try Self.bound(system)
            guard let one = first.stream(nil).value, let two = second.stream(firstAddress).value
            else {
                Issue.record("it could not be made")
                return
            }
            #expect(one.incoming.receive(5).value == [])
            #expect(first.remoteAddress().error == .invalidState)
            #expect(second.remoteAddress().value == firstAddress)
            #expect((one.outgoing.checkSend().value ?? 0) > 0)
            let sent = try one.outgoing.send([
                OutgoingDatagram(data: [1], remoteAddress: secondAddress),
                OutgoingDatagram(data: [], remoteAddress: secondAddress),
                OutgoingDatagram(data: [3, 3], remoteAddress: secondAddress),
            ])
            #expect(sent.value == 3)
            try system.task.block(on: two.incoming.subscribe())
            let received = two.incoming.receive(2).value ?? []
            #expect(received.map(\.data) == [[1], []])
            #expect(received.allSatisfy { $0.remoteAddress == firstAddress })
            #expect(two.incoming.receive(9).value?.map(\.data) == [[3, 3]])
            _ = two.outgoing.checkSend()
            #expect(try two.outgoing.send([OutgoingDatagram(data: [9])]).value == 1)
            try system.task.block(on: one.incoming.subscribe())
            #expect(one.incoming.receive(9).value?.map(\.data) == [[9]])
        }
    }

    @Test func mistakes() throws {
        try guests.result { (system) throws(Trap) in
            guard let fresh = UDPSocket.create(.ipv4, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(fresh.stream(nil).error == .invalidState)
            #expect(fresh.finishBind().error == .notInProgress)
            #expect(fresh.localAddress().error == .invalidState)
            #expect(fresh.startBind(Network(.none), .local(0)).error == .accessDenied)
            let six = IPSocketAddress(.ipv6(0, 1), port: 0)
            #expect(fresh.startBind(system.network, six).error == .invalidArgument)
            let (socket, local) = try Self.bound(system)
            #expect(socket.startBind(system.network, .local(0)).error == .invalidState)
            #expect(socket.stream(.local(0)).error == .invalidArgument)
            #expect(socket.stream(six).error == .invalidArgument)
            let far = IPSocketAddress(.ipv4(0x0808_0808), port: 53)
            #expect(socket.stream(far).error == .accessDenied)
            guard let open = socket.stream(nil).value else {
                Issue.record("it could not be made")
                return
            }
            func send(_ datagrams: OutgoingDatagram...) throws(Trap) -> Result<
                UInt64, NetworkErrorCode
            > {
                _ = open.outgoing.checkSend()
                return try open.outgoing.send(datagrams)
            }
            #expect(try send(OutgoingDatagram(data: [1])).error == .invalidArgument)
            #expect(
                try send(OutgoingDatagram(data: [1], remoteAddress: far)).error == .accessDenied
            )
            let large = OutgoingDatagram(
                data: [UInt8](repeating: 0, count: 70_000),
                remoteAddress: local
            )
            #expect(try send(large).error == .datagramTooLarge)
            let good = OutgoingDatagram(data: [1], remoteAddress: local)
            #expect(try send(good, large, good).value == 1, "what was sent is told first")
            #expect(try send().value == 0)
            guard let tied = socket.stream(.local(9)).value else {
                Issue.record("it could not be made")
                return
            }
            _ = tied.outgoing.checkSend()
            #expect(try tied.outgoing.send([good]).error == .invalidArgument)
            #expect(open.outgoing.checkSend().error == .invalidState, "it has other streams now")
            #expect(open.incoming.receive(1).error == .invalidState)
        }
    }

    @Test func sendingMoreThanWasPermittedTraps() throws {
        let ending = try guests.run { (system) throws(Trap) in
            let (socket, local) = try Self.bound(system)
            guard let streams = socket.stream(nil).value else {
                Issue.record("it could not be made")
                return
            }
            let datagram = OutgoingDatagram(data: [1], remoteAddress: local)
            _ = try streams.outgoing.send([datagram])
        }
        #expect(ending.trap?.kind == .host)
    }

    @Test func options() throws {
        try guests.result { (system) throws(Trap) in
            guard let socket = UDPSocket.create(.ipv6, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(socket.setUnicastHopLimit(9).error == nil)
            #expect(socket.unicastHopLimit().value == 9)
            #expect(socket.setUnicastHopLimit(0).error == .invalidArgument)
            #expect(socket.setReceiveBufferSize(65_536).error == nil)
            #expect(socket.receiveBufferSize().value == 65_536)
            #expect(socket.setSendBufferSize(0).error == .invalidArgument)
            #expect(socket.addressFamily == .ipv6)
            #expect(socket.subscribe().isReady)
        }
    }
}

@Suite("wasi:sockets/ip-name-lookup") struct LookUpTests {
    let guests: Guests

    init() throws {
        guests = try Guests()
        guests.configuration.network = try NetworkPolicy(["localhost:80", "no-such-host.invalid"])
    }

    @Test func aNameThatIsAllowedOpensItsAddresses() throws {
        try guests.result { (system) throws(Trap) in
            let address = IPSocketAddress.local(80)
            let socket = TCPSocket.create(.ipv4, system).value
            #expect(socket?.startConnect(system.network, address).error == .accessDenied)
            guard
                let stream = ResolveAddressStream.resolveAddresses(
                    system.network,
                    "LocalHost",
                    system
                ).value
            else {
                Issue.record("it could not be made")
                return
            }
            #expect(stream.resolveNextAddress().error == .wouldBlock)
            try system.task.block(on: stream.subscribe())
            var found: [IPAddress] = []
            while let next = stream.resolveNextAddress().value ?? nil { found.append(next) }
            #expect(found.contains(.ipv4(0x7F00_0001)))
            #expect(Set(found).count == found.count)
            #expect(socket?.startConnect(system.network, address).error == nil)
            let other = TCPSocket.create(.ipv4, system).value
            #expect(other?.startConnect(system.network, .local(81)).error == .accessDenied)
        }
    }

    @Test func addressesAndMistakes() throws {
        try guests.result { (system) throws(Trap) in
            func resolve(_ name: String) -> Result<ResolveAddressStream, NetworkErrorCode> {
                ResolveAddressStream.resolveAddresses(system.network, name, system)
            }
            let literal = resolve("1.2.3.4").value
            #expect(literal?.resolveNextAddress().value == .some(.some(.ipv4(0x0102_0304))))
            #expect(literal?.resolveNextAddress().value == .some(nil))
            #expect(resolve("::ffff:1.2.3.4").error == .invalidArgument)
            #expect(resolve("").error == .invalidArgument)
            #expect(resolve("a b").error == .invalidArgument)
            #expect(resolve("example.com").error == .accessDenied)
            guard let missing = resolve("no-such-host.invalid").value else {
                Issue.record("it could not be made")
                return
            }
            try system.task.block(on: missing)
            let error = missing.resolveNextAddress().error
            #expect(error == .nameUnresolvable || error == .temporaryResolverFailure)
        }
    }

    @Test func lookUpsAreLimited() throws {
        let counts = try guests.result { (system) throws(Trap) in
            var streams: [ResolveAddressStream] = []
            var error: NetworkErrorCode?
            while error == nil {
                let result = ResolveAddressStream.resolveAddresses(
                    system.network,
                    "localhost",
                    system
                )
                if let stream = result.value { streams.append(stream) }
                error = result.error
            }
            let count = streams.count
            // What nobody waits for any more counts until it is over.
            streams = []
            let left = system.lookUpCount
            while system.lookUpCount > 0 {
                try system.task.block(on: system.monotonicClock.subscribeDuration(1_000_000))
            }
            return (count, error, left)
        }
        #expect(counts.0 == WASILimits.lookUps)
        #expect(counts.1 == .temporaryResolverFailure)
        #expect(counts.2 == WASILimits.lookUps)
    }
}
