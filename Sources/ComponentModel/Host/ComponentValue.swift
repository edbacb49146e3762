import Wasm

/// A type of Swift whose values can be passed to and from components.
package protocol ComponentValue {
    static var componentType: HostValType { get }
}

/// What a function returns that returns nothing, and what a result or a variant holds that holds
/// nothing.
package struct Unit: ComponentValue, Hashable, Sendable {
    package static var componentType: HostValType { .unit }
    package init() {}
}
