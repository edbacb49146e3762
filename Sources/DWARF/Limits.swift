/// The bounds of what is read of a module's debugging information, in one place.
package enum DWARFLimits {
    /// Bytes of `.debug_line`, of which each makes one step at most.
    package static let lineBytes = 64 << 20
    /// Directories, and files, of one line program.
    package static let entries = 65_536
    /// Kinds of things that a directory or a file of version 5 is said by.
    package static let formats = 16
    /// Attributes that are passed in the search for the directory of a unit.
    package static let attributes = 1 << 20
    /// Bytes of a name of a file or of a directory.
    package static let nameBytes = 4_096
}
