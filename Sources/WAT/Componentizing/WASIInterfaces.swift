// The interfaces of WASI 0.2 that a core module may import without a toolchain that knows of components,
// and the variables of Spin. An interface stands behind those whose types it uses.
// Spec: wasi:io, wasi:clocks, wasi:random, wasi:cli, wasi:http

extension InterfaceText {
    /// All of them.
    static let all: [InterfaceText] = [
        errors, poll, streams, monotonicClock, wallClock, random, insecureRandom, environment,
        standardInput, standardOutput, standardError, http, outgoingHandler, variables,
    ]

    private static let errors = InterfaceText(
        "wasi:io/error",
        resources: ["error"],
        functions: "[method]error.to-debug-string (result string)"
    )

    private static let poll = InterfaceText(
        "wasi:io/poll",
        resources: ["pollable"],
        functions: """
            [method]pollable.ready (result bool)
            [method]pollable.block
            poll (param "in" (list (borrow $pollable))) (result (list u32))
            """
    )

    private static let streams = InterfaceText(
        "wasi:io/streams",
        uses: [("wasi:io/error", "error", "error"), ("wasi:io/poll", "pollable", "pollable")],
        resources: ["input-stream", "output-stream"],
        types: """
            (type $stream-error-type (variant
              (case "last-operation-failed" (own $error)) (case "closed")))
            (export "stream-error" (type $stream-error (eq $stream-error-type)))
            (type $failing (result (error $stream-error)))
            (type $bytes (result (list u8) (error $stream-error)))
            (type $count (result u64 (error $stream-error)))
            """,
        functions: """
            [method]input-stream.read (param "len" u64) (result $bytes)
            [method]input-stream.blocking-read (param "len" u64) (result $bytes)
            [method]input-stream.skip (param "len" u64) (result $count)
            [method]input-stream.blocking-skip (param "len" u64) (result $count)
            [method]input-stream.subscribe (result (own $pollable))
            [method]output-stream.check-write (result $count)
            [method]output-stream.write (param "contents" (list u8)) (result $failing)
            [method]output-stream.blocking-write-and-flush (param "contents" (list u8)) (result $failing)
            [method]output-stream.flush (result $failing)
            [method]output-stream.blocking-flush (result $failing)
            [method]output-stream.subscribe (result (own $pollable))
            [method]output-stream.write-zeroes (param "len" u64) (result $failing)
            [method]output-stream.splice (param "src" (borrow $input-stream)) (param "len" u64) \
            (result $count)
            [method]output-stream.blocking-splice (param "src" (borrow $input-stream)) (param "len" u64) \
            (result $count)
            """
    )

    private static let monotonicClock = InterfaceText(
        "wasi:clocks/monotonic-clock",
        uses: [("wasi:io/poll", "pollable", "pollable")],
        functions: """
            now (result u64)
            resolution (result u64)
            subscribe-instant (param "when" u64) (result (own $pollable))
            subscribe-duration (param "when" u64) (result (own $pollable))
            """
    )

    private static let wallClock = InterfaceText(
        "wasi:clocks/wall-clock",
        types: """
            (type $datetime-type (record (field "seconds" u64) (field "nanoseconds" u32)))
            (export "datetime" (type $datetime (eq $datetime-type)))
            """,
        functions: """
            now (result $datetime)
            resolution (result $datetime)
            """
    )

    private static let random = InterfaceText(
        "wasi:random/random",
        functions: """
            get-random-bytes (param "len" u64) (result (list u8))
            get-random-u64 (result u64)
            """
    )

    private static let insecureRandom = InterfaceText(
        "wasi:random/insecure",
        functions: """
            get-insecure-random-bytes (param "len" u64) (result (list u8))
            get-insecure-random-u64 (result u64)
            """
    )

    private static let environment = InterfaceText(
        "wasi:cli/environment",
        functions: """
            get-environment (result (list (tuple string string)))
            get-arguments (result (list string))
            initial-cwd (result (option string))
            """
    )

    private static let standardInput = InterfaceText(
        "wasi:cli/stdin",
        uses: [("wasi:io/streams", "input-stream", "input-stream")],
        functions: "get-stdin (result (own $input-stream))"
    )

    private static let standardOutput = InterfaceText(
        "wasi:cli/stdout",
        uses: [("wasi:io/streams", "output-stream", "output-stream")],
        functions: "get-stdout (result (own $output-stream))"
    )

    private static let standardError = InterfaceText(
        "wasi:cli/stderr",
        uses: [("wasi:io/streams", "output-stream", "output-stream")],
        functions: "get-stderr (result (own $output-stream))"
    )

    private static let variables = InterfaceText(
        "fermyon:spin/variables",
        types: """
            (type $error-type (variant (case "invalid-name" string) (case "undefined" string)
              (case "provider" string) (case "other" string)))
            (export "error" (type $error (eq $error-type)))
            """,
        functions: "get (param \"name\" string) (result (result string (error $error)))"
    )
}
