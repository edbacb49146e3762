/// The sections of debugging information that are read, by what they hold. One that is not there is empty.
package struct DebugSections: Sendable {
    var line: ArraySlice<UInt8>
    var lineStrings: ArraySlice<UInt8>
    var strings: ArraySlice<UInt8>
    var info: ArraySlice<UInt8>
    var abbreviations: ArraySlice<UInt8>

    /// The sections that `contents` gives by their names, as `.debug_line`.
    package init(_ contents: (String) -> ArraySlice<UInt8>?) {
        line = contents(".debug_line") ?? []
        lineStrings = contents(".debug_line_str") ?? []
        strings = contents(".debug_str") ?? []
        info = contents(".debug_info") ?? []
        abbreviations = contents(".debug_abbrev") ?? []
    }

    /// Whether lines can be told of any code.
    package var hasLines: Bool { !line.isEmpty }
}
