// What kinds of things are called in errors.

import Wasm

extension ExternDesc {
    var kindName: String {
        switch self {
        case .coreModule: "module"
        case .function: "func"
        case .value: "value"
        case .type: "type"
        case .component: "component"
        case .instance: "instance"
        }
    }
}

extension DefType {
    /// As what is expected.
    var kindName: String {
        switch self {
        case .value: "defined type"
        case .function: "func"
        case .component: "component"
        case .instance: "instance"
        case .resource: "resource"
        }
    }

    /// As what is there in the place of another.
    var foundName: String {
        switch self {
        case .value: "defined type"
        case .function: "func type"
        case .component: "component type"
        case .instance: "instance type"
        case .resource: "resource"
        }
    }
}

extension DefValType {
    var kindName: String {
        switch self {
        case .primitive(let type): "\(type)"
        case .record: "record"
        case .variant: "variant"
        case .list: "list"
        case .fixedLengthList: "fixed-length list"
        case .tuple: "tuple"
        case .flags: "flags"
        case .enumeration: "enum"
        case .option: "option"
        case .result: "result"
        case .map: "map"
        case .own: "own"
        case .borrow: "borrow"
        case .stream: "stream"
        case .future: "future"
        }
    }
}

extension PrimValType: CustomStringConvertible {
    /// Its name in the text format.
    @usableFromInline package var description: String {
        switch self {
        case .bool: "bool"
        case .s8: "s8"
        case .u8: "u8"
        case .s16: "s16"
        case .u16: "u16"
        case .s32: "s32"
        case .u32: "u32"
        case .s64: "s64"
        case .u64: "u64"
        case .f32: "f32"
        case .f64: "f64"
        case .char: "char"
        case .string: "string"
        case .errorContext: "error-context"
        }
    }
}

extension CoreExternType {
    var kindName: String {
        switch self {
        case .function: "func"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        }
    }
}

extension Sort {
    var kindName: String {
        switch self {
        case .core(let sort): "core \(sort.kindName)"
        case .function: "func"
        case .value: "value"
        case .type: "type"
        case .component: "component"
        case .instance: "instance"
        }
    }
}

extension CoreSort {
    var kindName: String {
        switch self {
        case .function: "function"
        case .table: "table"
        case .memory: "memory"
        case .global: "global"
        case .tag: "tag"
        case .type: "type"
        case .module: "module"
        case .instance: "instance"
        }
    }
}
