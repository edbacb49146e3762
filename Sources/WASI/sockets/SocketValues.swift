import ComponentModel
import Wasm

// The types of wasi:sockets as components pass them, with their labels.

extension NetworkErrorCode: ComponentEnum {
    package static let labels = [
        "unknown", "access-denied", "not-supported", "invalid-argument", "out-of-memory", "timeout",
        "concurrency-conflict", "not-in-progress", "would-block", "invalid-state",
        "new-socket-limit", "address-not-bindable", "address-in-use", "remote-unreachable",
        "connection-refused", "connection-reset", "connection-aborted", "datagram-too-large",
        "name-unresolvable", "temporary-resolver-failure", "permanent-resolver-failure",
    ]
}

extension IPAddressFamily: ComponentEnum {
    package static let labels = ["ipv4", "ipv6"]
}

extension TCPSocket.ShutdownType: ComponentEnum {
    package static let labels = ["receive", "send", "both"]
}

/// Spec: wasi:sockets/network#ipv4-address
private typealias IPv4Address = Tuple4<UInt8, UInt8, UInt8, UInt8>

/// Eight 16-bit parts, the highest first.
/// Spec: wasi:sockets/network#ipv6-address
private struct IPv6Address: LiftableRecord, LowerableRecord {
    let high: UInt64
    let low: UInt64

    init(_ high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
    }

    static var componentType: HostValType {
        .tuple(Array(repeating: UInt16.componentType, count: 8))
    }

    static func fields<V: FieldVisitor>(_ visitor: inout V) {
        for place in 0..<8 { visitor.field("\(place)", UInt16.self) }
    }

    init(from reader: inout RecordReader) throws(Trap) {
        var words: (UInt64, UInt64) = (0, 0)
        for _ in 0..<4 { words.0 = words.0 << 16 | UInt64(try reader.next(UInt16.self)) }
        for _ in 0..<4 { words.1 = words.1 << 16 | UInt64(try reader.next(UInt16.self)) }
        (high, low) = words
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        for word in [high, low] {
            for shift in [48, 32, 16, 0] as [UInt64] {
                try writer.add(UInt16(truncatingIfNeeded: word >> shift))
            }
        }
    }
}

extension IPAddress: LiftableVariant, LowerableVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("ipv4", IPv4Address.self)
        visitor.case("ipv6", IPv6Address.self)
    }

    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        self =
            discriminant == 0
            ? IPAddress(try reader.next(IPv4Address.self))
            : IPAddress(try reader.next(IPv6Address.self))
    }

    private init(_ parts: IPv4Address) {
        self = .ipv4(
            UInt32(parts.a) << 24 | UInt32(parts.b) << 16 | UInt32(parts.c) << 8 | UInt32(parts.d))
    }

    private init(_ parts: IPv6Address) { self = .ipv6(parts.high, parts.low) }

    package var discriminant: Int { family == .ipv4 ? 0 : 1 }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        switch self {
        case .ipv4(let number):
            func part(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: number >> shift) }
            try writer.add(IPv4Address(part(24), part(16), part(8), part(0)))
        case .ipv6(let high, let low): try writer.add(IPv6Address(high, low))
        }
    }
}

/// Spec: wasi:sockets/network#ipv4-socket-address
private struct IPv4SocketAddress: LiftableRecord, LowerableRecord {
    let value: IPSocketAddress

    init(_ value: IPSocketAddress) { self.value = value }

    static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("port", UInt16.self)
        visitor.field("address", IPv4Address.self)
    }

    init(from reader: inout RecordReader) throws(Trap) {
        let port = try reader.next(UInt16.self)
        let parts = try reader.next(IPv4Address.self)
        let number =
            UInt32(parts.a) << 24 | UInt32(parts.b) << 16 | UInt32(parts.c) << 8 | UInt32(parts.d)
        value = IPSocketAddress(.ipv4(number), port: port)
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(value.port)
        try value.address.write(to: &writer)
    }
}

/// Spec: wasi:sockets/network#ipv6-socket-address
private struct IPv6SocketAddress: LiftableRecord, LowerableRecord {
    let value: IPSocketAddress

    init(_ value: IPSocketAddress) { self.value = value }

    static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("port", UInt16.self)
        visitor.field("flow-info", UInt32.self)
        visitor.field("address", IPv6Address.self)
        visitor.field("scope-id", UInt32.self)
    }

    init(from reader: inout RecordReader) throws(Trap) {
        let port = try reader.next(UInt16.self)
        let flowInfo = try reader.next(UInt32.self)
        let address = try reader.next(IPv6Address.self)
        value = IPSocketAddress(
            .ipv6(address.high, address.low), port: port, flowInfo: flowInfo,
            scopeID: try reader.next(UInt32.self))
    }

    func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(value.port)
        try writer.add(value.flowInfo)
        try value.address.write(to: &writer)
        try writer.add(value.scopeID)
    }
}

extension IPSocketAddress: LiftableVariant, LowerableVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("ipv4", IPv4SocketAddress.self)
        visitor.case("ipv6", IPv6SocketAddress.self)
    }

    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        self =
            discriminant == 0
            ? try reader.next(IPv4SocketAddress.self).value
            : try reader.next(IPv6SocketAddress.self).value
    }

    package var discriminant: Int { address.family == .ipv4 ? 0 : 1 }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        switch address.family {
        case .ipv4: try writer.add(IPv4SocketAddress(self))
        case .ipv6: try writer.add(IPv6SocketAddress(self))
        }
    }
}

extension IncomingDatagram: LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("data", ByteArray.self)
        visitor.field("remote-address", IPSocketAddress.self)
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(ByteArray(data))
        try writer.add(remoteAddress)
    }
}

/// A datagram as a guest gives it, whose bytes are still in the guest's memory.
/// Spec: wasi:sockets/udp#outgoing-datagram
struct LiftedDatagram {
    let data: ByteList
    let remoteAddress: IPSocketAddress?
}

extension LiftedDatagram: LiftableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("data", ByteList.self)
        visitor.field("remote-address", IPSocketAddress?.self)
    }

    package init(from reader: inout RecordReader) throws(Trap) {
        self.init(
            data: try reader.next(ByteList.self),
            remoteAddress: try reader.next(IPSocketAddress?.self))
    }
}
