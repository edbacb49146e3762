@testable import ComponentModel
import Foundation
import Testing
import WAT

@Suite("WIT") struct WITTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func component(_ text: String) throws -> Component {
        try Component(decoding: try ComponentAssembler.assemble(Array(text.utf8)))
    }

    @Test func interfacesAreInTheirPackages() throws {
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "a:b/types@1.2.0" (instance $types
                    (type $d (record (field "type" u8) (field "rest" (list (tuple string char)))))
                    (export "item" (type $item (eq $d)))
                    (export "shop" (type $shop (sub resource)))
                    (export "copy" (type (eq $item)))
                    (type $own (own $shop))
                    (type $borrow (borrow $shop))
                    (export "[constructor]shop" (func (param "name" string) (result $own)))
                    (export "[method]shop.sell" (func (param "self" $borrow) (param "from" $item)))
                    (export "[static]shop.none" (func (result (option $own))))
                    (export "handle" (func (param "shop" $borrow) (result (result $item (error string)))))))
                  (alias export $types "item" (type $item))
                  (alias export $types "shop" (type $shop))
                  (import "a:b/more@1.2.0" (instance
                    (export "item" (type (eq $item)))
                    (export "store" (type $store (eq $shop)))
                    (type $own (own $store))
                    (export "open" (func (result $own)))))
                  (import "local" (instance
                    (type $d (variant (case "a" f32) (case "b")))
                    (export "kind" (type $kind (eq $d)))
                    (type $f (flags "x" "y"))
                    (export "marks" (type (eq $f)))
                    (type $e (enum "list" "other"))
                    (export "words" (type (eq $e)))
                    (export "f" (func (param "k" $kind) (result (list u8 4))))))
                  (import "plain" (func (param "x" u64))))
                """))
        #expect(
            wit.world == """
                package root:component;

                world root {
                  import a:b/types@1.2.0;
                  import a:b/more@1.2.0;
                  import local: interface {
                    variant kind {
                      a(f32),
                      b,
                    }

                    flags marks {
                      x,
                      y,
                    }

                    enum words {
                      %list,
                      other,
                    }

                    f: func(k: kind) -> list<u8, 4>;
                  }
                  import plain: func(x: u64);
                }

                """)
        #expect(
            wit.packages == [
                """
                package a:b@1.2.0 {
                  interface types {
                    record item {
                      %type: u8,
                      rest: list<tuple<string, char>>,
                    }

                    resource shop {
                      constructor(name: string);
                      sell: func(%from: item);
                      none: static func() -> option<shop>;
                    }

                    type copy = item;

                    handle: func(shop: borrow<shop>) -> result<item, string>;
                  }

                  interface more {
                    use types.{item, shop as store};

                    open: func() -> store;
                  }
                }

                """
            ])
    }

    @Test func whatWITHasNoFormForIsAComment() throws {
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "url=<https://example.com>" (instance (export "f" (func))))
                  (import "url=<https://example.com/f>" (func (param "x" u8)))
                  (import "a:b/f" (func))
                  (import "m" (core module
                    (import "a" "f" (func (param i32))) (export "mem" (memory 1 2))))
                  (import "n" (core module))
                  (import "c" (component (import "f" (func)) (export "i" (instance (export "g" (func)))))))
                """))
        #expect(
            wit.description == """
                package root:component;

                world root {
                  // import url=<https://example.com>: instance { f: func(); }
                  // import url=<https://example.com/f>: func(x: u8)
                  // import a:b/f: func()
                  // m: core module (import "a" "f" (func (param i32))) (export "mem" (memory 1 2))
                  // n: core module
                  // c: component { import f: func(); export i: instance { g: func(); }; }
                }

                """)
    }

    /// Methods of a resource that is declared elsewhere, or that a world exports.
    @Test func methodsOfWhatIsNotDeclaredAreComments() throws {
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "a:b/c" (instance $c (export "r" (type (sub resource)))))
                  (alias export $c "r" (type $r))
                  (import "a:b/d" (instance
                    (export "r" (type $r2 (eq $r)))
                    (export "[method]r.m" (func (param "self" (borrow $r2))))))
                  (type $own' (resource (rep i32))) (export $own "own" (type $own'))
                  (core module $M (func (export "f") (param i32) (result i32) i32.const 0))
                  (core instance $m (instantiate $M))
                  (func $f (param "self" (borrow $own)) (result u32) (canon lift (core func $m "f")))
                  (export "[method]own.get" (func $f)))
                """))
        #expect(
            wit.description == """
                package root:component;

                world root {
                  import a:b/c;
                  import a:b/d;

                  // own: resource

                  // export [method]own.get: func(self: borrow<%own>) -> u32
                }

                package a:b {
                  interface c {
                    resource r;
                  }

                  interface d {
                    use c.{r};

                    // [method]r.m: func(self: borrow<r>)
                  }
                }

                """)
    }

    /// An interface that is written in the world can be used by nothing.
    @Test func whatHasTypesOfAnInlineInterfaceIsAComment() throws {
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "i" (instance $i
                    (type $t' (record (field "a" u8))) (export "t" (type (eq $t')))
                    (export "r" (type (sub resource)))))
                  (alias export $i "t" (type $t)) (alias export $i "r" (type $r))
                  (type $s' (record (field "t" $t))) (import "s" (type $s (eq $s')))
                  (import "f" (func (param "x" $t)))
                  (import "g" (func (param "x" (own $r)) (result (list $s)))))
                """))
        #expect(
            wit.world == """
                package root:component;

                world root {
                  import i: interface {
                    record t {
                      a: u8,
                    }

                    resource r;
                  }

                  // s: record { t: record { a: u8 } }

                  // import f: func(x: record { a: u8 })
                  // import g: func(x: own<resource>) -> list<s>
                }

                """)
    }

    @Test func usesHaveNamesThatNoFunctionHas() throws {
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "a:b/c" (instance $c (type $t (enum "q")) (export "t" (type (eq $t)))))
                  (alias export $c "t" (type $t))
                  (import "f" (func (param "a" $t)))
                  (import "t" (func)))
                """))
        #expect(
            wit.world == """
                package root:component;

                world root {
                  import a:b/c;
                  use a:b/c.{t as t-x1};

                  import f: func(a: t-x1);
                  import t: func();
                }

                """)
    }

    @Test func aTypeThatIsCutIsAComment() throws {
        let part = "(list (option (result u8 (error string))))"
        let wit = WITText(
            try Self.component(
                """
                (component
                  (import "f" (func (param "x" (tuple \(String(repeating: part, count: 3_000)))))))
                """))
        let line = try #require(wit.world.split(separator: "\n").first { $0.contains("f: func") })
        #expect(line.hasPrefix("  // import f: func(x: tuple<list<"))
        #expect(line.contains("..."))
    }

    @Test func aTypeThatDoublesIsCutOff() {
        var types = TypeArena()
        var type = ValType.primitive(.u8)
        for _ in 0..<90 { type = .defined(types.add(.value(.tuple([type, type])))) }
        let text = WITType(types, limit: 200).value(type)
        #expect(text.utf8.count < 2_000)
        #expect(text.contains("..."))
    }

    // MARK: Components with their WIT, as other tools have it

    static let examples = folder.appending(path: "../shared/conformance/wit-component/components")
        .standardizedFileURL

    static var hasExamples: Bool { FileManager.default.fileExists(atPath: examples.path) }

    /// Why some differ.
    static let departures = [
        "tricky-order": "a type is known by where it was made first, not by each interface it came through"
    ]

    /// Why some are not read.
    static let refused = [
        "custom-page-sizes": "memories have pages of 64 KiB",
        "threading-wasm-ld-symbols64": "canonical definitions are of 32 bits",
    ]

    @Test(.enabled(if: hasExamples, "../shared/conformance/wit-component is not there"))
    func worldsAreThoseOfOtherTools() throws {
        var same = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.examples.path).sorted() {
            let folder = Self.examples.appending(path: name)
            guard let text = try? Data(contentsOf: folder.appending(path: "component.wat")),
                let expected = try? String(
                    contentsOf: folder.appending(path: "component.wit.print"), encoding: .utf8)
            else { continue }
            let bytes: [UInt8]
            do {
                bytes = try ComponentAssembler.assemble(Array(text))
            } catch {
                Issue.record("\(name): \(error)")
                continue
            }
            let component: Component
            do {
                component = try Component(decoding: bytes)
                #expect(Self.refused[name] == nil, "\(name) is read, though it is listed as refused")
            } catch {
                if Self.refused[name] == nil { Issue.record("\(name): \(error)") }
                continue
            }
            let world = WITText(component).world
            if world == expected, Self.departures[name] == nil {
                same += 1
            } else {
                #expect(world != expected, "\(name) is the same, though it is listed as another")
                #expect(Self.departures[name] != nil, "\(name): \(world)\nis not\n\(expected)")
            }
        }
        #expect(same + Self.departures.count >= 120)
    }
}

@Suite("Names of imports and exports") struct ExternEntryTests {
    static let fixtures = WITTests.folder.appending(path: "../shared/fixtures").standardizedFileURL

    static var hasFixtures: Bool { FileManager.default.fileExists(atPath: fixtures.path) }

    /// The table that `Tests/Differential/component_names.py` writes: the names of each fixture.
    static func table() throws -> [(file: String, names: [String])] {
        let text = try String(
            contentsOf: WITTests.folder.appending(path: "Tests/Fixtures/components/names.txt"),
            encoding: .utf8)
        var table: [(file: String, names: [String])] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("  ") {
                table[table.count - 1].names.append(String(line.dropFirst(2)))
            } else {
                table.append((String(line), []))
            }
        }
        return table
    }

    @Test(.enabled(if: hasFixtures, "../shared/fixtures is not there"))
    func fixturesHaveTheNamesThatWasmtimeReports() throws {
        let table = try Self.table()
        #expect(table.count >= 8)
        for (file, names) in table {
            let bytes = Array(try Data(contentsOf: Self.fixtures.appending(path: file)))
            let component = try Component(decoding: bytes)
            let found =
                component.imports.map { "import \($0.name)" } + component.exports.map { "export \($0.name)" }
            #expect(found == names, "\(file)")
            let entries = ExternEntry.list(component.imports, component.types)
            #expect(entries.map(\.name) == component.imports.map(\.name))
            #expect(entries.allSatisfy { $0.kind != "instance" || $0.type == nil })
        }
    }

    @Test func typesOfEntriesUseTheirNames() throws {
        let component = try WITTests.component(
            """
            (component
              (import "i" (instance
                (type $d (enum "a"))
                (export "e" (type $e (eq $d)))
                (export "f" (func (param "x" $e) (result (list $e))))))
              (import "m" (core module)))
            """)
        let entries = ExternEntry.list(component.imports, component.types)
        #expect(entries.map(\.kind) == ["instance", "core module"])
        #expect(entries.map(\.type) == [nil, "core module"])
        #expect(entries[0].exports.map(\.type) == ["enum { a }", "func(x: e) -> list<e>"])
    }
}

@Suite("Targets of calls") struct CallTargetTests {
    @Test func shortFormsWillDoWhereTheyAreOfOne() {
        let spellings = CallSpelling.all(of: ["wasi:cli/run@0.2.0", "run"])
        for spelling in [
            "run", "run.run", "wasi:cli/run.run", "wasi:cli/run@0.2.0.run", "wasi:cli/run.run@0.2.0",
            "run@0.2.0.run",
        ] {
            #expect(spellings.contains(CallSpelling.normal(spelling)))
        }
        #expect(spellings.contains(CallSpelling.normal("wasi:cli/run@0.2.0#run")))
        #expect(!spellings.contains("cli.run"))
        #expect(CallSpelling.all(of: ["f"]) == ["f"])
    }
}
