import ComponentModel
import Wasm

// The functions of wasi:sockets/udp and wasi:sockets/udp-create-socket, by their names.

extension UDPSocket: TableResource {
    package static let resourceType = HostResourceType("udp-socket", of: UDPSocket.self)
}

extension IncomingDatagramStream: TableResource {
    package static let resourceType = HostResourceType(
        "incoming-datagram-stream", of: IncomingDatagramStream.self)
}

extension OutgoingDatagramStream: TableResource {
    package static let resourceType = HostResourceType(
        "outgoing-datagram-stream", of: OutgoingDatagramStream.self)
}

/// Defines wasi:sockets/udp and wasi:sockets/udp-create-socket.
func defineUDP(in linker: ComponentLinker) {
    let create = linker.instance("wasi:sockets/udp-create-socket@0.2.12")
    create.define("network", resource: Network.resourceType)
    create.define("udp-socket", resource: UDPSocket.resourceType)
    create.define("create-udp-socket", effect: .resource) {
        (call, family: IPAddressFamily) throws(Trap) in
        try call.push(UDPSocket.create(family, try call.wasi.system))
    }
    let udp = linker.instance("wasi:sockets/udp@0.2.12")
    udp.define("pollable", resource: PollableResource.resourceType)
    udp.define("network", resource: Network.resourceType)
    udp.define("udp-socket", resource: UDPSocket.resourceType)
    udp.define("incoming-datagram-stream", resource: IncomingDatagramStream.resourceType)
    udp.define("outgoing-datagram-stream", resource: OutgoingDatagramStream.resourceType)
    defineBinding(in: udp)
    defineAddresses(in: udp)
    defineSizes(in: udp)
    defineDatagrams(in: udp)
}

private func defineBinding(in udp: InstanceDefinition) {
    udp.define("[method]udp-socket.start-bind") {
        (call, this: Borrow<UDPSocket>, network: Borrow<Network>, local: IPSocketAddress)
            throws(Trap) in
        networkResult(try call.get(this).startBind(try call.get(network), local))
    }
    udp.define("[method]udp-socket.finish-bind") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).finishBind())
    }
    udp.define("[method]udp-socket.stream") {
        (call, this: Borrow<UDPSocket>, remote: IPSocketAddress?) throws(Trap)
            -> NetworkResult<Tuple2<Own<IncomingDatagramStream>, Own<OutgoingDatagramStream>>> in
        switch try call.get(this).stream(remote) {
        case .success(let streams):
            let incoming = try call.push(streams.incoming, childOf: this)
            return .ok(Tuple2(incoming, try call.push(streams.outgoing, childOf: this)))
        case .failure(let code): return .error(code)
        }
    }
    udp.define("[method]udp-socket.subscribe") { (call, this: Borrow<UDPSocket>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
}

private func defineAddresses(in udp: InstanceDefinition) {
    udp.define("[method]udp-socket.local-address") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).localAddress())
    }
    udp.define("[method]udp-socket.remote-address") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).remoteAddress())
    }
    udp.define("[method]udp-socket.address-family") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        try call.get(this).addressFamily
    }
}

private func defineSizes(in udp: InstanceDefinition) {
    udp.define("[method]udp-socket.unicast-hop-limit") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).unicastHopLimit())
    }
    udp.define("[method]udp-socket.set-unicast-hop-limit") {
        (call, this: Borrow<UDPSocket>, value: UInt8) throws(Trap) in
        networkResult(try call.get(this).setUnicastHopLimit(value))
    }
    udp.define("[method]udp-socket.receive-buffer-size") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).receiveBufferSize())
    }
    udp.define("[method]udp-socket.set-receive-buffer-size") {
        (call, this: Borrow<UDPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setReceiveBufferSize(value))
    }
    udp.define("[method]udp-socket.send-buffer-size") {
        (call, this: Borrow<UDPSocket>) throws(Trap) in
        networkResult(try call.get(this).sendBufferSize())
    }
    udp.define("[method]udp-socket.set-send-buffer-size") {
        (call, this: Borrow<UDPSocket>, value: UInt64) throws(Trap) in
        networkResult(try call.get(this).setSendBufferSize(value))
    }
}

private func defineDatagrams(in udp: InstanceDefinition) {
    udp.define("[method]incoming-datagram-stream.receive") {
        (call, this: Borrow<IncomingDatagramStream>, most: UInt64) throws(Trap) in
        networkResult(try call.get(this).receive(most))
    }
    udp.define("[method]incoming-datagram-stream.subscribe") {
        (call, this: Borrow<IncomingDatagramStream>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
    udp.define("[method]outgoing-datagram-stream.check-send") {
        (call, this: Borrow<OutgoingDatagramStream>) throws(Trap) in
        networkResult(try call.get(this).checkSend())
    }
    udp.define("[method]outgoing-datagram-stream.send") {
        (call, this: Borrow<OutgoingDatagramStream>, datagrams: [LiftedDatagram]) throws(Trap) in
        let stream = try call.get(this)
        // Nothing is copied of more than may be sent.
        try stream.checkPermit(datagrams.count)
        var copies: [OutgoingDatagram] = []
        for datagram in datagrams {
            let list = datagram.data.prefix(WASILimits.datagramBytes + 1)
            let data = try call.withBytes(list) { (bytes) throws(Trap) in ByteArray(bytes).bytes }
            copies.append(OutgoingDatagram(data: data, remoteAddress: datagram.remoteAddress))
        }
        return networkResult(try stream.send(copies))
    }
    udp.define("[method]outgoing-datagram-stream.subscribe") {
        (call, this: Borrow<OutgoingDatagramStream>) throws(Trap) in
        try call.push(PollableResource(try call.get(this).subscribe()), childOf: this)
    }
}
