/// Turns a text that is a module or a component, whichever it is, into the binary format.
package enum TextAssembler {
    /// Reads `text` as a component where it opens with `(component`, else as a module.
    ///
    /// Throws where it does not follow the grammar.
    package static func assemble(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        let reader = TokenReader(try TokenizedText(text))
        return reader.opens(.component)
            ? try ComponentAssembler.assemble(text) : try Assembler.assemble(text)
    }
}
