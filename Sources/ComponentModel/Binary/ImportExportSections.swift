// Spec: Binary "Import and Export Definitions".

import Wasm

extension ComponentDecoder {
    /// Spec: Binary "import"
    mutating func importDefinition() throws(ComponentError) {
        let start = reader.offset
        try limit(scope.imports.decls.count, ComponentLimits.imports, "imports", at: start)
        let (name, attributes) = try externName()
        let introduces = introducesResource
        let desc = try externDesc()
        let decl = try add(
            ExternDecl(name: name, attributes: attributes, desc: desc),
            .import,
            introduces: introduces,
            at: start
        )
        scope.definitions.append(.import(decl))
    }

    /// Spec: Binary "export"
    mutating func exportDefinition() throws(ComponentError) {
        let start = reader.offset
        try limit(scope.exports.decls.count, ComponentLimits.exports, "exports", at: start)
        let (name, attributes) = try externName()
        let item = try sortIndex()
        let ascribed =
            try reader.isPresent("optional component export type") ? try externDesc() : nil
        var actual = try desc(item, at: start)
        if case .type(let type) = actual, ascribed == nil {
            actual = .type(try store.addAlias(of: type, at: start))
        }
        if let ascribed {
            var renaming = Renaming()
            do throws(ComponentError) {
                try store.match(actual, ascribed, &renaming, registry, at: start)
            } catch {
                throw error.within("ascribed type of export is not compatible with item's type")
            }
        }
        let decl = ExternDecl(name: name, attributes: attributes, desc: ascribed ?? actual)
        let added = try add(decl, .export, introduces: false, at: start)
        scope.definitions.append(.export(ComponentExport(name: name, item: item, decl: added)))
    }

    /// Spec: Binary "nameattributes"
    mutating func externName() throws(ComponentError) -> (String, NameAttributes) {
        let form = try reader.byte()
        guard form <= 2 else { throw reader.invalidLeadingByte(form, "component name") }
        let name = try reader.name()
        var attributes = NameAttributes()
        guard form == 2 else { return (name, attributes) }
        for _ in 0..<(try reader.index()) {
            let start = reader.offset
            switch try reader.byte() {
            case 0x00: try set(&attributes.implements, "implements", at: start)
            case 0x01: try set(&attributes.versionSuffix, "versionsuffix", at: start)
            case 0x02: try set(&attributes.externalID, "external-id", at: start)
            case let byte: throw reader.invalidLeadingByte(byte, "name option")
            }
        }
        return (name, attributes)
    }

    private mutating func set(
        _ attribute: inout String?,
        _ name: String,
        at start: Int
    ) throws(ComponentError) {
        let value = try reader.name()
        guard attribute == nil else {
            throw reader.malformed("duplicate '\(name)' option in name", at: start)
        }
        attribute = value
    }
}
