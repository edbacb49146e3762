/// The limits of fetching components.
struct DownloadLimits: Sendable {
    /// Redirects that are followed.
    var redirects = 10
    /// Seconds until a connection stands.
    var connectSeconds = 10
    /// Seconds without `stallBytes` in each, after which a transfer is given up.
    var stallSeconds = 20
    var stallBytes = 100
    /// Seconds for all of it.
    var seconds = 300

    init() {}
}
