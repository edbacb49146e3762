// Unsafe here: a client's socket calls.
import Glibc
import HTTP
import Reactor
import Testing

@testable import HTTPServer

/// Answers with the number of its loop.
private final class Numbered: Handler {
    let content: [UInt8]
    init(_ number: Int) { content = Array("loop \(number)".utf8) }
    func handle(_ exchange: Exchange) { exchange.respond(ResponseHead(.ok), content: content) }
}

/// A server within this process.
@Suite struct ServerTests {
    /// Sends a request on a connection of its own and gives back all that comes.
    private func ask(_ port: UInt16, _ request: String) -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafeBytes(of: &name) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe connect(
                descriptor,
                base.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        guard code == 0 else { return "" }
        _ = unsafe write(descriptor, request, request.utf8.count)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
    }

    @Test func loopsShareTheWorkAndTheCountersAddUp() throws {
        var configuration = ServerConfiguration(listeners: [
            ListenerConfiguration(.ip("127.0.0.1", port: 0)),
            ListenerConfiguration(.ip("127.0.0.1", port: 0)),
        ])
        configuration.loops = 3
        configuration.pinsThreads = false
        let server = Server(configuration)
        try server.start { loop in Numbered(ObjectIdentifier(loop).hashValue) }
        let ports = server.addresses.compactMap { address -> UInt16? in
            if case .ip(_, let port) = address { port } else { nil }
        }
        #expect(ports.count == 2 && Set(ports).count == 2 && !ports.contains(0))
        var loops: Set<String> = []
        for index in 0..<60 {
            let answer = ask(ports[index % 2], "GET / HTTP/1.0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            loops.insert(String(answer.split(separator: "\n").last ?? ""))
        }
        #expect(loops.count > 1, "the kernel spreads connections over the loops")
        _ = ask(ports[0], "nonsense\r\n\r\n")
        let counters = server.counters()
        #expect(counters.accepted == 61 && counters.requests == 60 && counters.inFlight == 0)
        #expect(counters.responses[2] == 60 && counters.responses[4] == 1)
        server.stop()
        server.wait()
        #expect(ask(ports[0], "GET / HTTP/1.0\r\n\r\n").isEmpty)
    }

    @Test func limitsAreSharedOut() {
        var limits = Limits()
        limits.connections = 10
        limits.requestsInFlight = 1
        let share = Server.share(limits, of: 3)
        #expect(share.connections == 4 && share.requestsInFlight == 1)
        #expect(share.headBytes == limits.headBytes)
    }

    @Test func limitsAreSetByName() {
        var limits = Limits()
        #expect(Limits.set("headTimeout=5", in: &limits) && limits.headTimeout == 5)
        #expect(Limits.set("bodyBytes=6", in: &limits) && limits.bodyBytes == 6)
        for wrong in ["", "headTimeout", "headTimeout=", "headTimeout=-1", "headTimeout=a", "no=1"]
        {
            #expect(!Limits.set(wrong, in: &limits))
        }
    }

    @Test func whatCannotBeListenedAtIsAnError() {
        let server = Server(
            ServerConfiguration(listeners: [ListenerConfiguration(.ip("192.0.2.1", port: 80))])
        )
        #expect(throws: SystemError.self) { try server.start { _ in Numbered(0) } }
        let second = Server(
            ServerConfiguration(listeners: [ListenerConfiguration(.ip("nonsense", port: 80))])
        )
        #expect(throws: SystemError.self) { try second.start { _ in Numbered(0) } }
    }
}
