import ComponentModel
import Foundation
import Testing
import WAT

/// Broken components: a typed error or a valid component each time.
@Suite struct RobustnessTests {
    /// A generator of numbers that are the same in each run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var number = state
            number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
            number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
            return number ^ (number >> 31)
        }
    }

    private static let isSoak = ProcessInfo.processInfo.environment["VIRGA_SOAK"] != nil

    /// Truncates `bytes` and changes some of them, each `count` times.
    private static func disturb(_ bytes: [UInt8], _ count: Int) {
        var numbers = Numbers(state: UInt64(bytes.count))
        for _ in 0..<min(count, bytes.count) {
            _ = decode(Array(bytes[..<Int.random(in: 0..<bytes.count, using: &numbers)]))
        }
        var copy = bytes
        for _ in 0..<count {
            let index = Int.random(in: 0..<copy.count, using: &numbers)
            let byte = copy[index]
            copy[index] = byte ^ UInt8.random(in: 1...255, using: &numbers)
            _ = decode(copy)
            copy[index] = byte
        }
    }

    /// The invalid components of the other suites, which are valid but for one thing.
    private static let texts: [String] = {
        let suites = [
            TypeTests.invalid, TypeTests.invalidCore, ResourceTests.invalid,
            ResourceTests.invisible,
            NameTests.functions, NameTests.attributes, InstantiationTests.invalid,
            InstantiationTests.values, CanonTests.invalid, CanonTests.builtIns,
        ]
        return suites.flatMap { $0 }.map(\.text)
    }()

    @Test func componentsOfTheSuites() throws {
        for text in Self.texts {
            let bytes = try ComponentAssembler.assemble(Array("(component \(text))".utf8))
            Self.disturb(bytes, Self.isSoak ? 5_000 : 200)
        }
    }

    @Test func everyTruncation() throws {
        let text = """
            (type $r (resource (rep i32)))
            (import "i" (instance $i (export "r" (type $r (sub resource))) (export "f" (func (param "x" (own $r))))))
            (component $c (import "f" (func)) (core type (module (import "a" "b" (func)))))
            (alias export $i "f" (func $f))
            (core func (canon lower (func $f)))
            (export "g" (func $f))
            """
        let bytes = try ComponentAssembler.assemble(Array("(component \(text))".utf8))
        _ = try decode(bytes).get()
        var valid = 0
        for count in 0..<bytes.count where (try? decode(Array(bytes[..<count])).get()) != nil {
            valid += 1
        }
        // Only between two sections.
        #expect(valid < 20)
    }

    @Test func randomSections() {
        var numbers = Numbers(state: 1)
        for _ in 0..<20_000 {
            let id = UInt8.random(in: 0...13, using: &numbers)
            let length = Int.random(in: 0..<40, using: &numbers)
            let content = (0..<length).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            _ = decode(componentBytes(section(7, [2, 0x73, 0x40, 0, 1, 0]), section(id, content)))
        }
    }

    // MARK: Fixtures

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/fixtures").standardizedFileURL

    static let hasFixtures = FileManager.default.fileExists(atPath: fixtures.path)

    @Test(.enabled(if: hasFixtures, "no ../shared/fixtures beside the project"))
    func componentsOfTheFixtures() throws {
        let files =
            FileManager.default.enumerator(atPath: Self.fixtures.path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".wasm") }.sorted() ?? []
        var count = 0
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: Self.fixtures.appending(path: file)))
            guard bytes.count > 8, bytes[6] == 1 else { continue }
            count += 1
            switch decode(bytes) {
            case .success(let component): #expect(!component.definitions.isEmpty, "\(file)")
            case .failure(let error): Issue.record("\(file): \(error)")
            }
            if bytes.count < 10_000 { Self.disturb(bytes, Self.isSoak ? 20_000 : 1_000) }
        }
        #expect(count >= 8)
    }
}
