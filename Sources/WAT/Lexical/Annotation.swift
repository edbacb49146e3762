/// An annotation that has a meaning to the assembler; others are read over.
/// Spec: core/text/lexical#annotations
struct Annotation {
    /// What an annotation is for.
    /// Spec: core/appendix/custom
    enum Kind: String, CaseIterable {
        case custom
        case name
        case branchHint = "metadata.code.branch_hint"
    }

    var kind: Kind
    /// The index of the token that it stands before.
    var position: Int
    /// Where it starts in the text, in bytes.
    var start: Int
    /// What it holds, of the text's annotation tokens.
    var items: Range<Int>
}
