"""wasi:sockets, within 127.0.0.0/8 and ::1, and denied."""
from calls import check, expect, outcome
from wit_world.imports import instance_network, ip_name_lookup, network as net, tcp_create_socket, udp, udp_create_socket
from wit_world.imports.tcp import ShutdownType

FOUR, SIX = net.IpAddressFamily.IPV4, net.IpAddressFamily.IPV6
SECOND = 1_000_000_000


def four(port, *address):
    return net.IpSocketAddress_Ipv4(net.Ipv4SocketAddress(port, address or (127, 0, 0, 1)))


def six(port, *address):
    return net.IpSocketAddress_Ipv6(net.Ipv6SocketAddress(port, 0, address or (0, 0, 0, 0, 0, 0, 0, 1), 0))


def bound(socket, there, address):
    socket.start_bind(there, address)
    socket.finish_bind()
    return socket


def tcp():
    there = instance_network.instance_network()
    socket = tcp_create_socket.create_tcp_socket(FOUR)
    expect("family", "ipv4", socket.address_family)
    expect("listens", False, socket.is_listening)
    for what, function in (("no address", socket.local_address), ("no peer", socket.remote_address),
                           ("listens unbound", socket.start_listen), ("accepts", socket.accept),
                           ("is shut down", lambda: socket.shutdown(ShutdownType.BOTH))):
        expect(f"unbound: {what}", "error invalid-state", function)
    for what, function in (("bind", socket.finish_bind), ("connect", socket.finish_connect), ("listen", socket.finish_listen)):
        expect(f"no {what} is under way", "error not-in-progress", function)
    options(socket)
    invalid(socket.start_bind, there, "bind")
    bound(socket, there, four(0))
    expect("bound twice", "error invalid-state", socket.start_bind, there, four(0))
    port = socket.local_address().value.port
    check("bound to a port", port > 0)
    taken = tcp_create_socket.create_tcp_socket(FOUR)
    expect("a port that listens is in use", "error address-in-use", listens_too, socket, taken, there, port)
    expect("listens", True, socket.is_listening)
    expect("listens again", "error invalid-state", socket.start_listen)
    expect("connects", "error invalid-state", socket.start_connect, there, four(port))
    expect("nobody is there", "error would-block", socket.accept)
    expect("a longer queue", None, socket.set_listen_backlog_size, 20)

    client = tcp_create_socket.create_tcp_socket(FOUR)
    invalid(client.start_connect, there, "connect")
    expect("to anywhere", "error invalid-argument", client.start_connect, there, four(80, 0, 0, 0, 0))
    expect("to no port", "error invalid-argument", client.start_connect, there, four(0))
    client.start_connect(there, four(port))
    client.subscribe().block()
    source, output = client.finish_connect()
    expect("connects again", "error invalid-state", client.start_connect, there, four(port))
    expect("peer", four(port), client.remote_address)
    expect("queue of a connection", "error invalid-state", client.set_listen_backlog_size, 1)
    socket.subscribe().block()
    served, served_source, served_output = socket.accept()
    expect("the same peer", client.local_address(), served.remote_address)
    expect("written", None, output.blocking_write_and_flush, b"hello")
    expect("read", b"hello", served_source.blocking_read, 100)
    expect("no more is sent", None, client.shutdown, ShutdownType.SEND)
    expect("which is the end", "error StreamError_Closed()", served_source.blocking_read, 1)
    expect("what is closed is not written", "error StreamError_Closed()", output.blocking_write_and_flush, b"x")
    expect("the other way goes on", None, served_output.blocking_write_and_flush, b"bye")
    expect("and is read", b"bye", source.blocking_read, 100)
    expect("nothing more is taken", None, served.shutdown, ShutdownType.RECEIVE)

    refused = tcp_create_socket.create_tcp_socket(FOUR)
    lone = bound(tcp_create_socket.create_tcp_socket(FOUR), there, four(0))
    refused.start_connect(there, four(lone.local_address().value.port))
    refused.subscribe().block()
    expect("nobody listens", "error connection-refused", refused.finish_connect)
    other = tcp_create_socket.create_tcp_socket(SIX)
    expect("family", "ipv6", other.address_family)
    expect("mapped addresses", "error invalid-argument", other.start_bind, there, six(0, 0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1))
    expect("a mapped peer", "error invalid-argument", other.start_connect, there, six(80, 0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1))
    bound(other, there, six(0))
    check("bound to a port", other.local_address().value.port > 0)


def listens_too(first, second, there, port):
    first.start_listen()
    first.finish_listen()
    second.start_bind(there, four(port))
    second.finish_bind()


def invalid(function, there, what):
    expect(f"{what}: another family", "error invalid-argument", function, there, six(80))
    expect(f"{what}: many at once", "error invalid-argument", function, there, four(80, 224, 0, 0, 1))
    expect(f"{what}: all", "error invalid-argument", function, there, four(80, 255, 255, 255, 255))


def options(socket):
    expect("alive", False, socket.keep_alive_enabled)
    expect("set", None, socket.set_keep_alive_enabled, True)
    expect("alive", True, socket.keep_alive_enabled)
    for name, value in (("keep_alive_idle_time", 60 * SECOND), ("keep_alive_interval", 5 * SECOND), ("keep_alive_count", 4),
                        ("hop_limit", 33)):
        expect(f"{name}: nothing", "error invalid-argument", getattr(socket, "set_" + name), 0)
        expect(f"{name}: set", None, getattr(socket, "set_" + name), value)
        expect(f"{name}", value, getattr(socket, name))
    sizes(socket)
    expect("no queue", "error invalid-argument", socket.set_listen_backlog_size, 0)
    expect("a queue", None, socket.set_listen_backlog_size, 10)


def sizes(socket):
    for name in ("receive_buffer_size", "send_buffer_size"):
        expect(f"{name}: nothing", "error invalid-argument", getattr(socket, "set_" + name), 0)
        expect(f"{name}: set", None, getattr(socket, "set_" + name), 20_000)
        check(f"{name}: at least that", getattr(socket, name)() >= 20_000)


def udp_chapter():
    there = instance_network.instance_network()
    socket = udp_create_socket.create_udp_socket(FOUR)
    expect("family", "ipv4", socket.address_family)
    expect("no address", "error invalid-state", socket.local_address)
    expect("no peer", "error invalid-state", socket.remote_address)
    expect("no bind is under way", "error not-in-progress", socket.finish_bind)
    expect("no stream of what is not bound", "error invalid-state", socket.stream, None)
    expect("hops: nothing", "error invalid-argument", socket.set_unicast_hop_limit, 0)
    expect("hops: set", None, socket.set_unicast_hop_limit, 9)
    expect("hops", 9, socket.unicast_hop_limit)
    sizes(socket)
    expect("another family", "error invalid-argument", socket.start_bind, there, six(0))
    bound(socket, there, four(0))
    expect("bound twice", "error invalid-state", socket.start_bind, there, four(0))
    other = bound(udp_create_socket.create_udp_socket(FOUR), there, four(0))
    again = udp_create_socket.create_udp_socket(FOUR)
    expect("an address in use", "error address-in-use", bound, again, there, socket.local_address())
    for what, address in (("another family", six(80)), ("anywhere", four(80, 0, 0, 0, 0)), ("no port", four(0))):
        expect(f"streams to {what}", "error invalid-argument", socket.stream, address)

    incoming, outgoing = socket.stream(None)
    outgoing.subscribe().block()
    check("there is room", outgoing.check_send() > 0)
    expect("to nobody", "error invalid-argument", outgoing.send, [udp.OutgoingDatagram(b"x", None)])
    for what, address in (("another family", six(80)), ("anywhere", four(80, 0, 0, 0, 0)), ("no port", four(0))):
        outgoing.check_send()
        expect(f"sends to {what}", "error invalid-argument", outgoing.send, [udp.OutgoingDatagram(b"x", address)])
    outgoing.check_send()
    expect("too large", "error datagram-too-large", outgoing.send, [udp.OutgoingDatagram(b"x" * 65_536, other.local_address())])
    outgoing.check_send()
    expect("sent", 2, outgoing.send, [udp.OutgoingDatagram(text, other.local_address()) for text in (b"one", b"two")])
    expect("peer", "error invalid-state", socket.remote_address)
    received, replies = other.stream(socket.local_address())
    expect("peer", socket.local_address(), other.remote_address)
    got = []
    while len(got) < 2:
        received.subscribe().block()
        got += received.receive(10)
    expect("received", [(b"one", socket.local_address()), (b"two", socket.local_address())],
           lambda: [(datagram.data, datagram.remote_address) for datagram in got])
    expect("no more", [], received.receive, 10)
    replies.check_send()
    expect("to another than the peer", "error invalid-argument", replies.send, [udp.OutgoingDatagram(b"x", four(9))])
    replies.check_send()
    expect("to the peer", 1, replies.send, [udp.OutgoingDatagram(b"three", None)])
    incoming.subscribe().block()
    expect("comes back", [b"three"], lambda: [datagram.data for datagram in incoming.receive(1)])
    other.subscribe().ready()


def names():
    there = instance_network.instance_network()
    stream = ip_name_lookup.resolve_addresses(there, "127.0.0.1")
    stream.subscribe().block()
    expect("an address is its own", net.IpAddress_Ipv4((127, 0, 0, 1)), stream.resolve_next_address)
    expect("the only one", None, stream.resolve_next_address)
    expect("nor after that", None, stream.resolve_next_address)
    stream = ip_name_lookup.resolve_addresses(there, "localhost")
    stream.subscribe().block()
    check("a name", outcome(stream.resolve_next_address).startswith("IpAddress_Ipv"))
    for name in ("", "a b", "a..b", "x" * 300):
        expect(f"no name: {name[:10]}", "error invalid-argument", ip_name_lookup.resolve_addresses, there, name)
    stream = ip_name_lookup.resolve_addresses(there, "nothing.invalid")
    stream.subscribe().block()
    check("a name that nobody has",
          outcome(stream.resolve_next_address) in ("error name-unresolvable", "error temporary-resolver-failure"))


def denied():
    there = instance_network.instance_network()
    socket = tcp_create_socket.create_tcp_socket(FOUR)
    expect("TCP: bind", "error access-denied", socket.start_bind, there, four(0))
    expect("TCP: connect", "error access-denied", denied_connect, there)
    expect("UDP: bind", "error access-denied", udp_create_socket.create_udp_socket(FOUR).start_bind, there, four(0))
    check("names", outcome(ip_name_lookup.resolve_addresses, there, "localhost") in
          ("error access-denied", "error permanent-resolver-failure"))


def denied_connect(there):
    socket = tcp_create_socket.create_tcp_socket(FOUR)
    socket.start_connect(there, four(80))
    socket.subscribe().block()
    socket.finish_connect()
