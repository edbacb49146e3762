import Foundation
import SpinManifest
import Testing

/// Runtime configurations in RuntimeFixtures: NAME/runtime-config.toml beside NAME/expected.txt.
///
/// With VIRGA_REWRITE=1 the texts are written anew, and the test fails: they are to be read. Paths in them
/// begin at the package.
@Suite struct RuntimeConfigurationTests {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "RuntimeFixtures"
    )
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? [])
        .sorted()

    static func check(_ name: String) throws -> (RuntimeConfiguration?, Diagnostics) {
        let url = fixtures.appending(path: "\(name)/runtime-config.toml")
        let bytes = Array(try Data(contentsOf: url))
        return ManifestFile(name: "runtime-config.toml", bytes: bytes, directory: ".")
            .checkRuntimeConfiguration()
    }

    @Test func thereAreAll() { #expect(Self.names.count == 10) }

    @Test("what is said of it", arguments: names)
    func golden(_ name: String) throws {
        let (configuration, diagnostics) = try Self.check(name)
        let expected = Self.fixtures.appending(path: "\(name)/expected.txt")
        if ProcessInfo.processInfo.environment["VIRGA_REWRITE"] == "1" {
            try diagnostics.description.write(to: expected, atomically: true, encoding: .utf8)
            Issue.record("\(name) is written anew: read it")
            return
        }
        #expect(diagnostics.description == (try? String(contentsOf: expected, encoding: .utf8)))
        #expect((configuration == nil) == diagnostics.hasErrors)
        #expect(diagnostics.all.isEmpty == name.hasPrefix("good-"))
    }

    @Test func everythingIsRead() throws {
        let configuration = try #require(try Self.check("good-full").0)
        #expect(configuration.stateDirectory == "/var/lib/virga")
        #expect(configuration.logDirectory == "")
        #expect(configuration.instanceMemory == 64 << 20)
        #expect(
            configuration.providers == [
                .values(["greeting": "hello", "other": "x"]),
                .environment(
                    prefix: "APP",
                    file: ["APP_GREETING": "from a file", "APP_OTHER": "plain"]
                ),
                .environment(prefix: "SPIN_VARIABLE", file: [:]),
            ]
        )
        #expect(try Self.check("good-empty").0 == RuntimeConfiguration())
    }

    @Test func theEnvironmentComesBeforeItsFile() {
        let provider = VariablesProvider.environment(prefix: "P", file: ["P_A_B": "f", "P_C": "f"])
        let environment = { (name: String) in name == "P_A_B" ? "e" : nil }
        #expect(provider.value("a_b", environment) == "e")
        #expect(provider.value("c", environment) == "f")
        #expect(provider.value("d", environment) == nil)
        #expect(VariablesProvider.values(["a": "1"]).value("a", environment) == "1")
    }

    // MARK: Files of variables

    static let lines: [(String, [String: String])] = [
        ("A=1", ["A": "1"]), ("  A = 1  ", ["A": "1"]), ("export A=1", ["A": "1"]),
        ("export=1", ["export": "1"]), ("A=", ["A": ""]), ("A=#x", ["A": ""]),
        ("A=a#b c # d", ["A": "a#b c"]), ("A='x # \\n' # y", ["A": "x # \\n"]),
        (#"A="x\n\t\"\\\$\q""#, ["A": "x\n\t\"\\$\\q"]), ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
        ("A=1\nA=2", ["A": "1"]), ("# A=1\n\n", [:]), ("A=x=y", ["A": "x=y"]), ("A.b_1=\"\"", ["A.b_1": ""]),
    ]

    @Test(arguments: lines) func dotenv(_ text: String, _ wanted: [String: String]) throws {
        #expect(try DotenvFile.parse(Array(text.utf8), name: "f") == wanted)
    }

    @Test(arguments: ["A", "=1", "A 1", "A=\"x", "A='x", "A=\"x\" y", "é=1", "export "])
    func dotenvErrors(_ text: String) {
        let error = #expect(throws: DotenvError.self) {
            try DotenvFile.parse(Array("\n\(text)".utf8), name: "f")
        }
        #expect(error?.description.hasPrefix("f:2: ") == true)
    }

    @Test func dotenvIsUTF8() {
        #expect(throws: DotenvError.self) { try DotenvFile.parse([0x41, 0x3D, 0xFF], name: "f") }
        #expect(throws: DotenvError.self) { try DotenvFile.read("/nonexistent/.env") }
        #expect(throws: DotenvError.self) { try DotenvFile.read("/etc/services", limit: 10) }
    }

    // MARK: Files of values

    static let objects: [(String, [String: String])] = [
        ("{}", [:]), (" { \"a\" : \"b\" } \n", ["a": "b"]),
        (#"{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","b":"é"}"#, [
            "a": "\"\\/\u{8}\u{C}\n\r\té😀", "b": "é",
        ]),
        (#"{"a":"1","a":"2"}"#, ["a": "2"]),
    ]

    @Test(arguments: objects) func json(_ text: String, _ wanted: [String: String]) throws {
        #expect(try VariablesFile.values(Array(text.utf8), name: "v.json") == wanted)
    }

    @Test(arguments: [
        "", "[]", "{", "{\"a\"}", "{\"a\":1}", "{\"a\":\"b\",}", "{\"a\":\"b\"} x", "{\"a\":\"b", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\n\"}", "{\"a\":\"\\", "{\"a\":{}}", "{a:\"b\"}",
    ])
    func jsonErrors(_ text: String) {
        let error = #expect(throws: VariablesFileError.self) {
            try VariablesFile.values(Array(text.utf8), name: "v.json")
        }
        #expect(error?.description.hasPrefix("v.json, byte ") == true)
    }

    @Test func tomlAndOthers() throws {
        #expect(try VariablesFile.values(Array("a = \"b\"\n".utf8), name: "v.toml") == ["a": "b"])
        #expect(try VariablesFile.values(Array("x".utf8), name: "v.txt") == nil)
        for (text, place) in [("a = 1\n", "v.toml:1:5: "), ("\na = \"", "v.toml:2:")] {
            let error = #expect(throws: VariablesFileError.self) {
                try VariablesFile.values(Array(text.utf8), name: "v.toml")
            }
            #expect(error?.description.hasPrefix(place) == true)
        }
        var limits = ManifestLimits()
        limits.fileBytes = 3
        #expect(throws: VariablesFileError.self) {
            try VariablesFile.values(Array("a = \"b\"".utf8), name: "v.toml", limits: limits)
        }
    }
}
