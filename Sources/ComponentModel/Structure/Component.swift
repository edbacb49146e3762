import Wasm

/// A component as decoded and validated: immutable, and so shared freely between threads.
/// Spec: Explainer "Component Definitions"
package final class Component: Sendable {
    /// The types of this component, of those within it and of the one around it.
    package let types: TypeArena
    package let definitions: [Definition]
    package let imports: [ExternDecl]
    package let exports: [ExternDecl]
    /// What the name section calls it.
    package let name: String?
    /// Where its bytes stand in those of the outermost component.
    package let byteRange: Range<Int>

    init(
        types: TypeArena,
        definitions: [Definition],
        imports: [ExternDecl],
        exports: [ExternDecl],
        name: String?,
        byteRange: Range<Int>
    ) {
        self.types = types
        self.definitions = definitions
        self.imports = imports
        self.exports = exports
        self.name = name
        self.byteRange = byteRange
    }
}
