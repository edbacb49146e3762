import Foundation
import Wasm

@testable import DWARF

/// Modules with debugging information, and sections made by hand.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func module(_ name: String, in folder: URL = folder) throws -> Module {
        try Module(decoding: Array(try Data(contentsOf: folder.appending(path: name))))
    }

    static func sections(_ module: Module) -> DebugSections {
        DebugSections { name in
            module.customSections.first { $0.name == name }.map { module.bytes[$0.range] }
        }
    }

    /// A line program of version 4 with one file, `a.c`, in a directory.
    static func program(
        _ opcodes: [UInt8], directory: String = "/src", version: UInt8 = 4, lineRange: UInt8 = 14
    ) -> [UInt8] {
        var header: [UInt8] = [1, 1, 1, UInt8(bitPattern: -5), lineRange, 13]
        header += [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]
        header += Array(directory.utf8) + [0, 0]
        header += Array("a.c".utf8) + [0, 1, 0, 0, 0]
        let body = [version, 0] + word(header.count) + header + opcodes
        return word(body.count) + body
    }

    static func word(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// DW_LNE_set_address.
    static func setAddress(_ address: Int) -> [UInt8] { [0, 5, 2] + word(address) }
    static let endSequence: [UInt8] = [0, 1, 1]

    static func sections(line: [UInt8], others: [String: [UInt8]] = [:]) -> DebugSections {
        DebugSections { $0 == ".debug_line" ? line[...] : others[$0].map { $0[...] } }
    }
}
