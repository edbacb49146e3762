import HTTP

/// What went wrong with a message.
/// Spec: wasi:http/types#error-code
package enum ErrorCode: Error, Hashable, Sendable {
    case dnsTimeout
    case dnsError(DNSErrorPayload)
    case destinationNotFound
    case destinationUnavailable
    case destinationIPProhibited
    case destinationIPUnroutable
    case connectionRefused
    case connectionTerminated
    case connectionTimeout
    case connectionReadTimeout
    case connectionWriteTimeout
    case connectionLimitReached
    case tlsProtocolError
    case tlsCertificateError
    case tlsAlertReceived(TLSAlertReceivedPayload)
    case httpRequestDenied
    case httpRequestLengthRequired
    case httpRequestBodySize(UInt64?)
    case httpRequestMethodInvalid
    case httpRequestURIInvalid
    case httpRequestURITooLong
    case httpRequestHeaderSectionSize(UInt32?)
    case httpRequestHeaderSize(FieldSizePayload?)
    case httpRequestTrailerSectionSize(UInt32?)
    case httpRequestTrailerSize(FieldSizePayload)
    case httpResponseIncomplete
    case httpResponseHeaderSectionSize(UInt32?)
    case httpResponseHeaderSize(FieldSizePayload)
    case httpResponseBodySize(UInt64?)
    case httpResponseTrailerSectionSize(UInt32?)
    case httpResponseTrailerSize(FieldSizePayload)
    case httpResponseTransferCoding(String?)
    case httpResponseContentCoding(String?)
    case httpResponseTimeout
    case httpUpgradeFailed
    case httpProtocolError
    case loopDetected
    case configurationError
    case internalError(String?)

    /// What a log says of it.
    var text: String {
        guard case .internalError(let reason) = self else { return "\(self)" }
        return reason.map { "internal-error: \($0)" } ?? "internal-error"
    }

    /// Spec: wasi:http/types#DNS-error-payload
    package struct DNSErrorPayload: Hashable, Sendable {
        package var rcode: String?
        package var infoCode: UInt16?

        package init(rcode: String? = nil, infoCode: UInt16? = nil) {
            self.rcode = rcode
            self.infoCode = infoCode
        }
    }

    /// Spec: wasi:http/types#TLS-alert-received-payload
    package struct TLSAlertReceivedPayload: Hashable, Sendable {
        package var alertID: UInt8?
        package var alertMessage: String?

        package init(alertID: UInt8? = nil, alertMessage: String? = nil) {
            self.alertID = alertID
            self.alertMessage = alertMessage
        }
    }

    /// Spec: wasi:http/types#field-size-payload
    package struct FieldSizePayload: Hashable, Sendable {
        package var fieldName: String?
        package var fieldSize: UInt32?

        package init(fieldName: String? = nil, fieldSize: UInt32? = nil) {
            self.fieldName = fieldName
            self.fieldSize = fieldSize
        }
    }
}

extension ErrorCode {
    /// What a guest that reads or writes the body of a request learns of the end of its exchange.
    init(_ cancellation: HTTP.Cancellation) {
        switch cancellation {
        case .clientGone, .shutdown, .aborted: self = .connectionTerminated
        case .timedOut: self = .connectionTimeout
        case .bodyTooLarge: self = .httpRequestBodySize(nil)
        case .malformed: self = .httpProtocolError
        }
    }

    /// The status of the response that stands for the error, where a guest gives this in the place of a
    /// response.
    package var status: Status {
        switch self {
        case .dnsTimeout, .connectionTimeout, .connectionReadTimeout, .connectionWriteTimeout,
            .httpResponseTimeout:
            .gatewayTimeout
        case .dnsError, .destinationNotFound, .destinationUnavailable, .destinationIPProhibited,
            .destinationIPUnroutable, .connectionRefused, .connectionTerminated,
            .tlsProtocolError, .tlsCertificateError, .tlsAlertReceived, .httpResponseIncomplete,
            .httpResponseHeaderSectionSize, .httpResponseHeaderSize, .httpResponseBodySize,
            .httpResponseTrailerSectionSize, .httpResponseTrailerSize,
            .httpResponseTransferCoding, .httpResponseContentCoding, .httpUpgradeFailed,
            .httpProtocolError:
            .badGateway
        case .connectionLimitReached: .serviceUnavailable
        case .httpRequestDenied: .forbidden
        case .httpRequestLengthRequired: .lengthRequired
        case .httpRequestBodySize: .contentTooLarge
        case .httpRequestMethodInvalid: .methodNotAllowed
        case .httpRequestURIInvalid: .badRequest
        case .httpRequestURITooLong: .uriTooLong
        case .httpRequestHeaderSectionSize, .httpRequestHeaderSize,
            .httpRequestTrailerSectionSize, .httpRequestTrailerSize:
            .fieldsTooLarge
        case .loopDetected: .loopDetected
        case .configurationError, .internalError: .internalServerError
        }
    }
}
