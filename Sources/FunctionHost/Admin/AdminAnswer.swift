import HTTP

/// What the admin socket answers: text for a person.
package struct AdminAnswer: Sendable {
    var status: Status
    var content: [UInt8]
    var type = "text/plain; charset=utf-8"

    init(_ status: Status, _ text: String) {
        self.status = status
        content = Array(text.utf8)
    }

    /// What was asked is done, or it is not, and why.
    init(_ body: () throws(DeployingError) -> String) {
        do throws(DeployingError) {
            self.init(.ok, try body())
        } catch {
            let text = "\(error)"
            self.init(error.status, text.hasSuffix("\n") ? text : text + "\n")
        }
    }

    var head: ResponseHead {
        var fields = HTTP.Fields()
        try? fields.append("content-type", type)
        return ResponseHead(status, fields)
    }
}

extension DeployingError {
    /// The status of a response that says it.
    var status: Status {
        let code =
            switch self {
            case .malformed: 400
            case .overLimit: 413
            case .missing, .widened: 409
            case .refused: 422
            case .unknown: 404
            case .storage: 500
            case .inUse: 503
            }
        return Status(code) ?? .internalServerError
    }
}
