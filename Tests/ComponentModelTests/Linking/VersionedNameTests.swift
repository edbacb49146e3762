import Testing

@testable import ComponentModel

/// Names of interfaces that may stand for one another.
@Suite("Versioned names") struct VersionedNameTests {
    @Test(arguments: [
        ("wasi:io/streams@0.2.3", "wasi:io/streams@0.2"), ("a:b/c@1.4.7", "a:b/c@1"),
        ("a:b/c@10.0.0", "a:b/c@10"), ("a:b/c@0.2.0+build.5", "a:b/c@0.2"),
    ])
    func compatibleVersionsShareAKey(_ name: String, _ key: String) {
        #expect(VersionedName(name)?.compatible == key)
    }

    @Test(arguments: ["a:b/c@0.0.3", "a:b/c@0.3.0-rc-2026", "a:b/c@1.0.0-alpha.1"])
    func othersHaveNone(_ name: String) {
        #expect(VersionedName(name) != nil)
        #expect(VersionedName(name)?.compatible == nil)
    }

    @Test(arguments: ["a:b/c", "a:b/c@", "a:b/c@1.2", "a:b/c@1.2.x", "a:b/c@1.2.3.4", "a@18446744073709551616.0.0"])
    func whatIsNoVersionIsNone(_ name: String) {
        #expect(VersionedName(name) == nil)
    }

    @Test func theSameNameComesFirstThenTheGreatestCompatible() {
        var names = VersionedNames<Int>()
        names.set("a:b/c@0.2.3", 3)
        names.set("a:b/c@0.2.10", 10)
        names.set("a:b/c@0.2.1", 1)
        names.set("a:b/c@0.3.0", 30)
        #expect(names.find("a:b/c@0.2.1") == 1)
        #expect(names.find("a:b/c@0.2.0") == 10)
        #expect(names.find("a:b/c@0.2.99") == 10)
        #expect(names.find("a:b/c@0.3.5") == 30)
        #expect(names.find("a:b/c@0.4.0") == nil)
        #expect(names.find("a:b/c@1.2.0") == nil)
        #expect(names.find("a:b/d@0.2.0") == nil)
        #expect(names.find("a:b/c") == nil)
    }

    @Test func aMajorVersionMatchesAnyOfIt() {
        var names = VersionedNames<Int>()
        names.set("a:b/c@1.4.0", 1)
        #expect(names.find("a:b/c@1.0.0") == 1)
        #expect(names.find("a:b/c@1.9.9") == 1)
        #expect(names.find("a:b/c@2.0.0") == nil)
        #expect(names.find("a:b/c@1.4.0-rc1") == nil)
    }

    @Test func whatPrecedesAReleaseMatchesItselfOnly() {
        var names = VersionedNames<Int>()
        names.set("a:b/c@0.2.0-rc1", 1)
        names.set("a:b/c@0.0.2", 2)
        #expect(names.find("a:b/c@0.2.0-rc1") == 1)
        #expect(names.find("a:b/c@0.2.0") == nil)
        #expect(names.find("a:b/c@0.2.0-rc2") == nil)
        #expect(names.find("a:b/c@0.0.2") == 2)
        #expect(names.find("a:b/c@0.0.3") == nil)
    }

    /// Spec: Explainer "canonversion"
    @Test func aNameMayHaveWhatCompatibleVersionsShare() {
        var names = VersionedNames<Int>()
        names.set("a:b/c@0.2.3", 3)
        names.set("a:b/d@1", 1)
        #expect(names.find("a:b/c@0.2") == 3)
        #expect(names.find("a:b/d@1.2.3") == 1)
        #expect(names.find("a:b/c@0.3") == nil)
        #expect(names.find("a:b/c@0") == nil)
    }

    @Test func aLaterDefinitionReplacesAnEarlierOne() {
        var names = VersionedNames<Int>()
        names.set("a:b/c@0.2.1", 1)
        names.set("a:b/c@0.2.1", 2)
        #expect(names.find("a:b/c@0.2.0") == 2)
        #expect(names.names == ["a:b/c@0.2.1"])
    }
}
