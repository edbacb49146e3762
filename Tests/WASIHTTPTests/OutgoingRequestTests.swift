import HTTP
import Testing
import WASI
import Wasm

@testable import WASIHTTP

/// wasi:http/types#outgoing-request, #request-options, #future-incoming-response
@Suite struct OutgoingRequestTests {
    private let request = OutgoingRequest(Fields())

    @Test func itBeginsAsGet() {
        #expect(request.method == .get)
        #expect(request.pathWithQuery == nil)
        #expect(request.scheme == nil)
        #expect(request.authority == nil)
        #expect(!request.headers().isMutable)
    }

    @Test func methodsAreTokens() {
        #expect(request.setMethod(.other("BREW")))
        #expect(request.method == .other("BREW"))
        #expect(request.setMethod(.other("POST")))
        #expect(request.method == .post)
        #expect(!request.setMethod(.other("")))
        #expect(!request.setMethod(.other("A B")))
        #expect(!request.setMethod(.other(String(repeating: "A", count: 2_000))))
        #expect(request.method == .post)
    }

    @Test func pathsAreChecked() {
        #expect(request.setPathWithQuery("/a?b=c"))
        #expect(request.setPathWithQuery(""))
        #expect(request.setPathWithQuery("?x"))
        #expect(request.setPathWithQuery("*"))
        for path in ["a", "/a b", "/a#b", "/\r\n", "/é"] {
            #expect(!request.setPathWithQuery(path))
        }
        #expect(request.pathWithQuery == "*")
        #expect(request.setPathWithQuery(nil))
        #expect(request.pathWithQuery == nil)
    }

    @Test func schemesAreChecked() {
        #expect(request.setScheme(.https))
        #expect(request.setScheme(.other("ws+unix.1-x")))
        #expect(!request.setScheme(.other("")))
        #expect(!request.setScheme(.other("1a")))
        #expect(!request.setScheme(.other("a:b")))
        #expect(request.setScheme(nil))
        #expect(request.scheme == nil)
    }

    @Test func authoritiesAreChecked() {
        for good in ["a", "a:80", "[::1]:8080", "127.0.0.1", "a.b-c"] {
            #expect(request.setAuthority(good), "\(good)")
        }
        for bad in ["", "a b", "u@a", "a:99999", "a:b", "a/b", "[::1"] {
            #expect(!request.setAuthority(bad), "\(bad)")
        }
        #expect(request.setAuthority(nil))
        #expect(request.authority == nil)
    }

    @Test func aRequestsBodyHoldsItsLength() throws {
        let request = OutgoingRequest(try .of(["content-length": "2"]))
        let body = try #require(request.body())
        #expect(request.body() == nil)
        #expect(body.finish(nil).error == .httpRequestBodySize(0))
    }

    @Test func aResponseCanBeHadOnce() throws {
        let future = FutureIncomingResponse()
        #expect(!future.isReady)
        guard case .pending = future.get() else { return #expect(Bool(false)) }
        future.resolve(.failure(.dnsTimeout))
        future.resolve(.failure(.loopDetected))
        #expect(future.isReady)
        guard case .response(let response) = future.get() else { return #expect(Bool(false)) }
        #expect(throws: ErrorCode.dnsTimeout) { try response.get() }
        guard case .taken = future.get() else { return #expect(Bool(false)) }
        #expect(future.isReady)
    }
}
