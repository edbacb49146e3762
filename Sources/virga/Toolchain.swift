// Unsafe here: strings of C, asked of the environment and the file system.
import Glibc

/// What build commands need of this machine.
enum Toolchain {
    /// What is missing, and the command that mends it.
    struct Missing: Hashable, CustomStringConvertible {
        let what: String
        let remedy: String

        var description: String { "missing: \(what)\n  do: \(remedy)" }
    }

    /// What is missing for these commands, run in a directory; what scripts there name is looked at too.
    static func missing(for commands: [String], in directory: String) -> [Missing] {
        var found: [Missing] = []
        for command in commands {
            for missing in check(words(command), directory, isScript: false)
            where !found.contains(missing) { found.append(missing) }
        }
        return found
    }

    private static func check(_ words: [String], _ directory: String, isScript: Bool) -> [Missing] {
        var missing: [Missing] = []
        var isFirst = true
        for (index, word) in words.enumerated() {
            if separators.contains(word) {
                isFirst = true
                continue
            }
            // A variable's assignment stands before the program.
            if isFirst, word.contains("="), !word.contains("/") { continue }
            let rest = words[(index + 1)...].prefix { !separators.contains($0) }
            if let program = Program(rawValue: word) {
                missing += program.missing(Array(rest))
            } else if isFirst, !isScript, isPlain(word), !isThere(word, directory) {
                missing.append(
                    Missing(
                        what: "\(word), which a build command runs",
                        remedy: word.contains("/")
                            ? "correct the path" : "apt-get install \(word), or put it on PATH"
                    )
                )
            }
            if isFirst, !isScript, word == "sh" || word == "bash", let script = rest.first,
                let bytes = ModuleFile.read("\(directory)/\(script)"), bytes.count < 1 << 20
            {
                let text = String(decoding: bytes, as: UTF8.self)
                missing += check(self.words(text), directory, isScript: true)
            }
            isFirst = false
        }
        return missing
    }

    private static let separators: Set<String> = ["&&", "||", ";", "|", "\n"]
    private static let builtIns: Set<String> = [
        "cd", "set", "export", "test", "[", "echo", "if", "then", "else", "fi", "for", "do", "done", "while",
        "exit", "eval", "exec", ".", ":", "true", "false", "!", "{", "}", "unset", "umask", "trap",
    ]

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        for line in text.split(separator: "\n") where line.first != "#" {
            var word = ""
            var quote: Character?
            for character in line {
                if character == quote {
                    quote = nil
                } else if quote != nil {
                    word.append(character)
                } else if character == "\"" || character == "'" {
                    quote = character
                } else if character == " " || character == "\t" || character == ";" {
                    if !word.isEmpty { words.append(word) }
                    if character == ";" { words.append(";") }
                    word = ""
                } else {
                    word.append(character)
                }
            }
            if !word.isEmpty { words.append(word) }
            words.append("\n")
        }
        return words
    }

    /// Whether a word is the name of a program, and nothing that the shell makes one of.
    private static func isPlain(_ word: String) -> Bool {
        !builtIns.contains(word) && !word.contains { "$`(){}<>*?&|".contains($0) }
    }

    private static func isThere(_ word: String, _ directory: String) -> Bool {
        if word.hasPrefix("/") { return unsafe access(word, X_OK) == 0 }
        if word.contains("/") { return unsafe access("\(directory)/\(word)", X_OK) == 0 }
        return find(word) != nil
    }

    /// Where a program is, by PATH.
    static func find(_ program: String) -> String? {
        guard let path = unsafe getenv("PATH").map({ unsafe String(cString: $0) }) else { return nil }
        return path.split(separator: ":").map { "\($0)/\(program)" }
            .first { unsafe access($0, X_OK) == 0 }
    }

    /// A directory that a program says it uses; nil where it does not, or there is none.
    static func directory(saidBy command: String) -> String? {
        guard let stream = unsafe popen("\(command) 2>/dev/null", "re") else { return nil }
        var line = [CChar](repeating: 0, count: 4_096)
        let isRead = unsafe fgets(&line, Int32(line.count), stream) != nil
        guard unsafe pclose(stream) == 0, isRead else { return nil }
        let bytes = line.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }
        let path = String(decoding: bytes, as: UTF8.self)
        return unsafe access(path, F_OK) == 0 ? path : nil
    }
}

extension Toolchain {
    /// The programs that are known here.
    enum Program: String {
        case clang, cargo, rustc, swiftc
        case componentize = "componentize-py"

        /// What is missing for the program with these arguments.
        func missing(_ arguments: [String]) -> [Missing] {
            guard let path = Toolchain.find(rawValue) else {
                return [Missing(what: "\(rawValue) is not on PATH", remedy: installation)]
            }
            switch self {
            case .clang:
                guard arguments.contains(where: { $0.hasPrefix("--target=wasm32") }) else { return [] }
                return clangMissing(path)
            case .cargo, .rustc:
                guard let target = target(arguments) else { return [] }
                return rustMissing(target)
            case .swiftc:
                guard arguments.contains("wasm32-unknown-none-wasm") else { return [] }
                return swiftMissing(path)
            case .componentize: return []
            }
        }

        private var installation: String {
            switch self {
            case .clang: "apt-get install clang lld, or put Swift's toolchain on PATH, which has one"
            case .cargo, .rustc: "install Rust from https://rustup.rs, or apt-get install cargo"
            case .swiftc: "install Swift 6.3 or newer from https://www.swift.org/install/linux"
            case .componentize: "python3 -m venv venv && venv/bin/pip install componentize-py==0.25.1, "
                + "and put venv/bin on PATH"
            }
        }

        private func target(_ arguments: [String]) -> String? {
            for (index, word) in arguments.enumerated() {
                if word.hasPrefix("--target=") { return String(word.dropFirst("--target=".count)) }
                if word == "--target", index + 1 < arguments.count { return arguments[index + 1] }
            }
            return nil
        }

        private func clangMissing(_ path: String) -> [Missing] {
            let install = "apt-get install clang lld, or put Swift's toolchain before it on PATH"
            if Toolchain.directory(saidBy: "'\(path)' -print-prog-name=wasm-ld") == nil,
                Toolchain.find("wasm-ld") == nil
            {
                return [Missing(what: "wasm-ld, which clang links with", remedy: install)]
            }
            let knows = "'\(path)' --print-targets | grep -q '^ *wasm32 ' && echo /"
            guard Toolchain.directory(saidBy: knows) == nil else { return [] }
            return [Missing(what: "clang for the target wasm32 (\(path) has none)", remedy: install)]
        }

        private func rustMissing(_ target: String) -> [Missing] {
            // What is asked for has been read from a manifest, and goes into a command.
            guard target.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            else { return [] }
            let command = "rustc --print target-libdir --target \(target)"
            guard Toolchain.directory(saidBy: command) == nil else { return [] }
            let isRustup = Toolchain.find("rustup") != nil
            let package =
                target == "wasm32-unknown-unknown" || target == "wasm32-wasi"
                ? "apt-get install libstd-rust-dev-wasm32" : "install Rust from https://rustup.rs"
            return [
                Missing(
                    what: "Rust's standard library for \(target)",
                    remedy: isRustup ? "rustup target add \(target)" : package
                )
            ]
        }

        private func swiftMissing(_ path: String) -> [Missing] {
            let program = ModuleFile.realPath(path)
            let library = "\(program.prefix(upTo: program.lastIndex(of: "/") ?? program.endIndex))"
                + "/../lib/swift/embedded/wasm32-unknown-none-wasm"
            guard unsafe access(library, F_OK) != 0 else { return [] }
            return [
                Missing(
                    what: "Embedded Swift for wasm32 (\(path) has none)",
                    remedy: "install Swift 6.3 or newer from https://www.swift.org/install/linux"
                )
            ]
        }
    }
}
