import ComponentModel
import HTTP
import Wasm

extension HTTP.Method: LiftableVariant, LowerableVariant {
    private static let plain: [HTTP.Method] = [
        .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch,
    ]

    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        for method in plain { visitor.case(method.name.lowercased()) }
        visitor.case("other", String.self)
    }

    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        if discriminant < HTTP.Method.plain.count {
            self = HTTP.Method.plain[discriminant]
        } else {
            self = .other(try reader.next(String.self))
        }
    }

    package var discriminant: Int {
        switch self {
        case .get: 0
        case .head: 1
        case .post: 2
        case .put: 3
        case .delete: 4
        case .connect: 5
        case .options: 6
        case .trace: 7
        case .patch: 8
        case .other: 9
        }
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        if case .other(let name) = self { try writer.add(name) }
    }
}

extension Scheme: LiftableVariant, LowerableVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("HTTP")
        visitor.case("HTTPS")
        visitor.case("other", String.self)
    }

    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        switch discriminant {
        case 0: self = .http
        case 1: self = .https
        default: self = .other(try reader.next(String.self))
        }
    }

    package var discriminant: Int {
        switch self {
        case .http: 0
        case .https: 1
        case .other: 2
        }
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        if case .other(let name) = self { try writer.add(name) }
    }
}

/// A variant none of whose cases holds anything.
extension HeaderError: LowerableVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("invalid-syntax")
        visitor.case("forbidden")
        visitor.case("immutable")
    }

    package var discriminant: Int { Int(rawValue) }
    package func write(to writer: inout RecordWriter) throws(Trap) {}
}
