import Wasm

/// What is told the fields of a record, in their order.
@usableFromInline package protocol FieldVisitor {
    mutating func field<T: ComponentValue>(_ label: String, _ type: T.Type)
}

extension RecordLayout: FieldVisitor {
    @inlinable package mutating func field<T: ComponentValue>(_ label: String, _ type: T.Type) {
        add(type)
    }
}

/// The fields of a record, for its type.
private struct FieldList: FieldVisitor {
    var fields: [HostValType.Field] = []

    mutating func field<T: ComponentValue>(_ label: String, _ type: T.Type) {
        fields.append(HostValType.Field(label, type.componentType))
    }
}

/// A record: a structure that says its fields once, in the type's order, and reads or writes them in
/// that order.
/// Spec: CanonicalABI "Loading" (`load_record`), "Storing" (`store_record`)
@usableFromInline package protocol ComponentRecord: ComponentValue {
    /// Tells `visitor` all fields.
    static func fields<V: FieldVisitor>(_ visitor: inout V)
}

extension ComponentRecord {
    package static var componentType: HostValType {
        var list = FieldList()
        fields(&list)
        return .record(list.fields)
    }

    @inlinable package static var layout: RecordLayout {
        var layout = RecordLayout()
        fields(&layout)
        return layout
    }

    @inlinable package static var size: Int { layout.alignedSize }
    @inlinable package static var alignment: Int { layout.alignment }
    @inlinable package static var flatCount: Int { layout.flatCount }
}

/// A record that components can give to the host.
@usableFromInline package protocol LiftableRecord: ComponentRecord, LiftableValue {
    /// Reads all fields.
    init(from reader: inout RecordReader) throws(Trap)
}

extension LiftableRecord {
    @inlinable package static func load(
        from cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) -> Self {
        var reader = RecordReader(cx, at: address)
        return try Self(from: &reader)
    }

    @inlinable package static func liftFlat(
        _ cx: LiftLowerContext,
        _ slots: Slots
    ) throws(Trap) -> Self {
        var reader = RecordReader(cx, slots)
        return try Self(from: &reader)
    }
}

/// A record that the host can give to components.
@usableFromInline package protocol LowerableRecord: ComponentRecord, LowerableValue {
    /// Writes all fields.
    func write(to writer: inout RecordWriter) throws(Trap)
}

extension LowerableRecord {
    @inlinable package func store(
        to cx: LiftLowerContext,
        at address: UInt64
    ) throws(Trap) {
        var writer = RecordWriter(cx, at: address)
        try write(to: &writer)
    }

    @inlinable package func lowerFlat(_ cx: LiftLowerContext, _ slots: Slots) throws(Trap) {
        var writer = RecordWriter(cx, slots)
        try write(to: &writer)
    }
}

// MARK: Tuples

/// A tuple of two.
@usableFromInline package struct Tuple2<A: ComponentValue, B: ComponentValue>: ComponentRecord {
    @usableFromInline package var a: A
    @usableFromInline package var b: B

    @inlinable package init(_ a: A, _ b: B) {
        self.a = a
        self.b = b
    }

    @usableFromInline package static var componentType: HostValType {
        .tuple([A.componentType, B.componentType])
    }

    @inlinable package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("0", A.self)
        visitor.field("1", B.self)
    }
}

extension Tuple2: LiftableValue, LiftableRecord where A: LiftableValue, B: LiftableValue {
    @inlinable package init(from reader: inout RecordReader) throws(Trap) {
        a = try reader.next(A.self)
        b = try reader.next(B.self)
    }
}

extension Tuple2: LowerableValue, LowerableRecord where A: LowerableValue, B: LowerableValue {
    @inlinable package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(a)
        try writer.add(b)
    }
}

extension Tuple2: Sendable where A: Sendable, B: Sendable {}
extension Tuple2: Equatable where A: Equatable, B: Equatable {}

/// A tuple of three.
@usableFromInline
package struct Tuple3<A: ComponentValue, B: ComponentValue, C: ComponentValue>: ComponentRecord {
    @usableFromInline package var a: A
    @usableFromInline package var b: B
    @usableFromInline package var c: C

    @inlinable package init(_ a: A, _ b: B, _ c: C) {
        self.a = a
        self.b = b
        self.c = c
    }

    @usableFromInline package static var componentType: HostValType {
        .tuple([A.componentType, B.componentType, C.componentType])
    }

    @inlinable package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("0", A.self)
        visitor.field("1", B.self)
        visitor.field("2", C.self)
    }
}

extension Tuple3: LiftableValue, LiftableRecord
where A: LiftableValue, B: LiftableValue, C: LiftableValue {
    @inlinable package init(from reader: inout RecordReader) throws(Trap) {
        a = try reader.next(A.self)
        b = try reader.next(B.self)
        c = try reader.next(C.self)
    }
}

extension Tuple3: LowerableValue, LowerableRecord
where A: LowerableValue, B: LowerableValue, C: LowerableValue {
    @inlinable package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(a)
        try writer.add(b)
        try writer.add(c)
    }
}

extension Tuple3: Sendable where A: Sendable, B: Sendable, C: Sendable {}
extension Tuple3: Equatable where A: Equatable, B: Equatable, C: Equatable {}

/// A tuple of four.
@usableFromInline
package struct Tuple4<
    A: ComponentValue,
    B: ComponentValue,
    C: ComponentValue,
    D: ComponentValue
>: ComponentRecord {
    @usableFromInline package var a: A
    @usableFromInline package var b: B
    @usableFromInline package var c: C
    @usableFromInline package var d: D

    @inlinable package init(_ a: A, _ b: B, _ c: C, _ d: D) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }

    @usableFromInline package static var componentType: HostValType {
        .tuple([A.componentType, B.componentType, C.componentType, D.componentType])
    }

    @inlinable package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("0", A.self)
        visitor.field("1", B.self)
        visitor.field("2", C.self)
        visitor.field("3", D.self)
    }
}

extension Tuple4: LiftableValue, LiftableRecord
where A: LiftableValue, B: LiftableValue, C: LiftableValue, D: LiftableValue {
    @inlinable package init(from reader: inout RecordReader) throws(Trap) {
        a = try reader.next(A.self)
        b = try reader.next(B.self)
        c = try reader.next(C.self)
        d = try reader.next(D.self)
    }
}

extension Tuple4: LowerableValue, LowerableRecord
where A: LowerableValue, B: LowerableValue, C: LowerableValue, D: LowerableValue {
    @inlinable package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(a)
        try writer.add(b)
        try writer.add(c)
        try writer.add(d)
    }
}

extension Tuple4: Sendable where A: Sendable, B: Sendable, C: Sendable, D: Sendable {}
extension Tuple4: Equatable where A: Equatable, B: Equatable, C: Equatable, D: Equatable {}
