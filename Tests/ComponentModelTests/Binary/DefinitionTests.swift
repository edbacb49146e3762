import ComponentModel
import Testing
import Wasm

/// What a component's bytes become: the definitions, in order, with indices and types resolved.
@Suite struct DefinitionTests {
    /// A definition in a word or two.
    static func describe(_ definition: Definition) -> String {
        switch definition {
        case .coreModule: "core module"
        case .coreInstance(.instantiate(let module, let arguments)):
            "core instance of \(module)" + arguments.map { " \($0.name)=\($0.instance)" }.joined()
        case .coreInstance(.exports(let exports)):
            "core instance"
                + exports.map { " \($0.name)=\($0.item.sort) \($0.item.index)" }.joined()
        case .component(let component):
            "component [" + component.definitions.map(describe).joined(separator: ", ") + "]"
        case .instance(.instantiate(let component, let arguments), _):
            "instance of \(component)"
                + arguments.map { " \($0.name)=\(describe($0.item))" }.joined()
        case .instance(.exports(let exports), _):
            "instance" + exports.map { " \($0.name)=\(describe($0.item))" }.joined()
        case .alias(.export(let instance, let name, let sort)):
            "alias \(instance).\(name) \(sort)"
        case .alias(.coreExport(let instance, let name, let sort)):
            "core alias \(instance).\(name) \(sort)"
        case .alias(.outerCoreModule(let count, let index)): "outer module \(count) \(index)"
        case .alias(.outerComponent(let count, let index)): "outer component \(count) \(index)"
        case .resource(let resource):
            "resource" + (resource.destructor.map { " \($0)" } ?? "")
        case .canon(.lift(let function, _, _)): "lift \(function)"
        case .canon(.lower(let function, _, _)): "lower \(function)"
        case .canon(.resourceNew): "resource.new"
        case .canon(.resourceDrop): "resource.drop"
        case .canon(.resourceRep): "resource.rep"
        case .canon(.unsupported(let name, let type)): "\(name) \(type)"
        case .import(let decl): "import \(decl.name)"
        case .export(let export): "export \(export.name)=\(describe(export.item))"
        case .unsupported(let name, let values): "\(name) \(values)"
        }
    }

    static func describe(_ item: SortIndex) -> String {
        switch item {
        case .coreModule(let index): "module \(index)"
        case .function(let index): "func \(index)"
        case .value(let index): "value \(index)"
        case .type: "type"
        case .component(let index): "component \(index)"
        case .instance(let index): "instance \(index)"
        }
    }

    private func definitions(_ text: String) throws -> [String] {
        try component(text).get().definitions.map(Self.describe)
    }

    @Test func coreDefinitions() throws {
        let found = try definitions(
            """
            (core module $m (import "a" "f" (func)) (func (export "g")) (memory (export "mem") 1))
            (core module $a (func (export "f")))
            (core instance $ia (instantiate $a))
            (core instance $im (instantiate $m (with "a" (instance $ia))))
            (core instance (export "x" (func $im "g")) (export "y" (memory $im "mem")))
            """
        )
        #expect(
            found == [
                "core module", "core module", "core instance of 1", "core instance of 0 a=0",
                "core alias 1.g function", "core alias 1.mem memory",
                "core instance x=function 0 y=memory 0",
            ]
        )
    }

    @Test func imports() throws {
        let found = try definitions(
            """
            (import "f" (func $f (param "x" u32)))
            (import "t" (type $t (sub resource)))
            (import "i" (instance $i (export "g" (func)) (export "r" (type (sub resource)))))
            (import "m" (core module $m (export "h" (func))))
            (alias export $i "g" (func $g))
            (alias export $i "r" (type $r))
            (core instance $c (instantiate $m))
            (core func (canon lower (func $g)))
            (core func (canon resource.drop $r))
            """
        )
        #expect(
            found == [
                "import f", "import t", "import i", "import m", "alias 0.g function",
                "core instance of 0", "lower 1", "resource.drop",
            ]
        )
    }

    /// An export adds an index, except for that of a type.
    @Test func exports() throws {
        let found = try definitions(
            """
            (import "f" (func $f))
            (export $g "g" (func $f))
            (export "h" (func $g))
            (type $r (resource (rep i32)))
            (export $r2 "r" (type $r))
            (instance $i (export "f" (func $g)) (export "r" (type $r2)))
            (export "i" (instance $i))
            """
        )
        #expect(
            found == [
                "import f", "export g=func 0", "export h=func 1", "resource", "export r=type",
                "instance f=func 1 r=type", "export i=instance 0",
            ]
        )
    }

    @Test func nestedComponents() throws {
        let found = try definitions(
            """
            (core module $m)
            (component $a (import "f" (func)) (alias outer 1 $m (core module)))
            (component $b (alias outer 1 $a (component)))
            (import "f" (func $f))
            (instance $i (instantiate $a (with "f" (func $f))))
            """
        )
        #expect(
            found == [
                "core module", "component [import f, outer module 1 0]",
                "component [outer component 1 0]", "import f", "instance of 0 f=func 0",
            ]
        )
    }

    @Test func builtInFunctions() throws {
        let found = try definitions(
            """
            (type $r (resource (rep i32)))
            (type $s (stream u8))
            (type $f (future))
            (core func (canon resource.new $r)) (core func (canon resource.rep $r))
            (core func (canon resource.drop $r))
            (core func (canon stream.new $s)) (core func (canon stream.drop-readable $s))
            (core func (canon future.new $f)) (core func (canon future.drop-writable $f))
            (core func (canon task.cancel)) (core func (canon subtask.drop))
            (core func (canon waitable-set.new)) (core func (canon waitable.join))
            (core func (canon context.get i32 0)) (core func (canon context.set i32 1))
            (core func (canon backpressure.inc)) (core func (canon error-context.drop))
            """
        )
        #expect(
            found == [
                "resource", "resource.new", "resource.rep", "resource.drop",
                "stream.new () -> (i64)", "stream.drop-readable (i32) -> ()",
                "future.new () -> (i64)", "future.drop-writable (i32) -> ()",
                "task.cancel () -> ()", "subtask.drop (i32) -> ()",
                "waitable-set.new () -> (i32)", "waitable.join (i32, i32) -> ()",
                "context.get () -> (i32)", "context.set (i32) -> ()",
                "backpressure.inc () -> ()", "error-context.drop (i32) -> ()",
            ]
        )
    }

    @Test func options() throws {
        let component = try component(
            """
            (core module $m
              (memory (export "mem") 1)
              (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
              (func (export "f") (param i32 i32) (result i32) unreachable)
              (func (export "post") (param i32)))
            (core instance $i (instantiate $m))
            (func (param "s" string) (result string)
              (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc"))
                (post-return (core func $i "post")) string-encoding=utf16))
            """
        ).get()
        guard case .canon(.lift(_, let options, let type))? = component.definitions.last else {
            Issue.record("the last definition is another")
            return
        }
        #expect(options.stringEncoding == .utf16)
        #expect(options.memory == 0)
        #expect(options.realloc != nil && options.postReturn != nil && options.callback == nil)
        #expect(options.realloc != options.postReturn && !options.isAsync)
        let function = try #require(component.types.function(type))
        #expect(function.parameters == [LabelValType(label: "s", type: .primitive(.string))])
        #expect(function.result == .primitive(.string))
    }

    @Test func values() throws {
        let component = try component(
            """
            (import "a" (value $a string))
            (import "f" (func $f (param "x" string) (result u32)))
            (start $f (value $a) (result (value $b)))
            (export "b" (value $b))
            """
        ).get()
        #expect(
            component.definitions.map(Self.describe)
                == ["import a", "import f", "start 1", "export b=value 1"]
        )
    }

    /// A value section is not written by producers yet.
    @Test func valueSections() {
        let literals: [([UInt8], [UInt8], [UInt8], Bool)] = [
            ([], [0x7F], [1], true), ([], [0x7F], [2], false),
            ([], [0x7C], [0x80, 0x80, 0x7E], true),
            ([], [0x7B], [0x80, 0x80, 0x04], false), ([], [0x73], name("ab"), true),
            ([], [0x74], [0xE2, 0x98, 0x83], true), ([], [0x74], [0xE2, 0x98, 0x40], false),
            ([1, 0x70, 0x7D], [0], [2, 7, 8], true), ([1, 0x70, 0x7D], [0], [2, 7], false),
            ([1, 0x6B, 0x7D], [0], [0], true), ([1, 0x6B, 0x7D], [0], [1, 9], true),
            ([1, 0x6A, 0, 1, 0x7D], [0], [1, 9], true), ([1, 0x6A, 0, 1, 0x7D], [0], [0], true),
            ([1, 0x6E, 9] + (0..<9).flatMap { name("f\($0)") }, [0], [0, 1], true),
            ([1, 0x6D, 1] + name("a"), [0], [0], true),
            ([1, 0x6D, 1] + name("a"), [0], [1], false),
            ([1, 0x72, 1] + name("a") + [0x7D], [0], [1], true),
            ([1, 0x6F, 2, 0x7D, 0x76], [0], [1, 0, 0, 0, 0], true),
            ([1, 0x71, 1] + name("a") + [1, 0x7D, 0], [0], [0, 5], true),
            ([1, 0x67, 0x7D, 2], [0], [0, 5], true), ([1, 0x66, 0], [0], [], false),
        ]
        for (types, type, value, isValid) in literals {
            // The type is given a name, and then has the index 1.
            let named = section(7, types) + section(11, [1, 0] + name("t") + [3, 0, 0])
            let values = section(12, [1] + (type == [0] ? [1] : type) + leb(value.count) + value)
            // The value is exported, as each is to be used once.
            let export = section(11, [1, 0] + name("v") + [2, 0, 0])
            let typeSections = types.isEmpty ? [] : named
            let result = decode(componentBytes(typeSections, values, export))
            #expect(((try? result.get()) != nil) == isValid, "\(types) \(type) \(value): \(result)")
        }
    }
}
