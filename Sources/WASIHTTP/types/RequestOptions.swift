import ComponentModel
import WASI
import Wasm

/// How long the parts of a request may take, in nanoseconds; nil is the host's own bound.
/// Spec: wasi:http/types#request-options
package final class RequestOptions {
    /// Until there is a connection.
    package var connectTimeout: UInt64?
    /// From then until the first byte of the response.
    package var firstByteTimeout: UInt64?
    /// Between bytes of the response's body.
    package var betweenBytesTimeout: UInt64?

    package init() {}
}

// MARK: Functions

extension RequestOptions: TypesResource {
    package static let resourceType = HostResourceType("request-options", of: RequestOptions.self)

    static func define(in types: InstanceDefinition) {
        types.define("[constructor]request-options") { (call) throws(Trap) in
            try call.push(RequestOptions())
        }
        types.define("[method]request-options.connect-timeout") {
            (call, this: Borrow<RequestOptions>) throws(Trap) in try call.get(this).connectTimeout
        }
        types.define("[method]request-options.set-connect-timeout") {
            (call, this: Borrow<RequestOptions>, duration: UInt64?) throws(Trap) in
            try call.get(this).connectTimeout = duration
            return Outcome<Unit>(done: true)
        }
        types.define("[method]request-options.first-byte-timeout") {
            (call, this: Borrow<RequestOptions>) throws(Trap) in
            try call.get(this).firstByteTimeout
        }
        types.define("[method]request-options.set-first-byte-timeout") {
            (call, this: Borrow<RequestOptions>, duration: UInt64?) throws(Trap) in
            try call.get(this).firstByteTimeout = duration
            return Outcome<Unit>(done: true)
        }
        types.define("[method]request-options.between-bytes-timeout") {
            (call, this: Borrow<RequestOptions>) throws(Trap) in
            try call.get(this).betweenBytesTimeout
        }
        types.define("[method]request-options.set-between-bytes-timeout") {
            (call, this: Borrow<RequestOptions>, duration: UInt64?) throws(Trap) in
            try call.get(this).betweenBytesTimeout = duration
            return Outcome<Unit>(done: true)
        }
    }
}
