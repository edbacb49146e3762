/// Every limit on what a manifest may hold, in one place.
package struct ManifestLimits: Sendable {
    /// Bytes of the file.
    package var fileBytes = 256 << 10
    /// Tables, arrays and the parts of dotted keys within each other.
    package var depth = 32
    /// Diagnostics that are kept; the last one then says that there are more.
    package var diagnostics = 200
    /// Triggers and static files together.
    package var routes = 10_000
    /// Segments of a route.
    package var segments = 64
    /// Bytes of a route.
    package var routeBytes = 2_048
    /// Methods and hosts that a route names, each.
    package var conditions = 64
    /// Bytes of a file pattern.
    package var globBytes = 1_024
    /// Directory entries that are looked at for the files of one component.
    package var directoryEntries = 200_000
    /// Directories within each other below a file pattern.
    package var directoryDepth = 64
    /// Parts of a template.
    package var templateParts = 1_000
    /// Bytes of what a template expands to.
    package var templateBytes = 1 << 20

    /// The limits that `virga` uses.
    package static let standard = ManifestLimits()

    package init() {}
}
