import Digest
import Testing

/// SHA-256 against the examples of FIPS 180-4 (NIST's "Examples with intermediate values").
@Suite struct SHA256Tests {
    static let examples = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: examples) func digestsOfExamples(text: String, digest: String) throws {
        #expect(try SHA256.digest(Array(text.utf8)).description == digest)
    }

    @Test func piecesMakeTheSameDigest() throws {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for piece in [1, 63, 64, 65, 4096] {
            var hash = SHA256()
            for start in stride(from: 0, to: bytes.count, by: piece) {
                hash.update(Array(bytes[start..<min(start + piece, bytes.count)]))
            }
            #expect(try hash.finish() == SHA256.digest(bytes))
        }
    }

    @Test func digestsAreReadAsTheyAreWritten() throws {
        let text = Self.examples[1].1
        let digest = try #require(SHA256Digest(text))
        #expect(digest.description == text)
        #expect(digest == (try SHA256.digest(Array("abc".utf8))))
        #expect(SHA256Digest(String(repeating: "0", count: 64)).map { $0 < digest } == true)
    }

    @Test(arguments: ["", "ba78", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
        String(repeating: "0", count: 65), String(repeating: "é", count: 32), String(repeating: "0", count: 62) + "/a"])
    func whatIsNoDigestIsRefused(text: String) {
        #expect(SHA256Digest(text) == nil)
    }
}
