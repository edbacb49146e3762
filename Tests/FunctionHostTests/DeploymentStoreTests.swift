import Digest
import Foundation
import Testing

@testable import FunctionHost

/// What a host keeps of deployments, and what is left where it ended in between.
@Suite struct DeploymentStoreTests {
    /// A state directory of its own.
    final class State {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "virga-store-\(UUID().uuidString)").path
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func names(_ folder: String) -> [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/deployments/\(folder)")) ?? []).sorted()
        }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/deployments/\(name)"))
        }
    }

    static func contents(_ texts: [String: String]) throws -> DeploymentContents {
        DeploymentContents(
            name: "m", profile: nil, manifest: "spin.toml",
            files: try texts.sorted { $0.key < $1.key }.map { path, text in
                DeploymentContents.File(
                    path: path, digest: try SHA256.digest(Array(text.utf8)), size: UInt64(text.utf8.count))
            }, directories: [])
    }

    @discardableResult
    static func keep(_ store: DeploymentStore, _ texts: [String: String]) throws -> Deployment {
        let contents = try contents(texts)
        let upload = DeploymentUpload(store)
        let digests = contents.digests.keys.filter { !store.has($0, size: contents.digests[$0] ?? 0) }
        let lines = digests.map { "blob \($0)\n" }.joined()
        try upload.take(Array((contents.text + lines + "\n").utf8))
        for digest in digests {
            let path = try #require(contents.files.first { $0.digest == digest }?.path)
            try upload.take(Array((texts[path] ?? "").utf8))
        }
        let (received, incoming) = try upload.finish()
        return try store.keep(received, from: incoming, time: 7, author: "uid 1", application: "app 1")
    }

    @Test func whatIsKeptIsThereAfterARestart() throws {
        let state = State()
        do {
            let store = try DeploymentStore(in: state.path)
            #expect(try store.activeDeployment() == nil)
            try Self.keep(store, ["spin.toml": "one", "a/empty": "", "a/x": "xx"])
            try Self.keep(store, ["spin.toml": "two", "a/x": "xx"])
        }
        let store = try DeploymentStore(in: state.path)
        let active = try #require(try store.activeDeployment())
        #expect(active.id == 2 && active.author == "uid 1" && active.time == 7)
        #expect(store.deployments().map(\.id) == [2, 1])
        let tree = try store.tree(of: active.contents)
        #expect(tree.manifest.bytes == Array("two".utf8))
        #expect(state.names("blobs").count == 4)
    }

    @Test func whatWasLeftInBetweenIsRemoved() throws {
        let state = State()
        do {
            let store = try DeploymentStore(in: state.path)
            try Self.keep(store, ["spin.toml": "one"])
        }
        let before = state.names("blobs")
        // It ended within an upload, after the files, after the record, while `active` was written.
        try FileManager.default.createDirectory(
            atPath: "\(state.path)/deployments/incoming/upload-x", withIntermediateDirectories: true)
        try state.write("incoming/upload-x/part", "half")
        try state.write("blobs/\(try SHA256.digest([1]))", "\u{1}")
        let record = Deployment(
            id: 2, contents: try Self.contents(["spin.toml": "one"]), time: 8, author: "", application: "")
        try state.write("records/2", record.text)
        try state.write("records/2.new", "virga-deplo")
        try state.write("active.new", "last 2\nactive 2 0")
        let store = try DeploymentStore(in: state.path)
        #expect(try store.activeDeployment()?.id == 1)
        #expect(state.names("blobs") == before)
        #expect(state.names("records") == ["1"])
        #expect(state.names("incoming").isEmpty)
        // Its number is given to the next one.
        #expect(try Self.keep(store, ["spin.toml": "three"]).id == 2)
    }

    @Test func whatIsDamagedIsToldAndNotRemoved() throws {
        let state = State()
        do {
            let store = try DeploymentStore(in: state.path)
            try Self.keep(store, ["spin.toml": "one"])
        }
        let record = try String(contentsOfFile: "\(state.path)/deployments/records/1", encoding: .utf8)
        let active = try String(contentsOfFile: "\(state.path)/deployments/active", encoding: .utf8)
        let blobs = state.names("blobs")
        for (name, text) in [
            ("records/1", String(record.dropLast(3))), ("records/1", record.replacing("uid 1", with: "uid 2")),
            ("records/1", ""), ("active", String(active.dropLast(5))), ("active", "last x\n"),
            ("active", active.replacing("active 1", with: "active 9")),
        ] {
            try state.write("records/1", record)
            try state.write("active", active)
            try state.write(name, text)
            #expect(throws: DeployingError.self, "\(name) \(text)") {
                try DeploymentStore(in: state.path).activeDeployment()
            }
            #expect(state.names("blobs") == blobs)
        }
        try state.write("records/1", record)
        try state.write("active", active)
        #expect(try DeploymentStore(in: state.path).activeDeployment()?.id == 1)
    }

    @Test func oneHostUsesAStateDirectory() throws {
        let state = State()
        let store = try DeploymentStore(in: state.path)
        #expect(throws: DeployingError.inUse("the state directory \(state.path) is used by another host")) {
            try DeploymentStore(in: state.path)
        }
        withExtendedLifetime(store) {}
    }

    @Test func deploymentsBeyondTheLimitGo() throws {
        let state = State()
        var limits = DeployingLimits()
        limits.kept = 3
        let store = try DeploymentStore(in: state.path, limits: limits)
        for number in 1...3 { try Self.keep(store, ["spin.toml": "\(number)", "same": "same"]) }
        #expect(store.deployments().map(\.id) == [3, 2, 1])
        // What was gone back from goes before what was active longest ago.
        let second = try #require(try store.deployment(2))
        try store.activate(2, record: second.record)
        try Self.keep(store, ["spin.toml": "4", "same": "same"])
        #expect(store.deployments().map(\.id) == [4, 2, 1])
        try Self.keep(store, ["spin.toml": "5", "same": "same"])
        #expect(store.deployments().map(\.id) == [5, 4, 2])
        #expect(state.names("blobs").count == 4)
    }

    // MARK: Limits

    static func error(_ limits: DeployingLimits, _ texts: [String: String]) throws -> DeployingError? {
        let state = State()
        let store = try DeploymentStore(in: state.path, limits: limits)
        do {
            try keep(store, texts)
            return nil
        } catch let error as DeployingError {
            #expect(state.names("incoming").isEmpty && state.names("blobs").isEmpty)
            return error
        }
    }

    @Test func eachLimitIsMetWhereItIs() throws {
        let texts = ["spin.toml": "0123456789", "a": "01234"]
        let cases: [(WritableKeyPath<DeployingLimits, Int>, Int, String)] = [
            (\.files, 2, "more than 1 files"), (\.manifestBytes, 10, "the manifest has more than 9 bytes"),
            (\.pathBytes, 9, "a path has more than 8 bytes"),
            (\.listBytes, try Self.contents(texts).text.utf8.count + 140, "list of files has more than"),
        ]
        for (path, limit, text) in cases {
            var limits = DeployingLimits()
            limits[keyPath: path] = limit
            #expect(try Self.error(limits, texts) == nil, "\(text)")
            limits[keyPath: path] = limit - 1
            let error = try #require(try Self.error(limits, texts), "\(text)")
            guard case .overLimit(let sentence) = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(sentence.contains(text))
        }
        var limits = DeployingLimits()
        limits.bytes = 15
        #expect(try Self.error(limits, texts) == nil)
        limits.bytes = 14
        #expect(try Self.error(limits, texts) == .overLimit("the files have more than 14 bytes together"))
        limits = DeployingLimits()
        limits.nameBytes = 8
        #expect(try Self.error(limits, texts) != nil)
    }

    @Test(arguments: [1, 7, 4096]) func anUploadInPiecesIsTheSame(piece: Int) throws {
        let state = State()
        let store = try DeploymentStore(in: state.path)
        let text = String(repeating: "0123456789", count: 500)
        let contents = try Self.contents(["spin.toml": "one", "x": text, "empty": ""])
        let order = contents.files.map(\.digest)
        let lines = order.map { "blob \($0)\n" }.joined()
        let bytes = Array((contents.text + lines + "\n" + text.prefix(0) + "one" + text).utf8)
        let upload = DeploymentUpload(store)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try upload.take(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        #expect(try upload.finish().contents == contents)
        #expect(throws: DeployingError.malformed("the upload goes on after its last file")) {
            try upload.take([0])
        }
    }
}
