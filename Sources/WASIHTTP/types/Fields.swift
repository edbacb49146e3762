import ComponentModel
import HTTP
import WASI
import Wasm

/// The field lines of a message, as HTTP has them: names in lower case.
package typealias FieldLines = HTTP.Fields

/// Header fields or trailers as a guest holds them.
///
/// Spec: wasi:http/types#fields
package final class Fields {
    /// The lines, in the order in which they are sent.
    package private(set) var lines: FieldLines
    /// Whether the guest may change them.
    package let isMutable: Bool

    /// Fields with these lines.
    package init(_ lines: FieldLines = FieldLines(), isMutable: Bool = true) {
        self.lines = lines
        self.isMutable = isMutable
    }

    /// Fields that a guest may change, made of its entries. Traps where they are over the limit.
    package static func fromList(
        _ entries: [(name: [UInt8], value: [UInt8])]
    ) throws(Trap) -> Result<Fields, HeaderError> {
        let fields = Fields()
        for entry in entries {
            let result = try fields.append(entry.name.span, entry.value.span)
            if case .failure(let error) = result { return .failure(error) }
        }
        return .success(fields)
    }

    /// The lines called `name`, by index; names are compared without regard to case.
    package func indices(of name: Span<UInt8>) -> [Int] {
        var indices: [Int] = []
        for index in 0..<lines.count where lines.isNamed(index, name) { indices.append(index) }
        return indices
    }

    /// Whether there is a line called `name`.
    package func has(_ name: Span<UInt8>) -> Bool {
        for index in 0..<lines.count where lines.isNamed(index, name) { return true }
        return false
    }

    /// Puts lines with these values in the place of those called `name`. Traps where they are over the
    /// limit.
    package func set(
        _ name: Span<UInt8>,
        _ values: [[UInt8]]
    ) throws(Trap) -> Result<Void, HeaderError> {
        if let error = refusal(name) { return .failure(error) }
        guard values.allSatisfy({ FieldLines.isValue($0.span) }) else {
            return .failure(.invalidSyntax)
        }
        lines.remove(name)
        for value in values { try add(name, value.span) }
        return .success(())
    }

    /// Takes the lines called `name` out.
    package func delete(_ name: Span<UInt8>) -> Result<Void, HeaderError> {
        if let error = refusal(name) { return .failure(error) }
        lines.remove(name)
        return .success(())
    }

    /// Adds a line. Traps where that would be over the limit.
    package func append(
        _ name: Span<UInt8>,
        _ value: Span<UInt8>
    ) throws(Trap) -> Result<Void, HeaderError> {
        if let error = refusal(name) { return .failure(error) }
        guard FieldLines.isValue(value) else { return .failure(.invalidSyntax) }
        try add(name, value)
        return .success(())
    }

    /// A copy that the guest may change.
    package func clone() -> Fields { Fields(lines) }

    /// Why the line called `name` may not be changed.
    private func refusal(_ name: Span<UInt8>) -> HeaderError? {
        guard isMutable else { return .immutable }
        guard FieldLines.isName(name) else { return .invalidSyntax }
        return Fields.isForbidden(name) ? .forbidden : nil
    }

    private func add(_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Trap) {
        let size = lines.listSize + name.count + value.count + 32
        guard size <= WASIHTTPLimits.fieldBytes else {
            throw .host("fields: \(size) bytes are more than \(WASIHTTPLimits.fieldBytes)")
        }
        do throws(FieldError) {
            try lines.append(name, value)
        } catch {
            throw .host("fields: \(error)")
        }
    }

    /// Whether a field is the host's to send: those of a connection (RFC 9110 section 7.6.1), those for
    /// proxies, and Host, which the authority gives.
    package static func isForbidden(_ name: Span<UInt8>) -> Bool {
        switch name.count {
        case 4: name.equalsIgnoringCase("host")
        case 7: name.equalsIgnoringCase("upgrade")
        case 10: name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive")
        case 14: name.equalsIgnoringCase("http2-settings")
        case 16: name.equalsIgnoringCase("proxy-connection")
        case 17: name.equalsIgnoringCase("transfer-encoding")
        case 18: name.equalsIgnoringCase("proxy-authenticate")
        case 19: name.equalsIgnoringCase("proxy-authorization")
        default: false
        }
    }
}

@available(*, unavailable)
extension Fields: Sendable {}

extension HTTP.Fields {
    /// The lines that a guest gets of a message from outside: all but those of the connection.
    var forGuest: HTTP.Fields {
        var lines = HTTP.Fields()
        var isWhole = true
        for index in 0..<count where isOfConnection(index) {
            isWhole = false
            break
        }
        if isWhole { return self }
        for index in 0..<count where !isOfConnection(index) { lines.append(self, index) }
        return lines
    }

    private func isOfConnection(_ index: Int) -> Bool {
        let name = name(index)
        return WASIHTTP.Fields.isForbidden(name) && !name.equals("host")
    }
}

// MARK: Functions

extension Fields: TypesResource {
    package static let resourceType = HostResourceType("fields", of: Fields.self)
    package var price: UInt32 { WASILimits.resourceBytes + UInt32(clamping: lines.listSize) }

    static func define(in types: InstanceDefinition) {
        types.define("[constructor]fields") { (call) throws(Trap) in try call.push(Fields()) }
        types.define("[static]fields.from-list") {
            (call, list: FieldList) throws(Trap) -> ComponentResult<Own<Fields>, HeaderError> in
            switch try Fields.fromList(list.entries) {
            case .success(let fields): .ok(try call.push(fields))
            case .failure(let error): .error(error)
            }
        }
        types.define("[method]fields.get") {
            (call, this: Borrow<Fields>, name: String) throws(Trap) in
            let fields = try call.get(this)
            return FieldValueList(
                lines: fields.lines,
                indices: fields.indices(of: name.utf8Span.span)
            )
        }
        types.define("[method]fields.has") {
            (call, this: Borrow<Fields>, name: String) throws(Trap) in
            try call.get(this).has(name.utf8Span.span)
        }
        types.define("[method]fields.set") {
            (call, this: Borrow<Fields>, name: String, values: FieldValues) throws(Trap) in
            let fields = try call.get(this)
            let outcome = Outcome(try fields.set(name.utf8Span.span, values.values))
            try call.wasi.table.reprice(this.rep, fields.price)
            return outcome
        }
        types.define("[method]fields.delete") {
            (call, this: Borrow<Fields>, name: String) throws(Trap) in
            Outcome(try call.get(this).delete(name.utf8Span.span))
        }
        types.define("[method]fields.append") {
            (call, this: Borrow<Fields>, name: String, value: FieldValue) throws(Trap) in
            let fields = try call.get(this)
            let outcome = Outcome(try fields.append(name.utf8Span.span, value.bytes.span))
            try call.wasi.table.reprice(this.rep, fields.price)
            return outcome
        }
        types.define("[method]fields.entries") { (call, this: Borrow<Fields>) throws(Trap) in
            FieldEntries(lines: try call.get(this).lines)
        }
        types.define("[method]fields.clone") { (call, this: Borrow<Fields>) throws(Trap) in
            try call.push(try call.get(this).clone())
        }
    }
}
