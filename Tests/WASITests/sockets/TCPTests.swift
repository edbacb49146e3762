import Glibc
import Testing
import Wasm

@testable import WASI

extension IPSocketAddress {
    static func local(_ port: UInt16) -> IPSocketAddress {
        IPSocketAddress(.ipv4(0x7F00_0001), port: port)
    }
}

@Suite("wasi:sockets/tcp") struct TCPSocketTests {
    let guests: Guests

    init() throws {
        guests = try Guests()
        guests.configuration.network = try NetworkPolicy(["127.0.0.0/8", "::1"])
    }

    /// A socket that listens on a port that the system chose, and its address.
    static func listener(
        _ system: System,
        _ address: IPSocketAddress = .local(0)
    ) throws(Trap) -> (TCPSocket, IPSocketAddress) {
        guard let socket = TCPSocket.create(address.address.family, system).value,
            socket.startBind(system.network, address).error == nil,
            socket.finishBind().error == nil, socket.startListen().error == nil,
            socket.finishListen().error == nil, let local = socket.localAddress().value
        else { throw .host("there is no listener") }
        return (socket, local)
    }

    static func connect(
        _ system: System,
        _ remote: IPSocketAddress
    ) throws(Trap) -> (socket: TCPSocket, input: InputStream, output: OutputStream) {
        guard let socket = TCPSocket.create(remote.address.family, system).value,
            socket.startConnect(system.network, remote).error == nil
        else { throw .host("there is no socket") }
        try system.task.block(on: socket.subscribe())
        guard let streams = socket.finishConnect().value else { throw .host("no connection") }
        return (socket, streams.input, streams.output)
    }

    static func accept(
        _ listener: TCPSocket,
        _ system: System
    ) throws(Trap) -> (socket: TCPSocket, input: InputStream, output: OutputStream) {
        try system.task.block(on: listener.subscribe())
        guard let accepted = listener.accept().value else { throw .host("nobody connected") }
        return accepted
    }

    @Test(arguments: [
        IPSocketAddress.local(0), IPSocketAddress(.ipv6(0, 1), port: 0),
    ]) func bytesGoBothWays(_ address: IPSocketAddress) throws {
        let contents = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 / 11) }
        let echo = try guests.result { (system) throws(Trap) in
            let task = system.task
            let (listener, local) = try Self.listener(system, address)
            #expect(listener.accept().error == .wouldBlock)
            let client = try Self.connect(system, local)
            let server = try Self.accept(listener, system)
            #expect(client.socket.remoteAddress().value == local)
            #expect(server.socket.remoteAddress().value == client.socket.localAddress().value)
            #expect(server.socket.addressFamily == address.address.family)
            #expect(client.input.read(1).value == [])
            var received: [UInt8] = []
            var sent = 0
            while received.count < contents.count {
                if sent < contents.count, case .success(let room) = client.output.checkWrite(),
                    room > 0
                {
                    let end = min(sent + Int(room), contents.count)
                    _ = try unsafe client.output.write(contents.span.bytes.extracting(sent..<end))
                    sent = end
                }
                if sent == contents.count { _ = client.socket.shutdown(.send) }
                received += server.input.read(100_000).value ?? []
                try task.yield()
            }
            #expect(try server.input.blockingRead(1, on: task).error?.isClosed == true)
            #expect(client.output.checkWrite().error?.isClosed == true)
            _ = try server.output.blockingWriteAndFlush(bytes("bye"), on: task)
            #expect(try client.input.blockingRead(9, on: task).value == bytes("bye"))
            #expect(client.socket.shutdown(.both).error == nil)
            #expect(client.socket.shutdown(.both).error == nil)
            #expect(client.input.read(1).error?.isClosed == true)
            return received
        }
        #expect(echo == contents)
    }

    @Test func theStatesOfASocket() throws {
        try guests.result { (system) throws(Trap) in
            let network = system.network
            guard let socket = TCPSocket.create(.ipv4, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(socket.finishBind().error == .notInProgress)
            #expect(socket.finishConnect().error == .notInProgress)
            #expect(socket.finishListen().error == .notInProgress)
            #expect(socket.startListen().error == .invalidState)
            #expect(socket.accept().error == .invalidState)
            #expect(socket.localAddress().error == .invalidState)
            #expect(socket.remoteAddress().error == .invalidState)
            #expect(socket.shutdown(.send).error == .invalidState)
            #expect(socket.startBind(network, .local(0)).error == nil)
            #expect(socket.localAddress().error == .invalidState)
            #expect(socket.startBind(network, .local(0)).error == .concurrencyConflict)
            #expect(socket.startConnect(network, .local(1)).error == .concurrencyConflict)
            #expect(socket.finishBind().error == nil)
            #expect(socket.startBind(network, .local(0)).error == .invalidState)
            #expect((socket.localAddress().value?.port ?? 0) > 0)
            #expect(socket.startListen().error == nil)
            #expect(!socket.isListening)
            #expect(socket.startListen().error == .concurrencyConflict)
            #expect(socket.finishListen().error == nil)
            #expect(socket.isListening)
            #expect(socket.startListen().error == .invalidState)
            #expect(socket.startConnect(network, .local(1)).error == .invalidState)
            #expect(socket.setListenBacklogSize(0).error == .invalidArgument)
            #expect(socket.setListenBacklogSize(.max).error == nil)
            guard let local = socket.localAddress().value else {
                Issue.record("it could not be made")
                return
            }
            let client = try Self.connect(system, local).socket
            #expect(client.startConnect(network, local).error == .invalidState)
            #expect(client.setListenBacklogSize(5).error == .invalidState)
            #expect(client.startListen().error == .invalidState)
            let other = TCPSocket.create(.ipv4, system).value
            #expect(other?.startBind(network, local).error == .addressInUse)
        }
    }

    @Test func addressesThatASocketCannotHave() throws {
        try guests.result { (system) throws(Trap) in
            let network = system.network
            guard let four = TCPSocket.create(.ipv4, system).value,
                let six = TCPSocket.create(.ipv6, system).value
            else {
                Issue.record("it could not be made")
                return
            }
            let mapped = IPSocketAddress(.ipv6(0, 0xFFFF_7F00_0001), port: 1)
            let group = IPSocketAddress(.ipv4(0xE000_0001), port: 1)
            #expect(four.startBind(network, mapped).error == .invalidArgument)
            #expect(six.startBind(network, mapped).error == .invalidArgument)
            #expect(six.startBind(network, .local(0)).error == .invalidArgument)
            #expect(four.startBind(network, group).error == .invalidArgument)
            #expect(
                four.startBind(network, IPSocketAddress(.ipv4(.max), port: 1)).error
                    == .invalidArgument
            )
            #expect(four.startConnect(network, .local(0)).error == .invalidArgument)
            #expect(four.startConnect(network, group).error == .invalidArgument)
            #expect(
                four.startConnect(network, IPSocketAddress(.ipv4(0), port: 1)).error
                    == .invalidArgument
            )
            #expect(six.startConnect(network, mapped).error == .invalidArgument)
            #expect(four.startBind(network, .local(0)).error == nil)
            #expect(four.finishBind().error == nil)
            let another = Network(system.configuration.network)
            #expect(four.startConnect(another, .local(9)).error == .invalidArgument)
        }
    }

    @Test func aRefusedConnectionClosesTheSocket() throws {
        try guests.result { (system) throws(Trap) in
            let port: UInt16
            do {
                guard let socket = TCPSocket.create(.ipv4, system).value,
                    socket.startBind(system.network, .local(0)).error == nil,
                    socket.finishBind().error == nil, let local = socket.localAddress().value
                else {
                    Issue.record("it could not be made")
                    return
                }
                port = local.port
            }
            guard let socket = TCPSocket.create(.ipv4, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(socket.startConnect(system.network, .local(port)).error == nil)
            try system.task.block(on: socket.subscribe())
            #expect(socket.finishConnect().error == .connectionRefused)
            #expect(socket.finishConnect().error == .notInProgress)
            #expect(socket.startConnect(system.network, .local(port)).error == .invalidState)
            #expect(socket.keepAliveEnabled().error == .invalidState)
        }
    }

    @Test func aResetIsAnError() throws {
        try guests.result { (system) throws(Trap) in
            let (listener, local) = try Self.listener(system)
            let client = try Self.connect(system, local)
            do {
                let server = try Self.accept(listener, system)
                // It is closed with what was sent to it unread.
                _ = try client.output.blockingWriteAndFlush([1, 2, 3], on: system.task)
                try system.task.block(on: server.input)
            }
            let error = try client.input.blockingRead(1, on: system.task).error?.failure
            #expect(error.flatMap { NetworkErrorCode($0) } == .connectionReset)
            #expect(error.flatMap { FilesystemErrorCode($0) } == nil)
        }
    }

    @Test func whatIsNotAllowedIsDenied() throws {
        guests.configuration.network = try NetworkPolicy(["127.0.0.1:9"])
        try guests.result { (system) throws(Trap) in
            let network = system.network
            guard let socket = TCPSocket.create(.ipv4, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(socket.startConnect(network, .local(10)).error == .accessDenied)
            #expect(
                socket.startConnect(network, IPSocketAddress(.ipv4(0x0808_0808), port: 9)).error
                    == .accessDenied
            )
            #expect(socket.startBind(network, .local(80)).error == .accessDenied)
            #expect(socket.startBind(network, .local(0)).error == nil)
            #expect(socket.finishBind().error == nil)
            #expect(socket.startListen().error == .accessDenied)
            #expect(socket.startConnect(network, .local(9)).error == nil)
            guard let none = TCPSocket.create(.ipv4, system).value else {
                Issue.record("it could not be made")
                return
            }
            #expect(none.startBind(Network(.none), .local(0)).error == .accessDenied)
        }
    }

    @Test func options() throws {
        try guests.result { (system) throws(Trap) in
            for family in [IPAddressFamily.ipv4, .ipv6] {
                guard let socket = TCPSocket.create(family, system).value else {
                    Issue.record("it could not be made")
                    return
                }
                #expect(socket.keepAliveEnabled().value == false)
                #expect(socket.setKeepAliveEnabled(true).error == nil)
                #expect(socket.keepAliveEnabled().value == true)
                #expect(socket.setKeepAliveIdleTime(1).error == nil)
                #expect(socket.keepAliveIdleTime().value == 1_000_000_000)
                #expect(socket.setKeepAliveInterval(.max).error == nil)
                #expect(socket.keepAliveInterval().value == 32_767_000_000_000)
                #expect(socket.setKeepAliveCount(1_000).error == nil)
                #expect(socket.keepAliveCount().value == 127)
                #expect(socket.setHopLimit(7).error == nil)
                #expect(socket.hopLimit().value == 7)
                #expect(socket.setReceiveBufferSize(65_536).error == nil)
                #expect(socket.receiveBufferSize().value == 65_536)
                #expect(socket.setSendBufferSize(.max).error == nil)
                #expect((socket.sendBufferSize().value ?? 0) > 0)
                for zero in [
                    socket.setKeepAliveIdleTime(0), socket.setKeepAliveInterval(0),
                    socket.setKeepAliveCount(0), socket.setHopLimit(0),
                    socket.setReceiveBufferSize(0), socket.setSendBufferSize(0),
                ] {
                    #expect(zero.error == .invalidArgument)
                }
            }
        }
    }

    @Test func socketsAreLimited() throws {
        let counts = try guests.result { (system) throws(Trap) in
            var sockets: [TCPSocket] = []
            while let socket = TCPSocket.create(.ipv4, system).value { sockets.append(socket) }
            let error = UDPSocket.create(.ipv4, system).error
            let count = sockets.count
            sockets = []
            return (count, error, system.socketCount)
        }
        #expect(counts.0 == WASILimits.sockets)
        #expect(counts.1 == .newSocketLimit)
        #expect(counts.2 == 0)
    }
}
