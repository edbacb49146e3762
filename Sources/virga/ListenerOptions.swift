import ArgumentParser
import HTTPServer

/// Addresses as the command line has them.
enum ListenerOptions {
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
