// wasi:http for core modules. Spec: wasi:http/types, wasi:http/outgoing-handler

extension InterfaceText {
    static let http = InterfaceText(
        "wasi:http/types",
        uses: [
            ("wasi:io/streams", "input-stream", "input-stream"),
            ("wasi:io/streams", "output-stream", "output-stream"),
            ("wasi:io/error", "error", "io-error"), ("wasi:io/poll", "pollable", "pollable"),
        ],
        resources: [
            "fields", "incoming-request", "outgoing-request", "request-options", "response-outparam",
            "incoming-response", "incoming-body", "future-trailers", "outgoing-response",
            "outgoing-body", "future-incoming-response",
        ],
        types: requestTypes + errorTypes,
        functions: fieldFunctions + requestFunctions + responseFunctions
    )

    static let outgoingHandler = InterfaceText(
        "wasi:http/outgoing-handler",
        uses: [
            ("wasi:http/types", "outgoing-request", "outgoing-request"),
            ("wasi:http/types", "request-options", "request-options"),
            ("wasi:http/types", "future-incoming-response", "future-incoming-response"),
            ("wasi:http/types", "error-code", "error-code"),
        ],
        functions: """
            handle (param "request" (own $outgoing-request)) \
            (param "options" (option (own $request-options))) \
            (result (result (own $future-incoming-response) (error $error-code)))
            """
    )

    private static let requestTypes = """
        (type $method-type (variant (case "get") (case "head") (case "post") (case "put") (case "delete")
          (case "connect") (case "options") (case "trace") (case "patch") (case "other" string)))
        (export "method" (type $method (eq $method-type)))
        (type $scheme-type (variant (case "HTTP") (case "HTTPS") (case "other" string)))
        (export "scheme" (type $scheme (eq $scheme-type)))
        (type $header-error-type (variant (case "invalid-syntax") (case "forbidden") (case "immutable")))
        (export "header-error" (type $header-error (eq $header-error-type)))
        (type $setting (result (error $header-error)))
        (type $pairs (list (tuple string (list u8))))

        """

    private static let errorTypes = """
        (type $dns-type (record (field "rcode" (option string)) (field "info-code" (option u16))))
        (export "DNS-error-payload" (type $dns (eq $dns-type)))
        (type $alert-type (record
          (field "alert-id" (option u8)) (field "alert-message" (option string))))
        (export "TLS-alert-received-payload" (type $alert (eq $alert-type)))
        (type $size-type (record (field "field-name" (option string)) (field "field-size" (option u32))))
        (export "field-size-payload" (type $size (eq $size-type)))
        (type $code-type (variant
          (case "DNS-timeout") (case "DNS-error" $dns) (case "destination-not-found")
          (case "destination-unavailable") (case "destination-IP-prohibited")
          (case "destination-IP-unroutable") (case "connection-refused") (case "connection-terminated")
          (case "connection-timeout") (case "connection-read-timeout") (case "connection-write-timeout")
          (case "connection-limit-reached") (case "TLS-protocol-error") (case "TLS-certificate-error")
          (case "TLS-alert-received" $alert) (case "HTTP-request-denied")
          (case "HTTP-request-length-required") (case "HTTP-request-body-size" (option u64))
          (case "HTTP-request-method-invalid") (case "HTTP-request-URI-invalid")
          (case "HTTP-request-URI-too-long") (case "HTTP-request-header-section-size" (option u32))
          (case "HTTP-request-header-size" (option $size))
          (case "HTTP-request-trailer-section-size" (option u32)) (case "HTTP-request-trailer-size" $size)
          (case "HTTP-response-incomplete") (case "HTTP-response-header-section-size" (option u32))
          (case "HTTP-response-header-size" $size) (case "HTTP-response-body-size" (option u64))
          (case "HTTP-response-trailer-section-size" (option u32))
          (case "HTTP-response-trailer-size" $size) (case "HTTP-response-transfer-coding" (option string))
          (case "HTTP-response-content-coding" (option string)) (case "HTTP-response-timeout")
          (case "HTTP-upgrade-failed") (case "HTTP-protocol-error") (case "loop-detected")
          (case "configuration-error") (case "internal-error" (option string))))
        (export "error-code" (type $error-code (eq $code-type)))
        """

    private static let fieldFunctions = """
        http-error-code (param "err" (borrow $io-error)) (result (option $error-code))
        [constructor]fields (result (own $fields))
        [static]fields.from-list (param "entries" $pairs) \
        (result (result (own $fields) (error $header-error)))
        [method]fields.get (param "name" string) (result (list (list u8)))
        [method]fields.has (param "name" string) (result bool)
        [method]fields.set (param "name" string) (param "value" (list (list u8))) (result $setting)
        [method]fields.delete (param "name" string) (result $setting)
        [method]fields.append (param "name" string) (param "value" (list u8)) (result $setting)
        [method]fields.entries (result $pairs)
        [method]fields.clone (result (own $fields))

        """

    private static let requestFunctions = """
        [method]incoming-request.method (result $method)
        [method]incoming-request.path-with-query (result (option string))
        [method]incoming-request.scheme (result (option $scheme))
        [method]incoming-request.authority (result (option string))
        [method]incoming-request.headers (result (own $fields))
        [method]incoming-request.consume (result (result (own $incoming-body)))
        [constructor]outgoing-request (param "headers" (own $fields)) (result (own $outgoing-request))
        [method]outgoing-request.body (result (result (own $outgoing-body)))
        [method]outgoing-request.method (result $method)
        [method]outgoing-request.set-method (param "method" $method) (result (result))
        [method]outgoing-request.path-with-query (result (option string))
        [method]outgoing-request.set-path-with-query (param "path-with-query" (option string)) \
        (result (result))
        [method]outgoing-request.scheme (result (option $scheme))
        [method]outgoing-request.set-scheme (param "scheme" (option $scheme)) (result (result))
        [method]outgoing-request.authority (result (option string))
        [method]outgoing-request.set-authority (param "authority" (option string)) (result (result))
        [method]outgoing-request.headers (result (own $fields))
        [constructor]request-options (result (own $request-options))
        [method]request-options.connect-timeout (result (option u64))
        [method]request-options.set-connect-timeout (param "duration" (option u64)) (result (result))
        [method]request-options.first-byte-timeout (result (option u64))
        [method]request-options.set-first-byte-timeout (param "duration" (option u64)) (result (result))
        [method]request-options.between-bytes-timeout (result (option u64))
        [method]request-options.set-between-bytes-timeout (param "duration" (option u64)) (result (result))

        """

    private static let responseFunctions = """
        [static]response-outparam.set (param "param" (own $response-outparam)) \
        (param "response" (result (own $outgoing-response) (error $error-code)))
        [method]incoming-response.status (result u16)
        [method]incoming-response.headers (result (own $fields))
        [method]incoming-response.consume (result (result (own $incoming-body)))
        [method]incoming-body.stream (result (result (own $input-stream)))
        [static]incoming-body.finish (param "this" (own $incoming-body)) (result (own $future-trailers))
        [method]future-trailers.subscribe (result (own $pollable))
        [method]future-trailers.get \
        (result (option (result (result (option (own $fields)) (error $error-code)))))
        [constructor]outgoing-response (param "headers" (own $fields)) (result (own $outgoing-response))
        [method]outgoing-response.status-code (result u16)
        [method]outgoing-response.set-status-code (param "status-code" u16) (result (result))
        [method]outgoing-response.headers (result (own $fields))
        [method]outgoing-response.body (result (result (own $outgoing-body)))
        [method]outgoing-body.write (result (result (own $output-stream)))
        [static]outgoing-body.finish (param "this" (own $outgoing-body)) \
        (param "trailers" (option (own $fields))) (result (result (error $error-code)))
        [method]future-incoming-response.subscribe (result (own $pollable))
        [method]future-incoming-response.get \
        (result (option (result (result (own $incoming-response) (error $error-code)))))
        """
}
