import ComponentModel
import Wasm

/// What the clocks of a place show beside UTC's. Guests are told UTC: where the host stands is not
/// theirs to know, and a function gives the same answers wherever it is deployed.
///
/// Spec: wasi:clocks/timezone
enum Timezone {
    /// Spec: wasi:clocks/timezone#timezone-display
    struct Display: LowerableRecord {
        /// Seconds east of UTC: less than a day's.
        let utcOffset: Int32
        let name: String
        let inDaylightSavingTime: Bool

        static func fields<V: FieldVisitor>(_ visitor: inout V) {
            visitor.field("utc-offset", Int32.self)
            visitor.field("name", String.self)
            visitor.field("in-daylight-saving-time", Bool.self)
        }

        func write(to writer: inout RecordWriter) throws(Trap) {
            try writer.add(utcOffset)
            try writer.add(name)
            try writer.add(inDaylightSavingTime)
        }
    }

    static let utc = Display(utcOffset: 0, name: "UTC", inDaylightSavingTime: false)
}

/// Defines wasi:clocks/timezone.
func defineTimezone(in linker: ComponentLinker) {
    let timezone = linker.instance("wasi:clocks/timezone@0.2.12")
    timezone.define("display") { (_, _: Datetime) throws(Trap) in Timezone.utc }
    timezone.define("utc-offset") { (_, _: Datetime) throws(Trap) in Timezone.utc.utcOffset }
}
