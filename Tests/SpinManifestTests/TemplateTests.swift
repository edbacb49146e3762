import SpinManifest
import Testing

/// Templates: `{{ name }}`.
@Suite struct TemplateTests {
    @Test(
        "parts",
        arguments: [
            ("", []), ("a", [Template.Part.literal("a")]),
            ("a-{{ expr }}-b", [.literal("a-"), .variable("expr"), .literal("-b")]),
            ("{{ one }}{{two}}", [.variable("one"), .variable("two")]), ("{{}}", [.variable("")]),
            ("a } }} b", [.literal("a } }} b")]), ("{ {{ a }}", [.literal("{ "), .variable("a")]),
            ("{{ {{ a }}", [.variable("{{ a")]), ("{{a}}}", [.variable("a"), .literal("}")]),
            ("{{{a}}}", [.variable("{a"), .literal("}")]), ("{{\t a \n}}", [.variable("a")]),
            ("\u{E9}{{ a }}\u{301}", [.literal("\u{E9}"), .variable("a"), .literal("\u{301}")]),
            ("{{\u{301}}}", [.variable("\u{301}")]),
        ] as [(String, [Template.Part])]
    )
    func parts(_ text: String, _ parts: [Template.Part]) throws {
        #expect(try Template(text).parts == parts)
    }

    @Test func flaws() {
        for text in ["{{", "a {{ b", "{{ a }} {{ b", "{{ a }", "{{\u{301}"] {
            #expect(throws: Template.ParseError.unmatchedBraces) { try Template(text) }
        }
        var limits = ManifestLimits()
        limits.templateParts = 2
        #expect(throws: Template.ParseError.tooLong) { try Template("{{a}}b{{c}}", limits: limits) }
    }

    @Test func expansion() throws {
        let template = try Template("http://{{ host }}:{{ port }}/")
        #expect(template.expanded { ["host": "a", "port": "80"][$0] } == "http://a:80/")
        #expect(template.expanded { $0 == "host" ? "a" : nil } == nil)
        #expect(template.literal == nil)
        #expect(try Template("a").literal == "a")
        #expect(try Template("{{ a }}").expanded { _ in "{{ b }}" } == "{{ b }}")
        var limits = ManifestLimits()
        limits.templateBytes = 10
        #expect(template.expanded(limits: limits) { _ in "aaaaa" } == nil)
    }
}
