;; Its functions make so many calls: of nothing, and with strings and lists of that size, to another component and
;; to the host.
(component
  (import "host" (instance $host
    (export "empty" (func)) (export "take" (func (param "s" string)))
    (export "take-bytes" (func (param "b" (list u8))))))
  (component $Callee
    (core module $M
      (memory (export "memory") 4)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
      (func (export "empty")) (func (export "take") (param i32 i32)))
    (core instance $m (instantiate $M))
    (func (export "empty") (canon lift (core func $m "empty")))
    (func (export "take") (param "s" string)
      (canon lift (core func $m "take") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
    (func (export "take-bytes") (param "b" (list u8))
      (canon lift (core func $m "take") (memory (core memory $m "memory")) (realloc (core func $m "realloc")))))
  (instance $callee (instantiate $Callee))
  (component $Caller
    (import "callee" (instance $callee
      (export "empty" (func)) (export "take" (func (param "s" string)))
      (export "take-bytes" (func (param "b" (list u8))))))
    (core module $Memory
      (memory (export "memory") 4)
      (func $fill (memory.fill (i32.const 0) (i32.const 97) (i32.const 65536)))
      (start $fill))
    (core instance $memory (instantiate $Memory))
    (core func $empty (canon lower (func $callee "empty")))
    (core func $take (canon lower (func $callee "take") (memory (core memory $memory "memory"))))
    (core func $take-bytes (canon lower (func $callee "take-bytes") (memory (core memory $memory "memory"))))
    (core module $Caller
      (import "" "empty" (func $empty))
      (import "" "take" (func $take (param i32 i32)))
      (import "" "take-bytes" (func $take-bytes (param i32 i32)))
      (func (export "empty") (param i32 i32)
        (loop (call $empty)
          (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "take") (param i32 i32)
        (loop (call $take (i32.const 0) (local.get 1))
          (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "take-bytes") (param i32 i32)
        (loop (call $take-bytes (i32.const 0) (local.get 1))
          (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
    (core instance $caller (instantiate $Caller (with "" (instance
      (export "empty" (func $empty)) (export "take" (func $take))
      (export "take-bytes" (func $take-bytes))))))
    (func (export "empty") (param "n" u32) (param "size" u32)
      (canon lift (core func $caller "empty")))
    (func (export "take") (param "n" u32) (param "size" u32)
      (canon lift (core func $caller "take")))
    (func (export "take-bytes") (param "n" u32) (param "size" u32)
      (canon lift (core func $caller "take-bytes"))))
  (instance $guest (instantiate $Caller (with "callee" (instance $callee))))
  (instance $hosted (instantiate $Caller (with "callee" (instance $host))))
  (export "nothing" (func $callee "empty"))
  (export "guest" (instance $guest))
  (export "host" (instance $hosted)))
