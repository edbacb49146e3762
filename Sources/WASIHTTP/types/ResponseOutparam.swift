import ComponentModel
import HTTP
import WASI
import Wasm

/// Where a guest puts its response.
/// Spec: wasi:http/types#response-outparam
package final class ResponseOutparam {
    private let exchange: GuestExchange

    package init(_ exchange: GuestExchange) { self.exchange = exchange }

    /// Sends the response, or one that stands for the error. A second one is of no effect.
    package func set(_ response: Result<OutgoingResponse, ErrorCode>) {
        switch response {
        case .success(let response): exchange.respond(response)
        case .failure(let error):
            if !exchange.hasAnswer { exchange.request?.failed(.refused(error.text)) }
            exchange.fail(error.status)
        }
    }

    /// Sends a response that is not the last.
    package func sendInformational(
        _ code: UInt16,
        _ headers: Fields
    ) -> Result<Void, ErrorCode> {
        guard let status = Status(Int(code)), status.isInformational else {
            return .failure(.httpProtocolError)
        }
        guard code != 101 else { return .failure(.internalError("101 is the host's to send")) }
        exchange.inform(status, headers.lines)
        return .success(())
    }
}

// MARK: Functions

extension ResponseOutparam: TypesResource {
    package static let resourceType = HostResourceType(
        "response-outparam",
        of: ResponseOutparam.self
    )

    static func define(in types: InstanceDefinition) {
        types.define("[method]response-outparam.send-informational") {
            (call, this: Borrow<ResponseOutparam>, code: UInt16, headers: Own<Fields>)
                throws(Trap) in
            Outcome(try call.get(this).sendInformational(code, try call.take(headers)))
        }
        types.define("[static]response-outparam.set") {
            (
                call,
                this: Own<ResponseOutparam>,
                response: ComponentResult<Own<OutgoingResponse>, ErrorCode>
            ) throws(Trap) in
            let outparam = try call.take(this)
            switch response {
            case .ok(let response): outparam.set(.success(try call.take(response)))
            case .error(let error): outparam.set(.failure(error))
            }
            return Unit()
        }
    }
}
