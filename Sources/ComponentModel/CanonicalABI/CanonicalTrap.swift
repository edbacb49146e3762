// What a guest is told that breaks a rule of the Canonical ABI: every sentence of it is here.

import Wasm

/// Throws `trap` where a guest is at fault.
/// Spec: CanonicalABI (`trap_if`)
@inline(__always) func trapIf(
    _ condition: Bool,
    _ trap: @autoclosure () -> Trap
) throws(Trap) {
    if _slowPath(condition) { throw trap() }
}

extension Trap {
    /// A rule of the Canonical ABI was broken.
    @inline(never) static func canonical(_ detail: String) -> Trap {
        Trap(.canonicalABI, detail: detail)
    }

    // MARK: Instances and tasks

    static var cannotEnter: Trap { .canonical("cannot enter component instance") }
    static var cannotLeave: Trap { .canonical("cannot leave component instance") }
    static var borrowsRemain: Trap {
        .canonical("borrow handles still remain at the end of the call")
    }

    // MARK: Handles

    static func unknownHandle(_ index: UInt32) -> Trap {
        .canonical("unknown handle index \(index)")
    }
    static func wrongHandle(
        _ index: UInt32,
        wanted: ResourceNumber,
        found: ResourceNumber
    ) -> Trap {
        let other = wanted.isHost || found.isHost ? "" : "a different "
        return .canonical(
            "handle index \(index) used with the wrong type, "
                + "expected \(wanted) but found \(other)\(found)"
        )
    }
    static var handleIsLent: Trap { .canonical("cannot remove owned resource while borrowed") }
    static var handleIsBorrowed: Trap { .canonical("cannot lift own resource from a borrow") }
    static var tooManyHandles: Trap {
        .canonical("more than \(ComponentLimits.handles) handles")
    }
    static var handlesOverMemory: Trap {
        .host("the memory limit is reached by the handles that the component holds or lends")
    }

    // MARK: Values

    static var invalidDiscriminant: Trap { .canonical("invalid variant discriminant") }
    static var invalidChar: Trap { .canonical("invalid `char` bit pattern") }
    static var unaligned: Trap { .canonical("unaligned pointer") }
    static var pointerOutOfBounds: Trap { .canonical("pointer out of bounds of memory") }
    static var listTooLong: Trap {
        .canonical("list of more than \(ComponentLimits.listBytes) bytes")
    }
    static var stringTooLong: Trap {
        .canonical("string of more than \(ComponentLimits.listBytes) bytes")
    }
    static func invalidUTF8(at index: Int, count: Int) -> Trap {
        .canonical("invalid utf-8 sequence of \(count) bytes from index \(index)")
    }
    static func incompleteUTF8(at index: Int) -> Trap {
        .canonical("incomplete utf-8 byte sequence from index \(index)")
    }
    static func unpairedSurrogate(_ unit: UInt16) -> Trap {
        .canonical("unpaired surrogate found: \(String(unit, radix: 16))")
    }
}

/// Where values go to or come from, which decides on what a guest is told.
enum Peer {
    case host
    case component

    var listOutOfBounds: Trap {
        switch self {
        case .host: .canonical("list pointer/length out of bounds of memory")
        case .component: .canonical("list content out-of-bounds")
        }
    }

    var stringOutOfBounds: Trap {
        switch self {
        case .host: .canonical("string pointer/length out of bounds of memory")
        case .component: .canonical("string content out-of-bounds")
        }
    }

    /// `realloc` gave an address that is not aligned.
    var reallocUnaligned: Trap {
        switch self {
        case .host: .canonical("realloc return: result not aligned")
        case .component: .unaligned
        }
    }

    /// `realloc` gave an address where not as much memory is as was asked for.
    func reallocOutOfBounds(_ component: Trap) -> Trap {
        switch self {
        case .host: .canonical("realloc return: beyond end of memory")
        case .component: component
        }
    }
}

extension ResourceNumber: CustomStringConvertible {
    @usableFromInline package var description: String {
        hostType.map { "the host's resource \($0.name)" } ?? "guest-defined resource"
    }
}
