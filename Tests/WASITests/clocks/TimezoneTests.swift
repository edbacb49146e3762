import Foundation
import Testing

/// Guests are told UTC, wherever the host is.
@Suite("wasi:clocks/timezone", .enabled(if: BuiltProgram.isThere, "the program is not beside the tests"))
struct TimezoneTests {
    static let component = """
        (component
          (import "wasi:clocks/timezone@0.2.12" (instance $zone
            (type $when' (record (field "seconds" u64) (field "nanoseconds" u32)))
            (export "datetime" (type $when (eq $when')))
            (type $shown' (record (field "utc-offset" s32) (field "name" string)
              (field "in-daylight-saving-time" bool)))
            (export "timezone-display" (type $shown (eq $shown')))
            (export "display" (func (param "when" $when) (result $shown)))
            (export "utc-offset" (func (param "when" $when) (result s32)))))
          (alias export $zone "timezone-display" (type $shown))
          (core module $memory
            (memory (export "memory") 1)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
          (core instance $memory (instantiate $memory))
          (core func $offset (canon lower (func $zone "utc-offset")))
          (core func $display (canon lower (func $zone "display")
            (memory $memory "memory") (realloc (func $memory "realloc"))))
          (core module $calls
            (import "z" "offset" (func $offset (param i64 i32) (result i32)))
            (import "z" "display" (func $display (param i64 i32 i32)))
            (func (export "offset") (result i32)
              (call $offset (i64.const 1700000000) (i32.const 0)))
            (func (export "display") (result i32)
              (call $display (i64.const 1700000000) (i32.const 0) (i32.const 16))
              (i32.const 16)))
          (core instance $calls (instantiate $calls (with "z" (instance
            (export "offset" (func $offset)) (export "display" (func $display))))))
          (func (export "offset") (result s32) (canon lift (core func $calls "offset")))
          (func (export "display") (result $shown)
            (canon lift (core func $calls "display") (memory $memory "memory"))))
        """

    @Test(arguments: [
        ("offset()", "0"),
        ("display()", "{utc-offset: 0, name: \"UTC\", in-daylight-saving-time: false}"),
    ])
    func theZoneIsUTC(_ call: String, _ wanted: String) throws {
        let folder = try Folder()
        folder.write("zone.wat", Self.component)
        let process = Process()
        process.executableURL = BuiltProgram.binary
        process.arguments = ["run", "--invoke", call, folder.path + "/zone.wat"]
        process.environment = ["TZ": "Asia/Tokyo"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let told = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(String(decoding: told, as: UTF8.self) == wanted + "\n")
    }
}
