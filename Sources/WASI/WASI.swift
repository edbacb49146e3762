import ComponentModel

/// Defines the interfaces of WASI 0.2 that a component may import, those of wasi:http aside. Their
/// functions find a `WASIContext` as the context of their store.
package func defineWASI(in linker: ComponentLinker) {
    defineIO(in: linker)
    defineClocks(in: linker)
    defineRandom(in: linker)
    defineCLI(in: linker)
    defineFilesystem(in: linker)
    defineSockets(in: linker)
}
