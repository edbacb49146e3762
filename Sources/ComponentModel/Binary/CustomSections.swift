// Spec: core/binary/modules#custom-section, Binary "Name Section".

extension ComponentDecoder {
    /// Passes over a custom section, but for the component's name.
    mutating func customSection() throws(ComponentError) {
        let name = try reader.name()
        var contents = reader
        reader.seek(to: reader.end)
        guard name == "component-name", contents.peek() == 0 else { return }
        // What is wrong with a custom section makes no component malformed.
        do throws(ComponentError) {
            _ = try contents.byte()
            _ = try contents.u32()
            scope.name = try contents.name()
        } catch {
            return
        }
    }
}
