// Unsafe here: bytes of a guest's memory made an array, and an array seen as raw bytes.
import ComponentModel
import Wasm

/// A `list<u8>` that is kept, copied at once in both directions.
package struct ByteArray: LiftablePointer, LowerablePointer {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package init(_ bytes: RawSpan) {
        unsafe self.bytes = bytes.withUnsafeBytes { unsafe Array($0) }
    }

    package static var componentType: HostValType { ByteList.componentType }

    package static func lift(
        _ cx: LiftLowerContext, _ address: UInt64, _ length: UInt64
    ) throws(Trap) -> ByteArray {
        let list = try ByteList.lift(cx, address, length)
        return try cx.memory.withBytes(list.address, list.count) { (bytes) throws(Trap) in
            ByteArray(bytes)
        }
    }

    package func lower(
        _ cx: LiftLowerContext
    ) throws(Trap) -> (address: UInt64, length: UInt64) {
        (try unsafe cx.storeBytes(bytes.span.bytes), UInt64(bytes.count))
    }
}
