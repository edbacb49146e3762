(module
  (func (export "sum") (param i32 i64 f32 f64) (result i32 i64 f32 f64)
    (i32.add (local.get 0) (i32.const 1)) (i64.mul (local.get 1) (i64.const 3))
    (f32.sqrt (local.get 2)) (f64.min (local.get 3) (f64.const 0x1p-3)))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))))
