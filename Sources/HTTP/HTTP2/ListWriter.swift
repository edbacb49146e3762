// Fills nghttp2's list of fields. Unsafe here: pointers into storage that the caller keeps in place
// until nghttp2 has copied it; names and values that are literals are marked as not to be copied.
import CNghttp2

/// Writes name and value pairs into a list that is long enough.
@safe
struct ListWriter {
    private let list: UnsafeMutableBufferPointer<nghttp2_nv>
    private(set) var count = 0

    init(_ list: UnsafeMutableBufferPointer<nghttp2_nv>) { unsafe self.list = list }

    private static let staticName = UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue)
    private static let staticValue = UInt8(NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue)

    private mutating func append(
        _ name: UnsafePointer<UInt8>,
        _ nameLength: Int,
        _ value: UnsafePointer<UInt8>,
        _ valueLength: Int,
        _ flags: UInt8
    ) {
        guard unsafe count < list.count else { return }
        unsafe list[count] = nghttp2_nv(
            name: UnsafeMutablePointer(mutating: name),
            value: UnsafeMutablePointer(mutating: value),
            namelen: nameLength,
            valuelen: valueLength,
            flags: flags
        )
        count += 1
    }

    private mutating func append(
        _ name: StaticString,
        _ value: UnsafePointer<UInt8>,
        _ valueLength: Int,
        _ flags: UInt8 = 0
    ) {
        unsafe append(
            name.utf8Start,
            name.utf8CodeUnitCount,
            value,
            valueLength,
            flags | ListWriter.staticName
        )
    }

    mutating func status(_ status: Status, _ storage: UnsafeMutableRawBufferPointer) {
        if status.code == 200 {
            let text: StaticString = "200"
            return unsafe append(":status", text.utf8Start, 3, ListWriter.staticValue)
        }
        unsafe storage[0] = UInt8(truncatingIfNeeded: status.code / 100) + 0x30
        unsafe storage[1] = UInt8(truncatingIfNeeded: status.code / 10 % 10) + 0x30
        unsafe storage[2] = UInt8(truncatingIfNeeded: status.code % 10) + 0x30
        guard let base = storage.baseAddress else { return }
        unsafe append(":status", base.assumingMemoryBound(to: UInt8.self), 3)
    }

    mutating func date(_ value: UnsafeBufferPointer<UInt8>) {
        guard let base = value.baseAddress else { return }
        unsafe append("date", base, value.count)
    }

    mutating func server() {
        let text: StaticString = "virga"
        unsafe append("server", text.utf8Start, text.utf8CodeUnitCount, ListWriter.staticValue)
    }

    mutating func length(_ length: UInt64, _ storage: UnsafeMutableRawBufferPointer) {
        var index = storage.count
        var rest = length
        repeat {
            index -= 1
            unsafe storage[index] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
            rest /= 10
        } while rest > 0
        guard let base = storage.baseAddress else { return }
        unsafe append(
            "content-length",
            (base + index).assumingMemoryBound(to: UInt8.self),
            storage.count - index
        )
    }

    /// Writes the handler's fields but those of the connection and Content-Length; says which of
    /// those that the server would add are there.
    mutating func fields(
        _ fields: Fields,
        _ base: UnsafePointer<UInt8>
    ) -> (hasDate: Bool, hasServer: Bool) {
        var hasDate = false
        var hasServer = false
        for index in 0..<fields.count {
            switch fields.role(index) {
            case .connection, .contentLength: continue
            case .date: hasDate = true
            case .server: hasServer = true
            case .plain: break
            }
            let place = fields.place(index)
            unsafe append(
                base + place.start,
                place.nameLength,
                base + place.start + place.nameLength,
                place.valueLength,
                0
            )
        }
        return (hasDate, hasServer)
    }
}
