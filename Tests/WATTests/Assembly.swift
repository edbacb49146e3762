import Testing
import WAT
import Wasm

// What the suites share: assembling a text, and looking at what comes of it.

/// A refusal of a text, as the tests compare it.
struct Refusal: Sendable, CustomTestStringConvertible {
    var text: String
    /// What the message begins with.
    var message: String
    /// Where, if the test says: "line:column".
    var place: String?

    init(_ text: String, _ message: String, at place: String? = nil) {
        self.text = text
        self.message = message
        self.place = place
    }

    var testDescription: String { "\(text.prefix(60)) is \(message)" }

    /// Checks that the text is refused, in these words and there.
    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        do throws(TextError) {
            _ = try Assembler.assemble(Array(text.utf8))
            Issue.record("\(text) is accepted", sourceLocation: sourceLocation)
        } catch {
            #expect(
                error.message.hasPrefix(message),
                "\(error.message)",
                sourceLocation: sourceLocation
            )
            if let place { #expect("\(error.location)" == place, sourceLocation: sourceLocation) }
        }
    }
}

/// The module that `text` says, in the binary format.
func assemble(_ text: String) throws -> [UInt8] { try Assembler.assemble(Array(text.utf8)) }

/// The contents of the section `id` of the module that `text` says; nil where it has none.
func section(_ id: UInt8, _ text: String) throws -> [UInt8]? {
    sections(try assemble(text)).first { $0.id == id }?.contents
}

/// The contents of the custom section `name` of the module that `text` says.
func customSection(_ name: String, _ text: String) throws -> [UInt8]? {
    let prefix = [UInt8(name.utf8.count)] + Array(name.utf8)
    return sections(try assemble(text)).first { $0.id == 0 && $0.contents.starts(with: prefix) }
        .map { Array($0.contents.dropFirst(prefix.count)) }
}

/// The sections of a module, in their order.
func sections(_ module: [UInt8]) -> [(id: UInt8, contents: [UInt8])] {
    var sections: [(id: UInt8, contents: [UInt8])] = []
    var index = 8
    while index < module.count {
        let id = module[index]
        index += 1
        var size = 0
        var shift = 0
        while true {
            let byte = module[index]
            index += 1
            size |= Int(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 { break }
        }
        sections.append((id, Array(module[index..<(index + size)])))
        index += size
    }
    return sections
}

/// The instructions of the function with the body `text`, without the `end` that closes it.
func code(_ text: String, fields: String = "") throws -> [UInt8] {
    let code = try #require(try section(10, "(module (func \(text)) \(fields))"))
    // One function, its size, no locals; its end.
    return Array(code.dropFirst(3).dropLast())
}
