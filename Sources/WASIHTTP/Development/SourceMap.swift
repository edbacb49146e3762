import DWARF
import Synchronization
import Wasm

/// Which lines of which sources the code of some modules comes from, as far as they say so. Nothing is read
/// before it is asked for. Threads share it.
package final class SourceMap: Sendable {
    private let modules: [Module]
    private let known = Mutex<[Int: SourceLocation?]>([:])

    /// The map of modules that stand in the same bytes.
    package init(_ modules: [Module]) { self.modules = modules }

    /// The place that the instruction at each offset in the bytes comes from; nil where that is not said,
    /// or what says it cannot be read.
    package func locations(of offsets: [Int]) -> [SourceLocation?] {
        let known = known.withLock { $0 }
        let missing = Set(offsets.filter { known[$0] == nil })
        var found: [Int: SourceLocation?] = [:]
        for module in modules where !missing.isEmpty {
            let within = missing.filter { module.byteRange.contains($0) && found[$0] == nil }.sorted()
            guard !within.isEmpty, let code = module.code else { continue }
            let addresses = within.map { UInt64(max($0 - code.start, 0)) }
            let locations = try? code.table.locations(of: addresses)
            for (index, offset) in within.enumerated() { found[offset] = locations?[index] }
        }
        let result = found
        self.known.withLock { known in
            if known.count + result.count > WASIHTTPLimits.locations { known = [:] }
            known.merge(result) { $1 }
        }
        return offsets.map { offset in (known[offset] ?? result[offset]).flatMap { $0 } }
    }

    /// The backtrace of a trap, a line for each frame, with the places in the sources.
    package func describe(_ trap: Trap) -> String {
        let locations = locations(of: trap.backtrace.map(\.offset))
        var lines: [String] = []
        for (line, location) in zip(trap.backtraceDescription.split(separator: "\n"), locations) {
            lines.append(String(line) + (location.map { " (\($0))" } ?? ""))
        }
        if trap.omittedFrames > 0 { lines.append("    … and \(trap.omittedFrames) more") }
        return lines.joined(separator: "\n")
    }
}

extension Module {
    /// Where the contents of the code section begin, and the lines of what is there; nil where nothing is
    /// said of it.
    fileprivate var code: (start: Int, table: LineTable)? {
        var sections: [String: Range<Int>] = [:]
        for section in customSections where section.name.hasPrefix(".debug_") {
            sections[section.name] = section.range
        }
        guard sections[".debug_line"] != nil, let start = codeStart else { return nil }
        return (start, LineTable(DebugSections { name in sections[name].map { bytes[$0] } }))
    }

    /// Spec: core/binary/modules#code-section
    private var codeStart: Int? {
        var position = byteRange.lowerBound + 8
        while position < byteRange.upperBound {
            let isCode = bytes[position] == 10
            position += 1
            var size = 0
            var shift = 0
            while position < byteRange.upperBound, shift < 35 {
                let byte = bytes[position]
                position += 1
                size |= Int(byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 == 0 { break }
            }
            if isCode { return position }
            position += size
        }
        return nil
    }
}
