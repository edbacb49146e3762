import HTTP

/// Where a guest puts its response.
/// Spec: wasi:http/types#response-outparam
package final class ResponseOutparam {
    private let exchange: GuestExchange

    package init(_ exchange: GuestExchange) { self.exchange = exchange }

    /// Sends the response, or one that stands for the error. A second one is of no effect.
    package func set(_ response: Result<OutgoingResponse, ErrorCode>) {
        switch response {
        case .success(let response): exchange.respond(response)
        case .failure(let error): exchange.fail(error.status)
        }
    }

    /// Sends a response that is not the last.
    package func sendInformational(
        _ code: UInt16, _ headers: Fields
    ) -> Result<Void, ErrorCode> {
        guard let status = Status(Int(code)), status.isInformational else {
            return .failure(.httpProtocolError)
        }
        guard code != 101 else { return .failure(.internalError("101 is the host's to send")) }
        exchange.inform(status, headers.lines)
        return .success(())
    }
}
