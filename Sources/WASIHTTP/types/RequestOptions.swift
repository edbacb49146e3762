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
