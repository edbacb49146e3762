(module
  (import "a" "f" (func $f (param i32) (result i64))) (import "a" "m" (memory 1))
  (import "a" "t" (table 1 funcref)) (import "a" "g" (global $g i32))
  (export "again" (func $f)) (start $s)
  (func $s (i32.store (global.get $g) (i32.wrap_i64 (call $f (i32.const 3))))))
