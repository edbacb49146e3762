/// How a value is written.
/// Spec: DWARF 5 section 7.5.6 "Form Encodings"
enum Form {
    static let addr: UInt64 = 0x01
    static let block2: UInt64 = 0x03
    static let block4: UInt64 = 0x04
    static let data2: UInt64 = 0x05
    static let data4: UInt64 = 0x06
    static let data8: UInt64 = 0x07
    static let string: UInt64 = 0x08
    static let block: UInt64 = 0x09
    static let block1: UInt64 = 0x0A
    static let data1: UInt64 = 0x0B
    static let flag: UInt64 = 0x0C
    static let sdata: UInt64 = 0x0D
    static let strp: UInt64 = 0x0E
    static let udata: UInt64 = 0x0F
    static let refAddr: UInt64 = 0x10
    static let ref1: UInt64 = 0x11
    static let ref2: UInt64 = 0x12
    static let ref4: UInt64 = 0x13
    static let ref8: UInt64 = 0x14
    static let refUdata: UInt64 = 0x15
    static let indirect: UInt64 = 0x16
    static let secOffset: UInt64 = 0x17
    static let exprloc: UInt64 = 0x18
    static let flagPresent: UInt64 = 0x19
    static let strx: UInt64 = 0x1A
    static let addrx: UInt64 = 0x1B
    static let strpSup: UInt64 = 0x1D
    static let data16: UInt64 = 0x1E
    static let lineStrp: UInt64 = 0x1F
    static let refSig8: UInt64 = 0x20
    static let implicitConst: UInt64 = 0x21
    static let loclistx: UInt64 = 0x22
    static let rnglistx: UInt64 = 0x23
    static let strx1: UInt64 = 0x25
    static let strx2: UInt64 = 0x26
    static let strx3: UInt64 = 0x27
    static let strx4: UInt64 = 0x28
    static let addrx1: UInt64 = 0x29
    static let addrx2: UInt64 = 0x2A
    static let addrx3: UInt64 = 0x2B
    static let addrx4: UInt64 = 0x2C
}

/// A value of a form, as far as it is of use here.
enum FormValue {
    case number(UInt64)
    /// Written where it stands: the offset in the section that is read.
    case inlineString(Int)
    /// The offset in `.debug_str`.
    case string(UInt64)
    /// The offset in `.debug_line_str`.
    case lineString(UInt64)
    case other
}

extension SectionCursor {
    /// Reads or passes a value. `addressSize` is that of the unit.
    mutating func value(_ form: UInt64, addressSize: Int = 4) throws(DWARFError) -> FormValue {
        switch form {
        case Form.data1, Form.ref1, Form.flag: return .number(try fixed(1))
        case Form.data2, Form.ref2: return .number(try fixed(2))
        case Form.data4, Form.ref4, Form.secOffset, Form.refAddr: return .number(try fixed(4))
        case Form.data8, Form.ref8, Form.refSig8: return .number(try fixed(8))
        case Form.addr: return .number(try fixed(min(addressSize, 8)))
        case Form.udata, Form.refUdata: return .number(try uleb())
        case Form.sdata: return .number(UInt64(bitPattern: try sleb()))
        case Form.strp: return .string(try fixed(4))
        case Form.lineStrp: return .lineString(try fixed(4))
        case Form.string:
            let start = offset
            try skipString()
            return .inlineString(start)
        case Form.flagPresent, Form.implicitConst: return .number(1)
        case Form.data16: try skip(16)
        case Form.block1: try skip(try fixed(1))
        case Form.block2: try skip(try fixed(2))
        case Form.block4: try skip(try fixed(4))
        case Form.block, Form.exprloc: try skip(try uleb())
        case Form.strx1, Form.addrx1: try skip(1)
        case Form.strx2, Form.addrx2: try skip(2)
        case Form.strx3, Form.addrx3: try skip(3)
        case Form.strx4, Form.addrx4, Form.strpSup: try skip(4)
        case Form.strx, Form.addrx, Form.loclistx, Form.rnglistx: _ = try uleb()
        case Form.indirect:
            let form = try uleb()
            guard form != Form.indirect, form != Form.implicitConst else { throw error(.form(form)) }
            return try value(form, addressSize: addressSize)
        default: throw error(.form(form))
        }
        return .other
    }
}

extension DebugSections {
    /// The text of a value that was read from the section of `cursor`; nil where it is none.
    func text(_ value: FormValue, in cursor: SectionCursor) throws(DWARFError) -> String? {
        var reader: SectionCursor
        let place: UInt64
        switch value {
        case .inlineString(let offset): (reader, place) = (cursor, UInt64(offset))
        case .string(let offset): (reader, place) = (SectionCursor(".debug_str", strings), offset)
        case .lineString(let offset):
            (reader, place) = (SectionCursor(".debug_line_str", lineStrings), offset)
        case .number, .other: return nil
        }
        try reader.seek(place)
        return try reader.string()
    }
}
