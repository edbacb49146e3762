import ComponentModel
import Testing

@Suite("Structure") struct StructureTests {
    @Test func resourceTypesAreAllDifferent() {
        var types = TypeArena()
        #expect(types.addResource() != types.addResource())
        #expect(types.resourceCount == 2)
    }
}
