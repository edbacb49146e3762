// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: Swift 6, every unsafe use written out, no warning let through.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableExperimentalFeature("Lifetimes"),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// The interpreter's loop wants the dispatch copied into each arm (`Sources/RATIONALE.md`).
let interpreter: [SwiftSetting] = [
    .unsafeFlags(["-Xllvm", "-tail-dup-pred-size=100000"], .when(configuration: .release)),
    // A square root is then one instruction, with no call for the sake of errno.
    .unsafeFlags(["-Xcc", "-fno-math-errno"]),
]

let package = Package(
    name: "virga",
    products: [
        .executable(name: "virga", targets: ["virga"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .target(name: "CLinux"),
        .target(
            name: "Wasm",
            dependencies: ["CLinux", "Fiber"],
            exclude: [
                "README.md", "Instructions/instructions.list", "Instructions/operations.list",
                "Instructions/generate.py",
            ],
            swiftSettings: strict + interpreter
        ),
        .target(
            name: "CBoostContext",
            // The archive, so that the program needs no library of it where it runs.
            linkerSettings: [.linkedLibrary(":libboost_context.a")]
        ),
        .target(name: "Fiber", dependencies: ["CBoostContext"], swiftSettings: strict),
        .target(
            name: "ComponentModel", dependencies: ["Wasm", "Fiber"], exclude: ["README.md"],
            swiftSettings: strict),
        .target(name: "WAT", dependencies: ["Wasm", "ComponentModel"], swiftSettings: strict),
        // toml++ is headers alone: the program needs no library of it where it runs.
        .target(name: "CTOML"),
        .target(
            name: "SpinManifest", dependencies: ["CTOML"], exclude: ["README.md"],
            swiftSettings: strict),
        .target(name: "DWARF", swiftSettings: strict),
        .systemLibrary(name: "CNghttp2", pkgConfig: "libnghttp2"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
        .target(name: "Reactor", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "TLS", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Digest", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "HTTP", dependencies: ["CNghttp2"], swiftSettings: strict),
        .target(
            name: "HTTPServer", dependencies: ["Reactor", "TLS", "HTTP"], exclude: ["README.md"],
            swiftSettings: strict),
        .target(
            name: "WASI", dependencies: ["CLinux", "ComponentModel", "Fiber", "Reactor", "Wasm"],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "WASIHTTP",
            dependencies: ["WASI", "ComponentModel", "HTTP", "Wasm", "DWARF", "Fiber", "Reactor"],
            exclude: ["README.md"],
            swiftSettings: strict
        ),
        .target(
            name: "FunctionHost",
            dependencies: [
                "CCurl", "CLinux",
                "SpinManifest", "WASIHTTP", "WASI", "ComponentModel", "HTTP", "Wasm", "Fiber", "Reactor",
                "Digest",
            ],
            exclude: ["README.md"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "virga",
            dependencies: [
                "FunctionHost", "SpinManifest",
                "HTTP", "HTTPServer", "Reactor", "TLS", "Digest", "CCurl",
                "Fiber", "WASI", "WASIHTTP", "Wasm", "ComponentModel", "WAT",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Templates/files", "Templates/generate.py"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "host-calls",
            dependencies: ["Wasm"],
            path: "Tests/Benchmarks/HostCalls",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "instance-reset",
            dependencies: ["CLinux", "Wasm", "WAT"],
            path: "Tests/Benchmarks/InstanceReset",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "component-pool",
            dependencies: ["CLinux", "ComponentModel", "Wasm", "WAT"],
            path: "Tests/Benchmarks/ComponentPool",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "fiber-switches",
            dependencies: ["Fiber"],
            path: "Tests/Benchmarks/FiberSwitches",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FiberTests", dependencies: ["Fiber", "CBoostContext"], swiftSettings: strict),
        .testTarget(
            name: "WasmTests", dependencies: ["CLinux", "Fiber", "Wasm", "WAT"], swiftSettings: strict),
        .testTarget(
            name: "ComponentModelTests", dependencies: ["ComponentModel", "Wasm", "WAT", "Fiber"],
            swiftSettings: strict),
        .testTarget(
            name: "WATTests", dependencies: ["ComponentModel", "Wasm", "WAT", "Fiber"],
            swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: ["DWARF", "Fiber", "SpinManifest", "Wasm", "WAT"],
            path: "Tests/Fuzzing/Targets",
            swiftSettings: strict
        ),
        .testTarget(
            name: "DWARFTests", dependencies: ["DWARF", "Wasm"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
        .testTarget(name: "ReactorTests", dependencies: ["Reactor"], swiftSettings: strict),
        .testTarget(name: "TLSTests", dependencies: ["TLS"], swiftSettings: strict),
        .testTarget(name: "DigestTests", dependencies: ["Digest"], swiftSettings: strict),
        .testTarget(
            name: "HTTPTests", dependencies: ["HTTP"], exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["HTTPServer"], exclude: ["Scripts"],
            swiftSettings: strict),
        .testTarget(
            name: "WASITests", dependencies: ["CLinux", "Fiber", "Reactor", "WASI", "WAT", "Wasm"],
            swiftSettings: strict),
        .testTarget(
            name: "WASIHTTPTests",
            dependencies: [
                "WASIHTTP", "WASI", "ComponentModel", "DWARF", "HTTP", "Wasm", "Fiber", "Reactor", "WAT",
            ],
            exclude: ["Guests", "Scripts"],
            swiftSettings: strict),
        .testTarget(
            name: "SpinManifestTests", dependencies: ["SpinManifest"],
            exclude: ["Fixtures", "RuntimeFixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "FunctionHostTests", dependencies: ["FunctionHost", "Digest", "WASIHTTP", "Wasm"],
            exclude: ["Scripts"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
