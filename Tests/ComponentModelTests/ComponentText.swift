import ComponentModel
import Testing
import WAT

/// The component that the definitions in `text` make, or why they make none.
func component(
    _ text: String,
    _ features: ComponentFeatures = .standard
) throws -> Result<Component, ComponentError> {
    decode(try ComponentAssembler.assemble(Array("(component \(text))".utf8)), features)
}

/// The component that `bytes` are, or why they are none.
func decode(
    _ bytes: [UInt8],
    _ features: ComponentFeatures = .standard
) -> Result<Component, ComponentError> {
    do {
        return .success(try Component(decoding: bytes, features: features))
    } catch {
        return .failure(error)
    }
}

/// Expects that a component is valid.
@discardableResult func expectValid(
    _ text: String,
    _ features: ComponentFeatures = .standard,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> Component? {
    switch try component(text, features) {
    case .success(let component): return component
    case .failure(let error):
        Issue.record("\(error)", sourceLocation: sourceLocation)
        return nil
    }
}

/// Expects that a component is refused with an error that has `message` in it.
func expect(
    _ text: String,
    _ kind: ComponentError.Kind = .invalid,
    _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    expect(try component(text), kind, message, sourceLocation: sourceLocation)
}

/// Expects an error that has `message` in it.
func expect(
    _ result: Result<Component, ComponentError>,
    _ kind: ComponentError.Kind,
    _ message: String,
    at offset: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    switch result {
    case .success:
        Issue.record("valid, expected \(kind): \(message)", sourceLocation: sourceLocation)
    case .failure(let error):
        #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.contains(message), "\(error)", sourceLocation: sourceLocation)
        if let offset {
            #expect(error.offset == offset, "\(error)", sourceLocation: sourceLocation)
        }
    }
}

/// A component's definitions and what is wrong with them.
struct InvalidCase: CustomTestStringConvertible, Sendable {
    let text: String
    let message: String

    init(_ text: String, _ message: String) {
        self.text = text
        self.message = message
    }

    var testDescription: String { message }

    func check() throws { try expect(text, .invalid, message) }
}

// MARK: Bytes

/// `number` in unsigned LEB128.
func leb(_ number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = UInt64(number)
    repeat {
        bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
        rest >>= 7
    } while rest > 0
    return bytes
}

/// A component of sections.
func componentBytes(_ sections: [UInt8]...) -> [UInt8] {
    [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00] + sections.flatMap { $0 }
}

/// A section with its size.
func section(_ id: UInt8, _ contents: [UInt8]) -> [UInt8] { [id] + leb(contents.count) + contents }

/// A string after its length.
func name(_ string: String) -> [UInt8] { leb(string.utf8.count) + Array(string.utf8) }
