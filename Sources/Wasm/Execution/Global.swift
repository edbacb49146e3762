/// A global of a store.
/// Spec: core/exec/runtime#global-instances
@safe package struct Global {
    package let store: Store
    let record: UnsafeMutablePointer<GlobalRecord>

    init(_ store: Store, _ record: UnsafeMutablePointer<GlobalRecord>) {
        self.store = store
        unsafe self.record = record
    }

    /// A global that holds `value`. Indices in `type` are canonical ids.
    package init(_ store: Store, _ type: GlobalType, _ value: Value) {
        let record = unsafe store.add(GlobalRecord(low: 0, high: 0, type: type))
        unsafe self.init(store, record)
        write(value)
    }

    /// Its type; type indices in it are canonical ids.
    package var type: GlobalType { unsafe record.pointee.type }

    package func get() -> Value {
        unsafe Value(type.value, in: Frame(UnsafeMutableRawPointer(record)), 0, store: store)
    }

    /// Sets the value; false where the global is immutable or the value not of its type.
    package func set(_ value: Value) -> Bool {
        guard type.isMutable, value.matches(type.value, store.engine) else { return false }
        write(value)
        return true
    }

    private func write(_ value: Value) {
        // A record begins with the two slots of its value.
        unsafe value.store(in: Frame(UnsafeMutableRawPointer(record)), 0)
    }
}

/// A tag of a store: the type of an exception.
/// Spec: core/exec/runtime#tag-instances
package struct Tag {
    package let store: Store
    /// The canonical id of its type.
    let typeID: UInt32
}

/// Something that an instance imports or exports.
/// Spec: core/exec/runtime#external-instances
package enum Extern {
    case function(Function)
    case table(Table)
    case memory(Memory)
    case global(Global)
    case tag(Tag)
}
