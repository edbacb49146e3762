/// What the loop of a connection tells the loop that answers one of its requests.
package enum RelayedRequest: Sendable {
    /// Bytes of the request body.
    case body([UInt8])
    /// The request body is over, with these trailers.
    case bodyEnded(Fields)
    /// So many bytes of the response have been taken, and as many more may come.
    case room(Int)
    /// The exchange is over.
    case cancelled(Cancellation)
}

/// What the loop that answers a request tells the loop of its connection.
package enum RelayedResponse: Sendable {
    /// So many more bytes of the request body may come.
    case wantsBody(Int)
    case inform(Status, Fields)
    /// Who answers, said once, before the response is complete.
    case handled(Handling)
    case respond(ResponseHead)
    /// The head and the whole body.
    case respondWhole(ResponseHead, [UInt8])
    case write([UInt8])
    case finish(Fields?)
    case abort

    /// Whether nothing comes after it.
    package var isLast: Bool {
        switch self {
        case .respondWhole, .finish, .abort: true
        case .wantsBody, .inform, .handled, .respond, .write: false
        }
    }
}
