import ComponentModel
import WASI
import Wasm

/// Defines wasi:http/outgoing-handler for guests that may send no requests: each is refused.
/// Spec: wasi:http/outgoing-handler#handle
func defineOutgoingHandler(in linker: ComponentLinker) {
    let handler = linker.instance("wasi:http/outgoing-handler@0.2.12")
    handler.define("outgoing-request", resource: OutgoingRequest.resourceType)
    handler.define("request-options", resource: RequestOptions.resourceType)
    handler.define("future-incoming-response", resource: FutureIncomingResponse.resourceType)
    handler.define("handle") {
        (call, request: Own<OutgoingRequest>, options: Own<RequestOptions>?) throws(Trap)
            -> ComponentResult<Own<FutureIncomingResponse>, ErrorCode> in
        _ = try call.take(request)
        if let options { _ = try call.take(options) }
        return .error(.httpRequestDenied)
    }
}
