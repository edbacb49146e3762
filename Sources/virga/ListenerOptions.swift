// Unsafe here: a variable of the environment, copied at once.
import ArgumentParser
import Glibc
import HTTPServer

/// Addresses as the command line has them.
enum ListenerOptions {
    /// The addresses that were given; else the one that SPIN_HTTP_LISTEN_ADDR has, if any.
    static func orEnvironment(_ given: [String]) -> [String] {
        guard given.isEmpty, let value = unsafe getenv("SPIN_HTTP_LISTEN_ADDR") else { return given }
        let address = unsafe String(cString: value)
        return address.isEmpty ? [] : [address]
    }

    /// The address that `text` names: `127.0.0.1:8080`, `[::1]:8080`, `:8080` or `unix:/path`.
    static func address(_ text: String) throws -> ListenerAddress {
        if text.hasPrefix("unix:") { return .unix(String(text.dropFirst(5))) }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw ValidationError("not an address and port: \(text)") }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return .ip(host.isEmpty ? "0.0.0.0" : host, port: port)
    }
}
