import ComponentModel
import WASI

/// Defines the interfaces of wasi:http that a component may import.
package func defineWASIHTTP(in linker: ComponentLinker) {
    defineTypes(in: linker)
    defineOutgoingHandler(in: linker)
}
