/// Reads the response that a trigger spells out.
struct StaticResponseReader {
    let collector: DiagnosticCollector

    /// Fields that the connection has, and not the response.
    private static let connectionFields = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]

    func read(_ trigger: TableReader) -> StaticResponse? {
        let help = "write static_response = { status_code = 200, body = \"...\" }"
        guard let table = trigger.table("static_response", .staticResponse, do: help) else {
            return nil
        }
        var response = StaticResponse()
        response.status = table.integer("status_code", in: 200...599) ?? 200
        response.body = table.string("body")
        if [204, 205, 304].contains(response.status), response.body?.isEmpty == false {
            collector.error(
                "a response \(response.status) has no body",
                at: table.path.key("body"),
                atKey: true,
                do: "remove it, or choose another status"
            )
        }
        for entry in table.stringTable("headers") where check(entry, response) {
            response.headers.append((entry.key, entry.text))
        }
        return response
    }

    private func check(_ entry: TableString, _ response: StaticResponse) -> Bool {
        guard Names.isToken(entry.key) else {
            collector.error(
                "\(quoted(entry.key)) is no name of a header field",
                at: entry.path,
                atKey: true,
                do: "write letters, digits and \"-\""
            )
            return false
        }
        let name = entry.key.lowercased()
        guard !Self.connectionFields.contains(name) else {
            collector.error(
                "`\(entry.key)` is the host's to set",
                at: entry.path,
                atKey: true,
                do: "remove it"
            )
            return false
        }
        let length = response.body?.utf8.count ?? 0
        guard name != "content-length" || entry.text == String(length) else {
            collector.error(
                "`\(entry.key)` is \(quoted(entry.text)), and the body has \(length) bytes",
                at: entry.path,
                do: "remove it: the host sets it"
            )
            return false
        }
        guard entry.text.utf8.allSatisfy({ $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) }) else {
            collector.error(
                "the value of `\(entry.key)` holds a control character",
                at: entry.path,
                do: "remove it: a header field is one line"
            )
            return false
        }
        return true
    }
}
