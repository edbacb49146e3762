import Foundation

/// A case of llhttp's: an input and what its parser says of it.
struct LlhttpCase {
    var name: String
    var type: String
    var input: [UInt8]
    var log: [String]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/conformance/llhttp/request").standardizedFileURL

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    /// All cases of requests, in the order of the files.
    static func all() throws -> [LlhttpCase] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        return try files.filter { $0.hasSuffix(".md") }.flatMap { file in
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            return parse(text, file: String(file.dropLast(3)))
        }
    }

    private static func parse(_ text: String, file: String) -> [LlhttpCase] {
        var cases: [LlhttpCase] = []
        var heading = ""
        var type = ""
        var fence: String?
        var block: [String] = []
        var input: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let kind = fence {
                guard line == "```" else {
                    block.append(line)
                    continue
                }
                if kind == "http" { input = block }
                if kind == "log", !type.isEmpty {
                    cases.append(
                        LlhttpCase(
                            name: "\(file): \(heading)",
                            type: type,
                            input: bytes(of: input),
                            log: block
                        )
                    )
                    type = ""
                }
                fence = nil
            } else if line.hasPrefix("```") {
                fence = String(line.dropFirst(3))
                block = []
            } else if line.hasPrefix("#") {
                heading = line.drop { $0 == "#" || $0 == " " }.filter { $0 != "`" }
            } else if line.contains("meta="),
                let range = line.range(of: #"request[a-z-]*"#, options: .regularExpression)
            {
                type = String(line[range])
            }
        }
        return cases
    }

    /// The bytes that the lines stand for: ends of lines are CRLF, escapes are resolved, a line
    /// that ends in a backslash goes on in the next.
    private static func bytes(of lines: [String]) -> [UInt8] {
        let joined = lines.joined(separator: "\n").replacingOccurrences(of: "\\\n", with: "")
        let source = Array(joined.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            guard source[index] == 0x5C, index + 1 < source.count else {
                bytes.append(source[index])
                index += 1
                continue
            }
            let escapes: [UInt8: UInt8] = [0x72: 13, 0x6E: 10, 0x74: 9, 0x66: 12]
            if let byte = escapes[source[index + 1]] {
                bytes.append(byte)
                index += 2
            } else if source[index + 1] == 0x78, index + 3 < source.count,
                let byte = UInt8(
                    String(decoding: source[(index + 2)...(index + 3)], as: UTF8.self),
                    radix: 16
                )
            {
                bytes.append(byte)
                index += 4
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return bytes
    }

    /// The input with a Host in each head that begins well and has none: most cases leave it out,
    /// though RFC 9112 section 3.2 asks for it.
    var inputWithHost: [UInt8] {
        let text = String(decoding: input, as: Unicode.ISOLatin1.self)
        guard text.range(of: "\nhost:", options: .caseInsensitive) == nil else { return input }
        let pattern = #"(?m)^([A-Z][A-Z-]* [^ \r\n]+ HTTP/1\.1\r\n)"#
        let changed = text.replacingOccurrences(
            of: pattern,
            with: "$1Host: a\r\n",
            options: .regularExpression
        )
        return changed.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    // MARK: What llhttp says

    /// Whether it refuses; a pause, and data after the last message of a connection, are no
    /// refusal.
    var isRefused: Bool {
        log.contains { line in
            guard let range = line.range(of: #"error code=\d+"#, options: .regularExpression) else {
                return false
            }
            return !["5", "21", "22", "23"].contains(line[range].dropFirst(11))
        }
    }

    /// Whether it stops behind a message since the connection is upgraded or closed.
    var stopsEarly: Bool {
        log.contains {
            $0.contains("code=5 ") || $0.contains("code=21 ") || $0.contains("code=22 ")
                || $0.contains("code=23 ")
        }
    }

    /// The messages that are complete: method, target, length of the body.
    var messages: [String] {
        var messages: [String] = []
        var method = ""
        var target = ""
        var body = 0
        for line in log {
            if line.contains("message begin") { (method, target, body) = ("", "", 0) }
            if let text = span("method", line) { method += text }
            if let text = span("url", line) { target += text }
            if line.contains("span[body]"),
                let range = line.range(of: #"len=\d+"#, options: .regularExpression)
            {
                body += Int(line[range].dropFirst(4)) ?? 0
            }
            if line.contains("message complete") { messages.append("\(method) \(target) \(body)") }
        }
        return messages
    }

    private func span(_ name: String, _ line: String) -> String? {
        guard let range = line.range(of: "span[\(name)]=\"") else { return nil }
        return String(line[range.upperBound...].dropLast())
    }
}

extension String {
    /// A text from bytes, each of which is a character.
    init(decoding bytes: [UInt8], as encoding: Unicode.ISOLatin1.Type) {
        self = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}

extension Unicode {
    /// The encoding of bytes as the characters with their numbers.
    enum ISOLatin1 {}
}
