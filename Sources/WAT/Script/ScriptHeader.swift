import ComponentModel

/// How a script's first line says that it is meant, where it is one of wasm-tools: the comment
/// `;; RUN: wast ... -f FEATURE,FEATURE`.
struct ScriptHeader {
    /// What is switched on.
    private(set) var features = ComponentFeatures.standard
    /// Whether components are only validated: that their imports are defined is not asked for.
    private(set) var isValidationOnly = false

    init(_ script: [UInt8]) {
        let line = String(decoding: script.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let words = line.split(separator: " ")
        guard words.starts(with: [";;", "RUN:"]), words.contains("wast") else { return }
        isValidationOnly = true
        features = []
        for (option, value) in zip(words, words.dropFirst()) where option == "-f" {
            for name in value.split(separator: ",") {
                features.formUnion(Self.names[String(name)] ?? [])
            }
        }
    }

    /// Others are always on.
    private static let names: [String: ComponentFeatures] = [
        "cm-more-async-builtins": .moreAsyncBuiltins, "cm-threading": .threading,
        "cm-nested-names": .nestedNames, "cm64": .memory64, "cm-gc": .gc,
        "custom-page-sizes": .customPageSizes,
    ]
}
