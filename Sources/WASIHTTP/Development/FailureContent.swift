import HTTP

/// What is sent in the place of an answer that was not given.
package struct FailureContent {
    package var type: String
    package var bytes: [UInt8]

    /// The status, and the name by which the request is found in the log.
    package static func plain(_ status: Status, _ id: RequestID) -> FailureContent {
        FailureContent(
            type: "text/plain",
            bytes: Array("\(status.phrase)\nrequest \(id)\n".utf8)
        )
    }

    /// Adds the fields that belong to it.
    package func describe(_ head: inout ResponseHead, _ id: RequestID) {
        try? head.fields.append("content-type", type)
        try? head.fields.append("x-request-id", id.description)
    }
}

extension Exchange {
    /// Answers with a status, its phrase and the request's name.
    package func respond(_ status: Status, _ fields: FieldLines, _ id: RequestID) {
        var head = ResponseHead(status, fields)
        let content = FailureContent.plain(status, id)
        content.describe(&head, id)
        respond(head, content: content.bytes)
    }
}
