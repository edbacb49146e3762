/// What a program said when it ended itself.
/// Spec: wasi:cli/exit
package struct ExitStatus: Hashable, Sendable {
    /// 0 for success.
    package let code: UInt32

    package init(code: UInt32) { self.code = code }

    /// The status of `exit`, which knows success and failure only.
    package init(isSuccess: Bool) { code = isSuccess ? 0 : 1 }
}
