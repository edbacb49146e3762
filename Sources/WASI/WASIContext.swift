import ComponentModel
import Wasm

/// What the functions of WASI have of one use of a component instance: the resources that its guest has
/// handles to, and the system as it sees it. It is the context of the instance's store.
@usableFromInline package final class WASIContext {
    @usableFromInline package let table = ResourceTable()
    /// Another at each use of an instance that is used again as it is.
    package var system: System

    package init(_ system: System) { self.system = system }

    /// Adds an object that the guest is to have; its number.
    package func push(_ object: some TableResource) throws(Trap) -> UInt32 {
        try table.push(object, price: object.price)
    }

    /// The task that the guest runs in.
    package var task: GuestTask { system.task }
}

/// A class whose objects a guest has handles to.
@usableFromInline package protocol TableResource: AnyObject, HostResource, SendableMetatype {
    /// Its last handle was dropped, not handed over: what that means to it.
    func dropped()
    /// The bytes that it counts for while a guest has it: what it holds, or may hold at most.
    var price: UInt32 { get }
}

extension TableResource {
    package func dropped() {}
    package var price: UInt32 { WASILimits.resourceBytes }
}

extension HostResourceType {
    /// The type that `resource` stands for, whose objects are in the table of the store's context.
    package convenience init<T: TableResource>(_ name: String, of resource: T.Type) {
        self.init(name) { (context, number) throws(Trap) in
            guard let context = context as? WASIContext else { return }
            try context.table.remove(number, as: T.self).dropped()
        }
    }
}

extension HostCall {
    /// What the guest that calls has of WASI.
    @inlinable package var wasi: WASIContext {
        get throws(Trap) { try context(as: WASIContext.self) }
    }

    /// The object that is lent.
    @inlinable package func get<T: TableResource>(_ resource: Borrow<T>) throws(Trap) -> T {
        try wasi.table.get(resource.rep, as: T.self)
    }

    /// The object that is handed over, which is in the table no more. Traps where it has children.
    @inlinable package func take<T: TableResource>(_ resource: Own<T>) throws(Trap) -> T {
        try wasi.table.remove(resource.rep, as: T.self)
    }

    /// Hands an object to the guest.
    @inlinable package func push<T: TableResource>(_ object: T) throws(Trap) -> Own<T> {
        Own(try wasi.table.push(object, price: object.price))
    }

    /// Hands an object to the guest as a child of another.
    @inlinable package func push<T: TableResource, Parent: TableResource>(
        _ object: T, childOf parent: Borrow<Parent>
    ) throws(Trap) -> Own<T> {
        Own(try wasi.table.push(object, childOf: parent.rep, price: object.price))
    }

    /// Hands an object to the guest, if there is one.
    @inlinable package func push<T: TableResource>(ifAny object: T?) throws(Trap) -> Own<T>? {
        guard let object else { return nil }
        return try push(object)
    }
}
