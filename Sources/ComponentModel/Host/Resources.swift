import Wasm

/// What stands for a resource type of the host in the types of functions.
@usableFromInline package protocol HostResource {
    static var resourceType: HostResourceType { get }
}

/// A resource that is handed over, by its representation.
@usableFromInline
package struct Own<Resource: HostResource>: LiftableValue, LowerableValue, ComponentHandle {
    @usableFromInline package var rep: UInt32

    @inlinable package init(_ rep: UInt32) { self.rep = rep }

    @usableFromInline package static var componentType: HostValType {
        .own(Resource.resourceType.number)
    }

    @inlinable package static func lift(
        _ cx: LiftLowerContext,
        _ handle: UInt32
    ) throws(Trap) -> Own {
        Own(try cx.liftOwn(handle, Resource.resourceType.number))
    }

    @inlinable package func lower(_ cx: LiftLowerContext) throws(Trap) -> UInt32 {
        try cx.lowerOwn(rep, Resource.resourceType.number)
    }
}

/// A resource that is lent for as long as a call lasts, by its representation.
@usableFromInline
package struct Borrow<Resource: HostResource>: LiftableValue, LowerableValue, ComponentHandle {
    @usableFromInline package var rep: UInt32

    @inlinable package init(_ rep: UInt32) { self.rep = rep }

    @usableFromInline package static var componentType: HostValType {
        .borrow(Resource.resourceType.number)
    }

    @inlinable package static func lift(
        _ cx: LiftLowerContext,
        _ handle: UInt32
    ) throws(Trap) -> Borrow {
        Borrow(try cx.liftBorrow(handle, Resource.resourceType.number))
    }

    @inlinable package func lower(_ cx: LiftLowerContext) throws(Trap) -> UInt32 {
        try cx.lowerBorrow(rep, Resource.resourceType.number)
    }
}

/// A value that is passed as a handle.
@usableFromInline package protocol ComponentHandle: LiftableValue, LowerableValue {
    static func lift(_ cx: LiftLowerContext, _ handle: UInt32) throws(Trap) -> Self
    func lower(_ cx: LiftLowerContext) throws(Trap) -> UInt32
}

extension ComponentHandle {
    @inlinable package static var size: Int { 4 }
    @inlinable package static var alignment: Int { 4 }
    @inlinable package static var flatCount: Int { 1 }

    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        try lift(cx, cx.memory.load(address, as: UInt32.self))
    }

    @inlinable package static func liftFlat(
        _ cx: LiftLowerContext,
        _ slots: Slots
    ) throws(Trap) -> Self {
        try lift(cx, slots.u32(0))
    }

    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        try cx.memory.store(lower(cx), address)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) {
        slots.setU32(0, try lower(cx))
    }
}
