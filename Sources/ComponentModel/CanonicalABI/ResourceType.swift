// Resource types at run time.
//
// Invariant: the object that a host's number is the address of is alive while there are such handles;
// whoever defines a host's resource type keeps its object for the program's life.

import Wasm

/// A resource type at run time, in a word: a type of the host's, or the number that a type which a
/// component defines has among those of its instantiation.
@usableFromInline package struct ResourceNumber: Hashable, Sendable {
    /// A host's: the address of its `HostResourceType`, plus one. Another's: twice its number.
    @usableFromInline let bits: UInt

    @inlinable init(bits: UInt) { self.bits = bits }

    /// The number of a type that a component defines.
    package init(defined number: Int) { bits = UInt(bitPattern: number) << 1 }

    /// That the type is one of the host's.
    @inlinable package var isHost: Bool { bits & 1 == 1 }

    /// Its number among the types that components define; nil of a host's.
    package var defined: Int? { isHost ? nil : Int(bits >> 1) }

    /// The host's type; nil of one that a component defines.
    package var hostType: HostResourceType? {
        guard isHost, let address = unsafe UnsafeRawPointer(bitPattern: bits - 1) else {
            return nil
        }
        return unsafe Unmanaged<HostResourceType>.fromOpaque(address).takeUnretainedValue()
    }
}

/// A resource type that a component defines, in one instantiation of it.
/// Spec: CanonicalABI "Resource State" (`ResourceType`)
package final class ResourceType {
    /// The component instance that defines it, whose destructor this is.
    package unowned let impl: ComponentInstanceState
    /// What is called with the representation when an owned handle is dropped.
    let destructor: FunctionReference?

    package init(impl: ComponentInstanceState, destructor: Function?) {
        self.impl = impl
        self.destructor = destructor.map(FunctionReference.init)
    }
}

/// A resource type of the host: there is one object for each, which is kept for the program's life.
@usableFromInline package final class HostResourceType: Sendable {
    /// What the host does when an owned handle is dropped: it gets the context of the store and the
    /// representation. It runs on the guest's stack and must not suspend.
    package typealias Destructor = @Sendable (AnyObject?, UInt32) throws(Trap) -> Void

    package let name: String
    package let destructor: Destructor

    package init(_ name: String, destructor: @escaping Destructor) {
        self.name = name
        self.destructor = destructor
    }

    @inlinable package var number: ResourceNumber {
        ResourceNumber(bits: unsafe UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque()) | 1)
    }
}
