// Unsafe here: libcurl's handle, freed where it was made, and its callback, whose argument is an object
// that outlives the transfer.

import CCurl
import Glibc

/// One GET of a URL, on the calling thread.
enum Download {
    /// Why nothing came.
    enum Failure: Error, Equatable {
        /// The server's last answer was another than 200.
        case status(Int)
        /// There is more than the limit.
        case tooLarge
        /// What libcurl says.
        case transfer(String)
    }

    /// What has come.
    private final class Content {
        var bytes: [UInt8] = []
        let limit: Int
        var isOver = false

        init(limit: Int) { self.limit = limit }
    }

    /// libcurl wants to be started once, before any thread uses it.
    private static let isStarted = virga_curl_start() == CURLE_OK

    /// The bytes at `url`, of https or http, redirects followed.
    static func bytes(
        of url: String,
        limit: Int,
        limits: DownloadLimits = DownloadLimits()
    ) throws(Failure) -> [UInt8] {
        guard isStarted, let handle = unsafe curl_easy_init() else {
            throw .transfer("libcurl cannot be started")
        }
        defer { unsafe curl_easy_cleanup(handle) }
        let content = Content(limit: limit)
        guard unsafe set(handle, url, content, limits) else {
            throw .transfer("libcurl refuses the URL or an option")
        }
        let code = unsafe curl_easy_perform(handle)
        guard !content.isOver, code != CURLE_FILESIZE_EXCEEDED else { throw .tooLarge }
        guard code == CURLE_OK else { throw .transfer(unsafe String(cString: curl_easy_strerror(code))) }
        let status = unsafe virga_curl_status(handle)
        guard status == 200 else { throw .status(status) }
        return content.bytes
    }

    private static func set(
        _ handle: UnsafeMutableRawPointer,
        _ url: String,
        _ content: Content,
        _ limits: DownloadLimits
    ) -> Bool {
        let texts = [
            (CURLOPT_URL, url), (CURLOPT_USERAGENT, "virga"), (CURLOPT_PROTOCOLS_STR, "http,https"),
            (CURLOPT_REDIR_PROTOCOLS_STR, "http,https"),
        ]
        let numbers = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, limits.redirects),
            (CURLOPT_CONNECTTIMEOUT, limits.connectSeconds), (CURLOPT_TIMEOUT, limits.seconds),
            (CURLOPT_LOW_SPEED_TIME, limits.stallSeconds), (CURLOPT_LOW_SPEED_LIMIT, limits.stallBytes),
        ]
        for (option, text) in texts {
            guard unsafe virga_curl_set_text(handle, option, text) == CURLE_OK else { return false }
        }
        for (option, number) in numbers {
            guard unsafe virga_curl_set_number(handle, option, number) == CURLE_OK else {
                return false
            }
        }
        let limit = curl_off_t(content.limit)
        return unsafe virga_curl_set_size(handle, CURLOPT_MAXFILESIZE_LARGE, limit) == CURLE_OK
            && virga_curl_set_writer(
                handle,
                take,
                Unmanaged.passUnretained(content).toOpaque()
            ) == CURLE_OK
    }

    /// Takes a piece; another number than that of its bytes ends the transfer.
    private static let take:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
        ) -> Int = { start, size, count, argument in
            guard let start = unsafe start, let argument = unsafe argument else { return 0 }
            let content = unsafe Unmanaged<Content>.fromOpaque(argument).takeUnretainedValue()
            let length = size * count
            guard length <= content.limit - content.bytes.count else {
                content.isOver = true
                return length == 0 ? 1 : 0
            }
            unsafe content.bytes.append(
                contentsOf: UnsafeRawBufferPointer(start: start, count: length)
            )
            return length
        }
}
