// Unsafe here: bytes of a guest's memory made an array, spans as raw bytes.
import ComponentModel
import HTTP
import Wasm

/// A field's value: a `list<u8>` that is kept, no longer than the limit of a `fields`.
/// Spec: wasi:http/types#field-value
struct FieldValue: LiftablePointer {
    let bytes: [UInt8]

    static var componentType: HostValType { ByteList.componentType }

    static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> FieldValue {
        var left = WASIHTTPLimits.fieldBytes
        return try lift(cx, address, length, &left)
    }

    /// Lifts a value of at most `left` bytes, and takes its length off that.
    fileprivate static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64,
        _ left: inout Int
    ) throws(Trap) -> FieldValue {
        let list = try ByteList.lift(cx, address, length)
        try take(list.count, &left)
        return try cx.memory.withBytes(list.address, list.count) { (bytes) throws(Trap) in
            unsafe FieldValue(bytes: bytes.withUnsafeBytes { unsafe Array($0) })
        }
    }

    fileprivate static func take(_ count: Int, _ left: inout Int) throws(Trap) {
        guard count <= left else {
            throw .host("fields: there are more than \(WASIHTTPLimits.fieldBytes) bytes")
        }
        left -= count
    }
}

/// The values of one name that a guest sets, together no longer than the limit of a `fields`: the same
/// bytes of its memory may be in the list a million times.
/// Spec: wasi:http/types#fields.set
struct FieldValues: LiftablePointer {
    let values: [[UInt8]]

    static var componentType: HostValType { .list(ByteList.componentType) }

    static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> FieldValues {
        try cx.checkList(address, length, size: 8, alignment: 4)
        var left = WASIHTTPLimits.fieldBytes
        var values: [[UInt8]] = []
        for index in 0..<length {
            let pointer = try cx.memory.load(address + 8 * index, as: UInt64.self)
            try FieldValue.take(32, &left)
            values.append(
                try FieldValue.lift(cx, pointer & 0xFFFF_FFFF, pointer >> 32, &left).bytes
            )
        }
        return FieldValues(values: values)
    }
}

/// The lines that a guest makes fields of, together no longer than the limit of a `fields`.
/// Spec: wasi:http/types#fields.from-list
struct FieldList: LiftablePointer {
    let entries: [(name: [UInt8], value: [UInt8])]

    static var componentType: HostValType { FieldEntries.componentType }

    static func lift(
        _ cx: LiftLowerContext,
        _ address: UInt64,
        _ length: UInt64
    ) throws(Trap) -> FieldList {
        try cx.checkList(address, length, size: 16, alignment: 4)
        var left = WASIHTTPLimits.fieldBytes
        var entries: [(name: [UInt8], value: [UInt8])] = []
        for index in 0..<length {
            let entry = address + 16 * index
            let name = try cx.memory.load(entry, as: UInt64.self)
            try FieldValue.take(32 + Int(name >> 32 & 0x7FFF_FFFF), &left)
            let text = try String.lift(cx, name & 0xFFFF_FFFF, name >> 32)
            let value = try cx.memory.load(entry + 8, as: UInt64.self)
            let bytes = try FieldValue.lift(cx, value & 0xFFFF_FFFF, value >> 32, &left).bytes
            entries.append((Array(text.utf8), bytes))
        }
        return FieldList(entries: entries)
    }
}

/// Some of the lines of fields, as the values of one name.
/// Spec: wasi:http/types#fields.get
struct FieldValueList: LowerablePointer {
    let lines: FieldLines
    let indices: [Int]

    static var componentType: HostValType { .list(ByteList.componentType) }

    func lower(_ cx: LiftLowerContext) throws(Trap) -> (address: UInt64, length: UInt64) {
        let start = try cx.allocate(alignment: 4, byteCount: 8 * indices.count)
        for (place, index) in indices.enumerated() {
            let value = lines.value(index)
            let address = try unsafe cx.storeBytes(value.bytes)
            try cx.memory.store(address | UInt64(value.count) << 32, start + 8 * UInt64(place))
        }
        return (start, UInt64(indices.count))
    }
}

/// All lines of fields.
/// Spec: wasi:http/types#fields.entries
struct FieldEntries: LowerablePointer {
    let lines: FieldLines

    static var componentType: HostValType {
        .list(.tuple([.primitive(.string), ByteList.componentType]))
    }

    func lower(_ cx: LiftLowerContext) throws(Trap) -> (address: UInt64, length: UInt64) {
        let start = try cx.allocate(alignment: 4, byteCount: 16 * lines.count)
        for index in 0..<lines.count {
            let entry = start + 16 * UInt64(index)
            try cx.memory.store(try name(index, cx), entry)
            let value = lines.value(index)
            let address = try unsafe cx.storeBytes(value.bytes)
            try cx.memory.store(address | UInt64(value.count) << 32, entry + 8)
        }
        return (start, UInt64(lines.count))
    }

    /// Address and length of a name, which is ASCII.
    private func name(_ index: Int, _ cx: LiftLowerContext) throws(Trap) -> UInt64 {
        let name = lines.name(index)
        guard cx.stringEncoding == .utf8 else {
            let (address, length) = try cx.storeString(name.text)
            return address | length << 32
        }
        let address = try unsafe cx.storeBytes(name.bytes)
        return address | UInt64(name.count) << 32
    }
}
