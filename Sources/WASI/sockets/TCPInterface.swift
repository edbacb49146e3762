import ComponentModel
import Wasm

// The functions of wasi:sockets/tcp and wasi:sockets/tcp-create-socket, by their names.

extension TCPSocket: TableResource {
    package static let resourceType = HostResourceType("tcp-socket", of: TCPSocket.self)
}

/// Defines wasi:sockets/tcp and wasi:sockets/tcp-create-socket.
func defineTCP(in linker: ComponentLinker) {
    let create = linker.instance("wasi:sockets/tcp-create-socket@0.2.12")
    create.define("network", resource: Network.resourceType)
    create.define("tcp-socket", resource: TCPSocket.resourceType)
    create.define("create-tcp-socket", effect: .resource) {
        (call, family: IPAddressFamily) throws(Trap) in
        try call.push(TCPSocket.create(family, try call.wasi.system))
    }
    let tcp = linker.instance("wasi:sockets/tcp@0.2.12")
    tcp.define("input-stream", resource: InputStream.resourceType)
    tcp.define("output-stream", resource: OutputStream.resourceType)
    tcp.define("pollable", resource: PollableResource.resourceType)
    tcp.define("network", resource: Network.resourceType)
    tcp.define("tcp-socket", resource: TCPSocket.resourceType)
    defineBinding(in: tcp)
    defineConnections(in: tcp)
    defineAddresses(in: tcp)
    defineKeepAlive(in: tcp)
    defineSizes(in: tcp)
}

private func defineBinding(in tcp: InstanceDefinition) {
    tcp.define("[method]tcp-socket.start-bind") {
        (call, this: Borrow<TCPSocket>, network: Borrow<Network>, local: IPSocketAddress)
            throws(Trap) in
        networkResult(try call.get(this).startBind(try call.get(network), local))
    }
    tcp.define("[method]tcp-socket.finish-bind") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).finishBind())
    }
    tcp.define("[method]tcp-socket.start-listen") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).startListen())
    }
    tcp.define("[method]tcp-socket.finish-listen") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).finishListen())
    }
    tcp.define("[method]tcp-socket.set-listen-backlog-size") {
        (call, this: Borrow<TCPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setListenBacklogSize(value))
    }
    tcp.define("[method]tcp-socket.is-listening") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        try call.get(this).isListening
    }
}

private func defineConnections(in tcp: InstanceDefinition) {
    tcp.define("[method]tcp-socket.start-connect") {
        (call, this: Borrow<TCPSocket>, network: Borrow<Network>, remote: IPSocketAddress)
            throws(Trap) in
        networkResult(try call.get(this).startConnect(try call.get(network), remote))
    }
    tcp.define("[method]tcp-socket.finish-connect") {
        (call, this: Borrow<TCPSocket>) throws(Trap)
            -> NetworkResult<Tuple2<Own<InputStream>, Own<OutputStream>>> in
        switch try call.get(this).finishConnect() {
        case .success(let streams):
            let input = try call.push(streams.input, childOf: this)
            return .ok(Tuple2(input, try call.push(streams.output, childOf: this)))
        case .failure(let code): return .error(code)
        }
    }
    tcp.define("[method]tcp-socket.accept") {
        (call, this: Borrow<TCPSocket>) throws(Trap)
            -> NetworkResult<Tuple3<Own<TCPSocket>, Own<InputStream>, Own<OutputStream>>> in
        switch try call.get(this).accept() {
        case .success(let accepted):
            let socket = try call.push(accepted.socket)
            let parent = Borrow<TCPSocket>(socket.rep)
            let input = try call.push(accepted.input, childOf: parent)
            return .ok(Tuple3(socket, input, try call.push(accepted.output, childOf: parent)))
        case .failure(let code): return .error(code)
        }
    }
    tcp.define("[method]tcp-socket.subscribe") { (call, this: Borrow<TCPSocket>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
    tcp.define("[method]tcp-socket.shutdown") {
        (call, this: Borrow<TCPSocket>, type: TCPSocket.ShutdownType) throws(Trap) in
        networkResult(try call.get(this).shutdown(type))
    }
}

private func defineAddresses(in tcp: InstanceDefinition) {
    tcp.define("[method]tcp-socket.local-address") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).localAddress())
    }
    tcp.define("[method]tcp-socket.remote-address") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).remoteAddress())
    }
    tcp.define("[method]tcp-socket.address-family") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        try call.get(this).addressFamily
    }
}

private func defineKeepAlive(in tcp: InstanceDefinition) {
    tcp.define("[method]tcp-socket.keep-alive-enabled") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).keepAliveEnabled())
    }
    tcp.define("[method]tcp-socket.set-keep-alive-enabled") {
        (call, this: Borrow<TCPSocket>, value: Bool) throws(Trap) in
        networkResult(try call.get(this).setKeepAliveEnabled(value))
    }
    tcp.define("[method]tcp-socket.keep-alive-idle-time") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).keepAliveIdleTime())
    }
    tcp.define("[method]tcp-socket.set-keep-alive-idle-time") {
        (call, this: Borrow<TCPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setKeepAliveIdleTime(value))
    }
    tcp.define("[method]tcp-socket.keep-alive-interval") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).keepAliveInterval())
    }
    tcp.define("[method]tcp-socket.set-keep-alive-interval") {
        (call, this: Borrow<TCPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setKeepAliveInterval(value))
    }
    tcp.define("[method]tcp-socket.keep-alive-count") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).keepAliveCount())
    }
    tcp.define("[method]tcp-socket.set-keep-alive-count") {
        (call, this: Borrow<TCPSocket>, value: UInt32) throws(Trap) in
        networkResult(try call.get(this).setKeepAliveCount(value))
    }
}

private func defineSizes(in tcp: InstanceDefinition) {
    tcp.define("[method]tcp-socket.hop-limit") { (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).hopLimit())
    }
    tcp.define("[method]tcp-socket.set-hop-limit") {
        (call, this: Borrow<TCPSocket>, value: UInt8) throws(Trap) in
        networkResult(try call.get(this).setHopLimit(value))
    }
    tcp.define("[method]tcp-socket.receive-buffer-size") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).receiveBufferSize())
    }
    tcp.define("[method]tcp-socket.set-receive-buffer-size") {
        (call, this: Borrow<TCPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setReceiveBufferSize(value))
    }
    tcp.define("[method]tcp-socket.send-buffer-size") {
        (call, this: Borrow<TCPSocket>) throws(Trap) in
        networkResult(try call.get(this).sendBufferSize())
    }
    tcp.define("[method]tcp-socket.set-send-buffer-size") {
        (call, this: Borrow<TCPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setSendBufferSize(value))
    }
}
