import ComponentModel
import Testing
import Wasm

// Components that the suites on the Canonical ABI share.

/// A memory with an allocator that never frees, which notes what it was asked for: at 16 how often,
/// from 32 on four numbers each time.
let allocatingModule = """
    (core module $Libc
      (memory (export "mem") 4)
      (global $next (mut i32) (i32.const 4096))
      (func (export "realloc") (param $old i32) (param $osize i32) (param $align i32)
          (param $nsize i32) (result i32)
        (local $r i32) (local $log i32)
        (local.set $log
          (i32.add (i32.const 32) (i32.mul (i32.const 16) (i32.load (i32.const 16)))))
        (i32.store (i32.const 16) (i32.add (i32.const 1) (i32.load (i32.const 16))))
        (i32.store (local.get $log) (local.get $old))
        (i32.store offset=4 (local.get $log) (local.get $osize))
        (i32.store offset=8 (local.get $log) (local.get $align))
        (i32.store offset=12 (local.get $log) (local.get $nsize))
        (if (i32.and (i32.ne (local.get $old) (i32.const 0))
                     (i32.le_u (local.get $nsize) (local.get $osize)))
          (then (return (local.get $old))))
        (global.set $next (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
        (local.set $r (global.get $next))
        (global.set $next (i32.add (global.get $next) (local.get $nsize)))
        (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536)))
          (then (drop (memory.grow (i32.const 16)))))
        (if (i32.ne (local.get $old) (i32.const 0))
          (then (memory.copy (local.get $r) (local.get $old) (local.get $osize))))
        (local.get $r)))
    (core instance $libc (instantiate $Libc))
    """

/// A type that a component gives a name: in its text `$name`.
struct NamedType {
    let name: String
    let text: String

    /// Defines and exports it.
    var exported: String {
        "(type $\(name)' \(text)) (export $\(name) \"\(name)\" (type $\(name)'))"
    }
    /// Says that an instance exports it.
    var declared: String {
        "(type $\(name)' \(text)) (export \"\(name)\" (type $\(name) (eq $\(name)')))"
    }
}

/// A component whose instance `d` exports a function `echo` that gives back what it is given, a value
/// of `type`, after it went through another component: in memory, or as a flat value of the type `core`.
func echo(
    _ type: String,
    core flat: String? = nil,
    outer: String = "utf8",
    inner: String = "utf8",
    _ named: NamedType? = nil
) throws -> ComponentInstance {
    // With seventeen numbers behind it, a value is never passed flat; the function gives back the
    // address that it was given.
    let numbers = Array(repeating: "u64", count: 17).joined(separator: " ")
    let value = flat == nil ? "(tuple \(type) \(numbers))" : type
    let signature = "(param \(flat ?? "i32")) (result \(flat ?? "i32"))"
    let call =
        flat == nil
        ? "(local $r i32) (local.set $r "
            + "(call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 4096)))"
            + "(call $echo (local.get 0) (local.get $r)) (local.get $r)"
        : "(call $echo (local.get 0))"
    func options(_ encoding: String) -> String {
        "string-encoding=\(encoding) (memory (core memory $libc \"mem\")) "
            + "(realloc (core func $libc \"realloc\"))"
    }
    return try instance(
        """
        (component
          (component $C
            \(allocatingModule) \(named?.exported ?? "")
            (core module $M (func (export "echo") \(signature) (local.get 0)))
            (core instance $m (instantiate $M))
            (func (export "echo") (param "v" \(value)) (result \(value))
              (canon lift (core func $m "echo") \(options(inner)))))
          (component $D
            (import "c" (instance $c \(named?.declared ?? "")
              (export "echo" (func (param "v" \(value)) (result \(value))))))
            \(named.map { "(alias export $c \"\($0.name)\" (type $\($0.name)a))" } ?? "")
            \(named.map { "(export $\($0.name) \"\($0.name)\" (type $\($0.name)a))" } ?? "")
            \(allocatingModule)
            (core func $echo' (canon lower (func $c "echo") \(options(outer))))
            (core module $M
              (import "" "echo" (func $echo \(flat == nil ? "(param i32 i32)" : signature)))
              (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
              (func (export "echo") \(signature) \(call)))
            (core instance $m (instantiate $M (with "" (instance
              (export "echo" (func $echo')) (export "realloc" (func $libc "realloc"))))))
            (func (export "echo") (param "v" \(value)) (result \(value))
              (canon lift (core func $m "echo") \(options(outer)))))
          (instance $c (instantiate $C))
          (instance $d (instantiate $D (with "c" (instance $c))))
          (export "d" (instance $d)))
        """
    )
}

extension ComponentInstance {
    /// What `echo` gives back for a value that is passed in memory.
    func echoed(_ value: Val) throws -> Val? {
        let numbers = (0..<17).map { Val.u64($0) }
        guard
            case .tuple(let values)? = try call("d", "echo", arguments: [.tuple([value] + numbers)])
        else { return nil }
        guard "\(values.dropFirst())" == "\(numbers[...])" else { return nil }
        return values.first
    }
}

/// The trap that `body` ends with; nil where it does not.
func trap(_ body: () throws -> Void) -> Trap? {
    do {
        try body()
        return nil
    } catch {
        return error as? Trap
    }
}

/// Numbers that look random and are the same each time.
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
