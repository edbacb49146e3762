import ArgumentParser
import HTTPServer

/// What is told of requests, and to whom.
struct LogOptions: ParsableArguments {
    @Option(help: "Access log: a path, or - for the standard output.")
    var accessLog: String?

    @Option(
        help: ArgumentHelp(
            "Form of a line of the access log: combined, timed or json.",
            discussion: """
                timed and json have the request's name, its component and the milliseconds of each \
                phase: waiting for an instance, taking it, the guest, the guest suspended, and sending \
                the response.
                """
        )
    )
    var accessLogFormat = AccessLogConfiguration.Format.combined

    @Flag(
        help: """
            Show whoever asks why a guest failed, and where the time of a request went. Not for \
            production.
            """
    )
    var development = false

    /// The access log that is asked for.
    var configuration: AccessLogConfiguration? {
        accessLog.map { AccessLogConfiguration(path: $0, format: accessLogFormat) }
    }
}

extension AccessLogConfiguration.Format: ExpressibleByArgument {}
