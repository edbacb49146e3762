import Glibc

/// A system call that failed: its name and the kernel's reason.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The call, as its manual page names it.
    package let operation: String
    /// The positive errno value.
    package let code: Int32

    /// An error of the call `operation` with the errno value `code`.
    package init(_ operation: String, _ code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// One sentence for a log or a terminal.
    package var description: String { "\(operation): \(SystemError.reason(code))" }

    /// The C library's sentence for an errno value.
    package static func reason(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}

/// Passes on a result of CLinux, or throws the errno that it carries.
package func checked(_ operation: String, _ result: Int32) throws(SystemError) -> Int32 {
    guard result >= 0 else { throw SystemError(operation, -result) }
    return result
}
