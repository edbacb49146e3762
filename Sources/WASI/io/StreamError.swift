/// Some information about an error.
///
/// Its cause is the error of another interface (`FilesystemErrorCode`, `NetworkErrorCode`, ...), to
/// which that interface's functions narrow it.
/// Spec: wasi:io/error#error
package final class IOError: Sendable {
    /// The error that it stands for.
    package let cause: any Error

    package init(_ cause: any Error) { self.cause = cause }

    /// A sentence for whoever looks for the mistake.
    package var toDebugString: String { "\(cause)" }
}

/// An error of an operation on a stream.
/// Spec: wasi:io/streams#stream-error
package enum StreamError: Error {
    /// The last operation failed; the stream is closed from now on.
    case lastOperationFailed(IOError)
    /// The stream gives or takes no more.
    case closed
}
