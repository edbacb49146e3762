import Testing
import WAT

/// Spec: Explainer "Canonical Definitions", Binary "canon"
@Suite struct CanonTests {
    @Test(arguments: [
        ("lower (func 1)", "01000100"), ("resource.new 1", "0201"), ("resource.drop 1", "0301"),
        ("resource.rep (type 1)", "0401"), ("task.cancel", "05"), ("subtask.cancel", "0600"),
        ("subtask.cancel async", "0601"), ("task.return", "09010000"),
        ("task.return (result u8) (memory 1)", "09007d010301"), ("context.get i32 0", "0a7f00"),
        ("context.set i64 1", "0b7e01"), ("thread.yield", "0c00"),
        ("thread.yield cancellable", "0c01"),
        ("subtask.drop", "0d"), ("stream.new 1", "0e01"), ("stream.read 1 async", "0f010106"),
        ("stream.write 1", "100100"), ("stream.cancel-read 1", "110100"),
        ("stream.cancel-write 1 async", "120101"), ("stream.drop-readable 1", "1301"),
        ("stream.drop-writable 1", "1401"), ("future.new 1", "1501"),
        ("future.read 1 async", "16010106"),
        ("future.write 1", "170100"), ("future.cancel-read 1", "180100"),
        ("future.cancel-write 1 async", "190101"), ("future.drop-readable 1", "1a01"),
        ("future.drop-writable 1", "1b01"), ("error-context.new (memory 0)", "1c010300"),
        ("error-context.debug-message", "1d00"), ("error-context.drop", "1e"),
        ("waitable-set.new", "1f"), ("waitable-set.wait (memory 1)", "200001"),
        ("waitable-set.poll cancellable (memory (core memory 1))", "210101"),
        ("waitable-set.drop", "22"),
        ("waitable.join", "23"), ("backpressure.inc", "24"), ("backpressure.dec", "25"),
        ("thread.index", "26"), ("thread.new-indirect 1 (core table 2)", "270102"),
        ("thread.resume-later", "28"), ("thread.suspend", "2900"),
        ("thread.suspend-then-resume", "2a00"), ("thread.yield-then-resume cancellable", "2b01"),
        ("thread.suspend-then-promote", "2c00"), ("thread.yield-then-promote", "2d00"),
        ("thread.spawn-ref shared 1", "400101"),
        ("thread.spawn-indirect (core type 1) 2", "41000102"),
        ("thread.available-parallelism", "4200"),
    ])
    func builtins(text: String, code: String) throws {
        #expect(try definitions("(canon \(text) (core func $f))") == ["08 01\(code)"])
        #expect(try definitions("(core func $f (canon \(text)))") == ["08 01\(code)"])
    }

    @Test(arguments: [
        ("string-encoding=utf8", "00"), ("string-encoding=utf16", "01"),
        ("string-encoding=latin1+utf16", "02"), ("(memory 1)", "0301"),
        ("(memory (core memory 1))", "0301"), ("(realloc 1)", "0401"),
        ("(realloc (core func 1))", "0401"),
        ("(realloc (func 1))", "0401"), ("(post-return 1)", "0501"), ("async", "06"),
        ("(callback (core func 1))", "0701"), ("(core-type 1)", "0801"), ("gc", "09"),
    ])
    func options(text: String, code: String) throws {
        #expect(
            try definitions("(core func (canon lower (func 0) \(text)))") == [
                "08 01010000" + "01\(code)"
            ]
        )
    }

    @Test(arguments: [
        Assembled("(canon lift (core func 1) (func (type 2)))", "08 010000010002"),
        Assembled("(func (type 2) (canon lift (core func 1)))", "08 010000010002"),
        Assembled(
            "(canon lift (core func 1) async (func (result u8)))",
            "07 014000007d",
            "08 01000001010600"
        ),
        Assembled(
            "(func (export \"f\") (result u8) (canon lift (core func 1)))",
            "07 014000007d",
            "08 010000010000",
            "0b 01000166010000"
        ),
        Assembled("(func async (canon lift (core func 1)))", "07 0143000100", "08 010000010000"),
        Assembled(
            "(core instance $i) (func (type 0) (canon lift (core func $i \"f\") (memory $i \"m\")))",
            "02 010100",
            "06 0200000100016600020100016d",
            "08 0100000001030000"
        ),
    ])
    func lift(assembled: Assembled) throws {
        try assembled.check()
    }

    @Test("what an instance exports is aliased before it is used")
    func references() throws {
        try Assembled(
            "(instance $i) (core func (canon lower (func $i \"a\" \"f\")))",
            "05 010100",
            "06 0205000001610100010166",
            "08 0101000000"
        ).check()
    }
}
