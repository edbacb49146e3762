import Reactor

/// The standard streams of a program, and which of them are terminals.
///
/// Spec: wasi:cli/stdin, wasi:cli/stdout, wasi:cli/stderr, wasi:cli/terminal-stdin
package struct Stdio {
    package var input: InputStream
    package var output: OutputStream
    package var error: OutputStream
    package var inputIsTerminal = false
    package var outputIsTerminal = false
    package var errorIsTerminal = false

    /// These streams, none of them a terminal.
    package init(input: InputStream, output: OutputStream, error: OutputStream) {
        self.input = input
        self.output = output
        self.error = error
    }

    /// No input; what is written is dropped.
    package static var none: Stdio {
        Stdio(
            input: InputStream(),
            output: OutputStream(MemorySink(limit: 0)),
            error: OutputStream(MemorySink(limit: 0))
        )
    }

    /// The streams of this process.
    package static func inherited(on loop: EventLoop) -> Stdio {
        let descriptors = (0..<3).map { SystemDescriptor(Int32($0), isOwned: false) }
        var stdio = Stdio(
            input: InputStream(DescriptorSource(descriptors[0], on: loop)),
            output: OutputStream(DescriptorSink(descriptors[1], on: loop)),
            error: OutputStream(DescriptorSink(descriptors[2], on: loop))
        )
        stdio.inputIsTerminal = descriptors[0].isTerminal
        stdio.outputIsTerminal = descriptors[1].isTerminal
        stdio.errorIsTerminal = descriptors[2].isTerminal
        return stdio
    }
}
