/// What of a suite's scripts is known not to hold here as it is written, and why: the lines of a file.
///
/// A line is `PATH[:LINE] REASON`: the command at that line, or any in the file, may fail. Or it is
/// `PATH:LINE "WORDS" REASON`: the assertion holds, and the error says these words instead. What `#` begins
/// is a comment. A command that holds although it is on the list fails.
package struct ScriptSkips: Sendable {
    /// How a command is not as the suite has it.
    enum Difference: Hashable, Sendable {
        case fails(reason: String)
        case otherWords(String, reason: String)

        var reason: String {
            switch self {
            case .fails(let reason), .otherWords(_, let reason): reason
            }
        }
    }

    /// What is listed of one script.
    package struct Script: Sendable {
        /// That of the whole script.
        var all: Difference?
        var lines: [Int: Difference] = [:]

        /// Nothing.
        package init() {}
    }

    private var scripts: [String: Script] = [:]

    /// The list that `text` is. Throws at the first line that is none of a list.
    package init(_ text: [UInt8]) throws(TextError) {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let line = String(decoding: line, as: UTF8.self)
            guard let first = line.first(where: { $0 != " " }), first != "#" else { continue }
            guard let problem = add(line) else { continue }
            throw TextError(at: TextLocation(line: number + 1, column: 1), problem)
        }
    }

    /// Adds what a line says; what is wrong with it, nil where nothing is.
    private mutating func add(_ line: String) -> String? {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return "expected a path, and a reason behind it" }
        let place = parts[0].split(separator: ":", maxSplits: 1)
        let path = String(place[0])
        var difference = Difference.fails(reason: String(parts[1]))
        if parts[1].hasPrefix("\"") {
            let quoted = parts[1].dropFirst().split(separator: "\"", maxSplits: 1)
            guard quoted.count == 2 else { return "expected words in quotes, and a reason behind them" }
            let reason = quoted[1].drop { $0 == " " }
            difference = .otherWords(String(quoted[0]), reason: String(reason))
        }
        guard place.count == 2 else {
            guard case .fails = difference, scripts[path]?.all == nil else {
                return "expected one reason for all of \(path)"
            }
            scripts[path, default: Script()].all = difference
            return nil
        }
        guard let number = Int(place[1]) else { return "expected the number of a line, got \(place[1])" }
        let old = scripts[path, default: Script()].lines.updateValue(difference, forKey: number)
        return old == nil ? nil : "\(path):\(number) is listed twice"
    }

    /// What is listed of the script at `path`, which ends in the path of the list.
    package func script(at path: String) -> Script {
        let known = scripts.first { path == $0.key || path.hasSuffix("/" + $0.key) }
        return known?.value ?? Script()
    }
}
