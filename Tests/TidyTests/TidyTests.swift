import Foundation
import Testing

/// The rules of the house that a machine can see.
@Suite struct TidyTests {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What each target may import of ours and of the system's; the map of Sources/ARCHITECTURE.md.
    static let imports: [String: Set<String>] = [
        "Fiber": ["CBoostContext", "Glibc"],
        "Wasm": ["CLinux", "Fiber", "Glibc"],
        "ComponentModel": ["Wasm", "Fiber", "Glibc"],
        "WAT": ["Wasm", "ComponentModel", "Glibc"],
        "Reactor": ["CLinux", "Glibc", "Synchronization"],
        "SpinManifest": ["CTOML", "Glibc"],
        "TLS": ["COpenSSL"],
        "Digest": ["COpenSSL"],
        "HTTP": ["CNghttp2", "Glibc"],
        "HTTPServer": ["Reactor", "TLS", "HTTP", "Glibc", "Synchronization"],
        "WASI": ["ComponentModel", "Wasm", "Fiber", "Reactor", "CLinux", "Glibc", "Synchronization"],
        "DWARF": [],
        "WASIHTTP": [
            "WASI", "ComponentModel", "HTTP", "Wasm", "DWARF", "Fiber", "Reactor", "Glibc", "Synchronization",
        ],
        "FunctionHost": [
            "SpinManifest", "WASIHTTP", "WASI", "ComponentModel", "HTTP", "Wasm", "Fiber", "Reactor",
            "CCurl", "CLinux", "Digest", "Glibc", "Synchronization",
        ],
        "virga": [
            "FunctionHost", "SpinManifest",
            "Fiber", "WASI", "WASIHTTP", "Wasm", "ComponentModel", "WAT", "HTTP", "HTTPServer", "Reactor",
            "TLS", "Digest", "CCurl", "ArgumentParser", "Glibc", "Synchronization",
        ],
    ]

    struct Source {
        let target: String
        let path: String
        let lines: [Substring]
        var isGenerated: Bool { lines.first?.contains("Made by") == true }
    }

    static let sources: [Source] = {
        let base = root.appending(path: "Sources")
        let files = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
        return (files ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: base.appending(path: path), encoding: .utf8)
            else { return nil }
            return Source(
                target: String(path.prefix { $0 != "/" }), path: path,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }()

    @Test func sourcesAreFound() {
        #expect(Self.sources.count > 40)
    }

    @Test func filesAreShort() {
        for source in Self.sources where !source.isGenerated {
            #expect(source.lines.count <= 450, "\(source.path) has \(source.lines.count) lines")
        }
    }

    @Test func linesAreShort() {
        for source in Self.sources where !source.isGenerated {
            for (index, line) in source.lines.enumerated() where line.count > 110 {
                Issue.record("\(source.path):\(index + 1) has \(line.count) characters")
            }
        }
    }

    @Test func targetsImportWhatTheMapAllows() {
        for source in Self.sources {
            guard let allowed = Self.imports[source.target] else {
                Issue.record("\(source.path): the target \(source.target) is not on the map")
                continue
            }
            for line in source.lines {
                let words = line.split(separator: " ")
                guard let keyword = words.firstIndex(of: "import"), keyword <= 1,
                    words.count > keyword + 1, line.first?.isLetter == true || line.hasPrefix("@")
                else { continue }
                let name = String(words[keyword + 1].prefix { $0 != "." })
                #expect(allowed.contains(name), "\(source.path) imports \(name)")
            }
        }
    }

    @Test func nothingDependsOnSwiftNIO() throws {
        let manifest = try String(
            contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        for name in ["swift-nio", "async-http-client", "hummingbird", "vapor"] {
            #expect(!manifest.contains(name))
        }
    }

    @Test func nothingIsLeftToDo() {
        let forbidden = ["fatalError(", "try!", "TODO", "FIXME", "preconditionFailure("]
        for source in Self.sources {
            for (index, line) in source.lines.enumerated() {
                for word in forbidden where line.contains(word) {
                    Issue.record("\(source.path):\(index + 1) holds \(word)")
                }
            }
        }
    }

    @Test(arguments: ["Wasm/Instructions/generate.py", "virga/Templates/generate.py"])
    func generatedFilesAreUpToDate(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Self.root.appending(path: "Sources/\(script)").path, "--check"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// The samples in C are built with what `virga new` gives a function in C.
    @Test(arguments: ["in-c", "in-swift"])
    func samplesHaveTheTemplatesInterface(_ folder: String) throws {
        let template = Self.root.appending(path: "Sources/virga/Templates/files/c")
        let samples = Self.root.appending(path: "spin-manifests/languages/\(folder)")
        for file in ["http.h", "http.c"] {
            let copy = try Data(contentsOf: samples.appending(path: file))
            #expect(copy == (try Data(contentsOf: template.appending(path: file))))
        }
    }
}
