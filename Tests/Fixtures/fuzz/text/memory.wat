(module
  (memory (export "m") 1 2) (data (i32.const 8) "virga") (data $p "\00\ff")
  (func (export "f") (param i32) (result i64)
    (i64.store offset=4 (local.get 0) (i64.const -1))
    (memory.init $p (i32.const 32) (i32.const 0) (i32.const 2))
    (memory.copy (i32.const 0) (i32.const 8) (i32.const 16))
    (memory.fill (i32.const 100) (i32.const 7) (i32.const 9))
    (drop (memory.grow (i32.const 1)))
    (i64.load8_s offset=65535 (local.get 0))))
