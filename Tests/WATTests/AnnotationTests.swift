import Testing
import WAT
import Wasm

/// Spec: core/text/lexical#annotations, core/appendix/custom
@Suite struct AnnotationTests {
    @Test(arguments: [
        "(@a)", "(@\"a b\" x)", "(@a 0x 8q , ; [ } \")\" (; ) ;) ;; )\n)",
        "(@a (b (@c d) (@ e) (@)))",
        "((@a)module(@b))", "(module (@a (@b)))", "(@a $x $\"y\" \"z\"w)",
    ])
    func unknownOnesMeanNothing(text: String) throws {
        #expect(try assemble(text) == LexicalTests.empty)
    }

    @Test(arguments: [
        Refusal("(@)", "empty annotation id"), Refusal("(@ x)", "empty annotation id"),
        Refusal("(@\"\")", "empty annotation id"),
        Refusal("(@\"\\ff\")", "malformed UTF-8 encoding"),
        Refusal("(@a", "unclosed annotation", at: "1:1"), Refusal("(@a (b)", "unclosed annotation"),
        Refusal("(@a (@b)", "unclosed annotation"), Refusal("(@a \"b)", "unclosed string"),
        Refusal("(@a \u{1})", "illegal character"), Refusal("(@a ü)", "illegal character"),
        Refusal("(@a $)", "empty identifier"), Refusal("(@a))", "unexpected token )"),
        Refusal("( @a)", "unknown operator @a"), Refusal("(@a \"\\q\")", "illegal escape"),
    ])
    func malformed(refusal: Refusal) { refusal.check() }

    /// Spec: core/appendix/custom#custom-annotations
    @Test func customSections() throws {
        let text = """
            (module
              (@custom "A" "aaa")
              (type $t (func))
              (@custom "B" (after func) "bb" "b")
              (@custom "C" (before func) "ccc")
              (@custom "D" (after last) "ddd")
              (table 10 funcref)
              (func (type $t))
              (@custom "E" (after import) "eee")
              (@custom "F" (before type) "fff")
              (@custom "G" (after data) "ggg")
              (@custom "H" (after code) "hhh")
              (@custom "I" (after func) "iii")
              (@custom "J" (before func) "jjj")
              (@custom "K" (before first) "kkk"))
            """
        let order = sections(try assemble(text)).map { section in
            section.id == 0
                ? String(decoding: section.contents.dropFirst(1).prefix(1), as: UTF8.self)
                : "\(section.id)"
        }
        // The last one holds the name of the type.
        #expect(
            order == [
                "K", "F", "1", "E", "C", "J", "3", "B", "I", "4", "10", "H", "G", "A", "D", "n",
            ]
        )
        #expect(try customSection("B", text) == Array("bbb".utf8))
    }

    @Test(arguments: [
        Refusal("(@custom)", "@custom annotation: missing section name"),
        Refusal("(@custom 4)", "@custom annotation: missing section name"),
        Refusal("(@custom \"\\df\")", "@custom annotation: malformed UTF-8 encoding"),
        Refusal("(@custom \"a\" here)", "@custom annotation: unexpected token"),
        Refusal("(@custom \"a\" (after))", "@custom annotation: malformed section kind"),
        Refusal("(@custom \"a\" (aft type))", "@custom annotation: malformed placement"),
        Refusal("(@custom \"a\" (before types))", "@custom annotation: malformed section kind"),
        Refusal("(@custom \"a\" (before type x))", "@custom annotation: unexpected token"),
        Refusal("(func (@custom \"a\"))", "misplaced @custom annotation", at: "1:7"),
        Refusal("(type (@custom \"a\") (func))", "misplaced @custom annotation"),
    ])
    func malformedCustomSections(refusal: Refusal) { refusal.check() }

    /// Spec: core/appendix/custom#name-annotations
    @Test func names() throws {
        let text = """
            (module $m (@name "Modül") (type $t (@name "T") (struct (field (@name "x y") i32)))
              (func $f (@name "λ") (param (@name "p") i32) (local $l (@name "q") i32))
              (tag (@name "θ")))
            """
        let module = try Module(decoding: try assemble(text))
        #expect(module.names.module == "Modül")
        #expect(module.names.functions == [0: "λ"])
        let lambda = Array("λ".utf8), theta = Array("θ".utf8)
        #expect(
            try customSection("name", text) == [0, 7, 6] + Array("Modül".utf8) + [1, 5, 1, 0, 2]
                + lambda
                + [2, 9, 1, 0, 2, 0, 1, 0x70, 1, 1, 0x71, 4, 4, 1, 0, 1, 0x54]
                + [10, 8, 1, 0, 1, 0, 3, 0x78, 0x20, 0x79, 11, 5, 1, 0, 2] + theta
        )
    }

    @Test(arguments: [
        Refusal("(module (@name \"a\") (@name \"b\"))", "@name annotation: multiple module names"),
        Refusal("(module (@name))", "@name annotation: string expected"),
        Refusal("(module (@name \"a\" \"b\"))", "@name annotation: unexpected token"),
        Refusal("(module (@name \"\\ff\"))", "@name annotation: malformed UTF-8 encoding"),
        Refusal("(module (func) (@name \"a\"))", "misplaced @name annotation"),
        Refusal("(func (@name \"a\") $f)", "misplaced @name annotation"),
        Refusal("(func (block (@name \"a\")))", "misplaced @name annotation"),
    ])
    func malformedNames(refusal: Refusal) { refusal.check() }

    /// Spec: core/appendix/custom#branch-hints
    @Test func branchHints() throws {
        let text = #"""
            (func (local i32)
              i32.const 0 (@metadata.code.branch_hint "\00") br_if 0
              (@metadata.code.branch_hint "\01") (if (i32.const 0) (then)))
            """#
        // Offsets count from the locals, which take three bytes here.
        #expect(
            try customSection("metadata.code.branch_hint", text)
                == [1, 0, 2, 5, 1, 0, 9, 1, 1]
        )
        let order = sections(try assemble(text)).map(\.id)
        #expect(order == [1, 3, 0, 10])
    }

    @Test(arguments: [
        Refusal(
            #"(@metadata.code.branch_hint "\00")"#,
            "@metadata.code.branch_hint annotation: not in a function"
        ),
        Refusal(
            #"(func (@metadata.code.branch_hint "\00") (@metadata.code.branch_hint "\00") br_if 0)"#,
            "@metadata.code.branch_hint annotation: duplicate annotation"
        ),
        Refusal(
            #"(func (@metadata.code.branch_hint "\02") br_if 0)"#,
            "@metadata.code.branch_hint annotation: invalid hint value"
        ),
        Refusal(
            "(func (@metadata.code.branch_hint x) br_if 0)",
            "@metadata.code.branch_hint annotation: unexpected token"
        ),
        Refusal(
            #"(func (@metadata.code.branch_hint "\00") nop)"#,
            "@metadata.code.branch_hint annotation: invalid target",
            at: "1:42"
        ),
    ])
    func malformedBranchHints(refusal: Refusal) { refusal.check() }
}
