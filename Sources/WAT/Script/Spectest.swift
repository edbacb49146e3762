import Wasm

/// What the reference interpreter lets every script import as the module `spectest`.
enum Spectest {
    static let name = "spectest"

    /// Defines the module's items for `linker`; its functions suspend their caller if `suspends`.
    /// Throws where the system has no room for them.
    static func define(
        in store: Store,
        for linker: Linker,
        suspends: Bool
    ) throws(ResourceError) {
        func add(_ name: String, _ item: Extern) {
            linker.define(module: Spectest.name, name: name, item)
        }
        let printed: [(String, [ValueType])] = [
            ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]),
            ("print_f64", [.f64]), ("print_i32_f32", [.i32, .f32]),
            ("print_f64_f64", [.f64, .f64]),
        ]
        for (name, parameters) in printed {
            let type = FunctionType(parameters: parameters, results: [])
            let function = Function.host(store, type) { (caller) throws(Trap) in
                if suspends { _ = try caller.suspend(0) }
            }
            add(name, .function(function))
        }
        let numbers: [(String, ValueType, Value)] = [
            ("global_i32", .i32, .i32(666)), ("global_i64", .i64, .i64(666)),
            ("global_f32", .f32, .f32(Float(666.6).bitPattern)),
            ("global_f64", .f64, .f64(666.6.bitPattern)),
        ]
        for (name, type, value) in numbers {
            add(name, .global(Global(store, GlobalType(value: type, isMutable: false), value)))
        }
        for (name, address) in [("table", AddressType.i32), ("table64", .i64)] {
            let limits = SizeLimits(minimum: 10, maximum: 20)
            let type = TableType(addressType: address, limits: limits, element: .funcref)
            add(name, .table(try Table(store, type, .null(.function))))
        }
        let limits = SizeLimits(minimum: 1, maximum: 2)
        add("memory", .memory(try Memory(store, MemoryType(addressType: .i32, limits: limits))))
    }
}
