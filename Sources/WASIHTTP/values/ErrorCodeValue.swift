// How an error code is passed. The three lists are in the type's order.
import ComponentModel
import Wasm

extension ErrorCode: ComponentVariant {
    package static func cases<V: CaseVisitor>(_ visitor: inout V) {
        visitor.case("DNS-timeout")
        visitor.case("DNS-error", DNSErrorPayload.self)
        visitor.case("destination-not-found")
        visitor.case("destination-unavailable")
        visitor.case("destination-IP-prohibited")
        visitor.case("destination-IP-unroutable")
        visitor.case("connection-refused")
        visitor.case("connection-terminated")
        visitor.case("connection-timeout")
        visitor.case("connection-read-timeout")
        visitor.case("connection-write-timeout")
        visitor.case("connection-limit-reached")
        visitor.case("TLS-protocol-error")
        visitor.case("TLS-certificate-error")
        visitor.case("TLS-alert-received", TLSAlertReceivedPayload.self)
        visitor.case("HTTP-request-denied")
        visitor.case("HTTP-request-length-required")
        visitor.case("HTTP-request-body-size", UInt64?.self)
        visitor.case("HTTP-request-method-invalid")
        visitor.case("HTTP-request-URI-invalid")
        visitor.case("HTTP-request-URI-too-long")
        visitor.case("HTTP-request-header-section-size", UInt32?.self)
        visitor.case("HTTP-request-header-size", FieldSizePayload?.self)
        visitor.case("HTTP-request-trailer-section-size", UInt32?.self)
        visitor.case("HTTP-request-trailer-size", FieldSizePayload.self)
        visitor.case("HTTP-response-incomplete")
        visitor.case("HTTP-response-header-section-size", UInt32?.self)
        visitor.case("HTTP-response-header-size", FieldSizePayload.self)
        visitor.case("HTTP-response-body-size", UInt64?.self)
        visitor.case("HTTP-response-trailer-section-size", UInt32?.self)
        visitor.case("HTTP-response-trailer-size", FieldSizePayload.self)
        visitor.case("HTTP-response-transfer-coding", String?.self)
        visitor.case("HTTP-response-content-coding", String?.self)
        visitor.case("HTTP-response-timeout")
        visitor.case("HTTP-upgrade-failed")
        visitor.case("HTTP-protocol-error")
        visitor.case("loop-detected")
        visitor.case("configuration-error")
        visitor.case("internal-error", String?.self)
    }

    // Asked for at each call: computed once.
    private static let constants = (
        size: layout.size, alignment: layout.alignment, flatCount: layout.flatCount
    )
    package static var size: Int { constants.size }
    package static var alignment: Int { constants.alignment }
    package static var flatCount: Int { constants.flatCount }
}

extension ErrorCode: LowerableVariant {
    package var discriminant: Int {
        switch self {
        case .dnsTimeout: 0
        case .dnsError: 1
        case .destinationNotFound: 2
        case .destinationUnavailable: 3
        case .destinationIPProhibited: 4
        case .destinationIPUnroutable: 5
        case .connectionRefused: 6
        case .connectionTerminated: 7
        case .connectionTimeout: 8
        case .connectionReadTimeout: 9
        case .connectionWriteTimeout: 10
        case .connectionLimitReached: 11
        case .tlsProtocolError: 12
        case .tlsCertificateError: 13
        case .tlsAlertReceived: 14
        case .httpRequestDenied: 15
        case .httpRequestLengthRequired: 16
        case .httpRequestBodySize: 17
        case .httpRequestMethodInvalid: 18
        case .httpRequestURIInvalid: 19
        case .httpRequestURITooLong: 20
        case .httpRequestHeaderSectionSize: 21
        case .httpRequestHeaderSize: 22
        case .httpRequestTrailerSectionSize: 23
        case .httpRequestTrailerSize: 24
        case .httpResponseIncomplete: 25
        case .httpResponseHeaderSectionSize: 26
        case .httpResponseHeaderSize: 27
        case .httpResponseBodySize: 28
        case .httpResponseTrailerSectionSize: 29
        case .httpResponseTrailerSize: 30
        case .httpResponseTransferCoding: 31
        case .httpResponseContentCoding: 32
        case .httpResponseTimeout: 33
        case .httpUpgradeFailed: 34
        case .httpProtocolError: 35
        case .loopDetected: 36
        case .configurationError: 37
        case .internalError: 38
        }
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        switch self {
        case .dnsError(let payload): try writer.add(payload)
        case .tlsAlertReceived(let payload): try writer.add(payload)
        case .httpRequestBodySize(let size), .httpResponseBodySize(let size): try writer.add(size)
        case .httpRequestHeaderSectionSize(let size), .httpRequestTrailerSectionSize(let size),
            .httpResponseHeaderSectionSize(let size), .httpResponseTrailerSectionSize(let size):
            try writer.add(size)
        case .httpRequestHeaderSize(let payload): try writer.add(payload)
        case .httpRequestTrailerSize(let payload), .httpResponseHeaderSize(let payload),
            .httpResponseTrailerSize(let payload):
            try writer.add(payload)
        case .httpResponseTransferCoding(let text), .httpResponseContentCoding(let text),
            .internalError(let text):
            try writer.add(text)
        case .dnsTimeout, .destinationNotFound, .destinationUnavailable, .destinationIPProhibited,
            .destinationIPUnroutable, .connectionRefused, .connectionTerminated,
            .connectionTimeout, .connectionReadTimeout, .connectionWriteTimeout,
            .connectionLimitReached, .tlsProtocolError, .tlsCertificateError, .httpRequestDenied,
            .httpRequestLengthRequired, .httpRequestMethodInvalid, .httpRequestURIInvalid,
            .httpRequestURITooLong, .httpResponseIncomplete, .httpResponseTimeout,
            .httpUpgradeFailed, .httpProtocolError, .loopDetected, .configurationError:
            break
        }
    }
}

extension ErrorCode: LiftableVariant {
    package init(discriminant: Int, from reader: inout RecordReader) throws(Trap) {
        switch discriminant {
        case 0: self = .dnsTimeout
        case 1: self = .dnsError(try reader.next(DNSErrorPayload.self))
        case 2: self = .destinationNotFound
        case 3: self = .destinationUnavailable
        case 4: self = .destinationIPProhibited
        case 5: self = .destinationIPUnroutable
        case 6: self = .connectionRefused
        case 7: self = .connectionTerminated
        case 8: self = .connectionTimeout
        case 9: self = .connectionReadTimeout
        case 10: self = .connectionWriteTimeout
        case 11: self = .connectionLimitReached
        case 12: self = .tlsProtocolError
        case 13: self = .tlsCertificateError
        case 14: self = .tlsAlertReceived(try reader.next(TLSAlertReceivedPayload.self))
        case 15: self = .httpRequestDenied
        case 16: self = .httpRequestLengthRequired
        case 17: self = .httpRequestBodySize(try reader.next(UInt64?.self))
        case 18: self = .httpRequestMethodInvalid
        case 19: self = .httpRequestURIInvalid
        case 20: self = .httpRequestURITooLong
        case 21: self = .httpRequestHeaderSectionSize(try reader.next(UInt32?.self))
        case 22: self = .httpRequestHeaderSize(try reader.next(FieldSizePayload?.self))
        case 23: self = .httpRequestTrailerSectionSize(try reader.next(UInt32?.self))
        case 24: self = .httpRequestTrailerSize(try reader.next(FieldSizePayload.self))
        case 25: self = .httpResponseIncomplete
        case 26: self = .httpResponseHeaderSectionSize(try reader.next(UInt32?.self))
        case 27: self = .httpResponseHeaderSize(try reader.next(FieldSizePayload.self))
        case 28: self = .httpResponseBodySize(try reader.next(UInt64?.self))
        case 29: self = .httpResponseTrailerSectionSize(try reader.next(UInt32?.self))
        case 30: self = .httpResponseTrailerSize(try reader.next(FieldSizePayload.self))
        case 31: self = .httpResponseTransferCoding(try reader.next(String?.self))
        case 32: self = .httpResponseContentCoding(try reader.next(String?.self))
        case 33: self = .httpResponseTimeout
        case 34: self = .httpUpgradeFailed
        case 35: self = .httpProtocolError
        case 36: self = .loopDetected
        case 37: self = .configurationError
        default: self = .internalError(try reader.next(String?.self))
        }
    }
}

extension ErrorCode.DNSErrorPayload: LiftableRecord, LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("rcode", String?.self)
        visitor.field("info-code", UInt16?.self)
    }

    package init(from reader: inout RecordReader) throws(Trap) {
        self.init(rcode: try reader.next(String?.self), infoCode: try reader.next(UInt16?.self))
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(rcode)
        try writer.add(infoCode)
    }
}

extension ErrorCode.TLSAlertReceivedPayload: LiftableRecord, LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("alert-id", UInt8?.self)
        visitor.field("alert-message", String?.self)
    }

    package init(from reader: inout RecordReader) throws(Trap) {
        self.init(
            alertID: try reader.next(UInt8?.self),
            alertMessage: try reader.next(String?.self)
        )
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(alertID)
        try writer.add(alertMessage)
    }
}

extension ErrorCode.FieldSizePayload: LiftableRecord, LowerableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("field-name", String?.self)
        visitor.field("field-size", UInt32?.self)
    }

    package init(from reader: inout RecordReader) throws(Trap) {
        self.init(
            fieldName: try reader.next(String?.self),
            fieldSize: try reader.next(UInt32?.self)
        )
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(fieldName)
        try writer.add(fieldSize)
    }
}
