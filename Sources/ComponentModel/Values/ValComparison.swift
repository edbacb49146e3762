extension Val {
    /// Whether `other` is the same value: strings scalar by scalar, floats bit by bit but for NaN, which
    /// is one value. Neither is what `==` of Swift does.
    /// Spec: CanonicalABI "Loading" (canonical NaN)
    package func isSame(as other: Val) -> Bool {
        switch (self, other) {
        case (.bool(let left), .bool(let right)): left == right
        case (.s8(let left), .s8(let right)): left == right
        case (.u8(let left), .u8(let right)): left == right
        case (.s16(let left), .s16(let right)): left == right
        case (.u16(let left), .u16(let right)): left == right
        case (.s32(let left), .s32(let right)): left == right
        case (.u32(let left), .u32(let right)): left == right
        case (.s64(let left), .s64(let right)): left == right
        case (.u64(let left), .u64(let right)): left == right
        case (.f32(let left), .f32(let right)):
            left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
        case (.f64(let left), .f64(let right)):
            left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
        case (.char(let left), .char(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            left.elementsEqual(right) { $0.isSame(as: $1) }
        case (.record(let left), .record(let right)):
            left.elementsEqual(right) { $0.label == $1.label && $0.value.isSame(as: $1.value) }
        case (.variant(let left, let payload), .variant(let right, let other)):
            left == right && Self.areSame(payload, other)
        case (.enumeration(let left), .enumeration(let right)): left == right
        case (.option(let left), .option(let right)), (.ok(let left), .ok(let right)),
            (.error(let left), .error(let right)):
            Self.areSame(left, right)
        case (.flags(let left), .flags(let right)): left == right
        case (.map(let left), .map(let right)):
            left.elementsEqual(right) { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
        case (.own(let left), .own(let right)), (.borrow(let left), .borrow(let right)): left == right
        default: false
        }
    }

    private static func areSame(_ left: Val?, _ right: Val?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.isSame(as: right)
        default: false
        }
    }
}
