import ComponentModel
import Wasm

// The functions of wasi:clocks, by their names.

extension Datetime: LowerableRecord, LiftableRecord {
    package static func fields<V: FieldVisitor>(_ visitor: inout V) {
        visitor.field("seconds", UInt64.self)
        visitor.field("nanoseconds", UInt32.self)
    }

    package init(from reader: inout RecordReader) throws(Trap) {
        self.init(
            seconds: try reader.next(UInt64.self), nanoseconds: try reader.next(UInt32.self))
    }

    package func write(to writer: inout RecordWriter) throws(Trap) {
        try writer.add(seconds)
        try writer.add(nanoseconds)
    }
}

/// Defines wasi:clocks.
func defineClocks(in linker: ComponentLinker) {
    let monotonic = linker.instance("wasi:clocks/monotonic-clock@0.2.12")
    monotonic.define("pollable", resource: PollableResource.resourceType)
    monotonic.define("now", effect: .time) { (call) throws(Trap) in
        try call.wasi.system.monotonicClock.now
    }
    monotonic.define("resolution", effect: .time) { (call) throws(Trap) in
        try call.wasi.system.monotonicClock.resolution
    }
    monotonic.define("subscribe-instant", effect: .resource) {
        (call, when: UInt64) throws(Trap) in
        try call.push(PollableResource(try call.wasi.system.monotonicClock.subscribeInstant(when)))
    }
    monotonic.define("subscribe-duration", effect: .resource) {
        (call, when: UInt64) throws(Trap) in
        try call.push(PollableResource(try call.wasi.system.monotonicClock.subscribeDuration(when)))
    }
    let wall = linker.instance("wasi:clocks/wall-clock@0.2.12")
    wall.define("now", effect: .time) { (call) throws(Trap) in try call.wasi.system.wallClock.now }
    wall.define("resolution", effect: .time) { (call) throws(Trap) in
        try call.wasi.system.wallClock.resolution
    }
    defineTimezone(in: linker)
}
