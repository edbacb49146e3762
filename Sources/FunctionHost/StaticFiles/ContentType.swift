/// The media type of a file, by its name.
struct ContentType: Equatable {
    /// The value of Content-Type.
    let text: String
    /// Whether it pays to keep a compressed file beside it: false for what is compressed in itself.
    let isCompressible: Bool

    /// The type of the file `name`, which may be a path.
    init(of name: String) {
        let last = name.split(separator: "/").last ?? ""
        let dot = last.lastIndex(of: ".")
        let ending = dot.map { last[last.index(after: $0)...].lowercased() } ?? ""
        if let text = ContentType.compressible[ending] {
            self.text = text
            isCompressible = true
        } else if let text = ContentType.compressed[ending] {
            self.text = text
            isCompressible = false
        } else {
            text = "application/octet-stream"
            isCompressible = true
        }
    }

    private static let compressible = [
        "atom": "application/atom+xml",
        "bmp": "image/bmp",
        "cjs": "text/javascript; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "eot": "application/vnd.ms-fontobject",
        "geojson": "application/geo+json",
        "htm": "text/html; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "ico": "image/x-icon",
        "ics": "text/calendar; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "jsonld": "application/ld+json",
        "log": "text/plain; charset=utf-8",
        "map": "application/json",
        "md": "text/markdown; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "otf": "font/otf",
        "rss": "application/rss+xml",
        "rtf": "application/rtf",
        "svg": "image/svg+xml",
        "toml": "application/toml",
        "ttf": "font/ttf",
        "txt": "text/plain; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8",
        "wasm": "application/wasm",
        "wat": "text/plain; charset=utf-8",
        "webmanifest": "application/manifest+json",
        "xhtml": "application/xhtml+xml",
        "xml": "text/xml; charset=utf-8",
        "yaml": "application/yaml",
        "yml": "application/yaml",
    ]

    private static let compressed = [
        "7z": "application/x-7z-compressed",
        "aac": "audio/aac",
        "apng": "image/apng",
        "avif": "image/avif",
        "br": "application/x-brotli",
        "bz2": "application/x-bzip2",
        "epub": "application/epub+zip",
        "flac": "audio/flac",
        "gif": "image/gif",
        "gz": "application/gzip",
        "heic": "image/heic",
        "jar": "application/java-archive",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "jxl": "image/jxl",
        "m4a": "audio/mp4",
        "m4v": "video/mp4",
        "mov": "video/quicktime",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "mpeg": "video/mpeg",
        "oga": "audio/ogg",
        "ogg": "audio/ogg",
        "ogv": "video/ogg",
        "opus": "audio/ogg",
        "pdf": "application/pdf",
        "png": "image/png",
        "tgz": "application/gzip",
        "wav": "audio/wav",
        "weba": "audio/webm",
        "webm": "video/webm",
        "webp": "image/webp",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "xz": "application/x-xz",
        "zip": "application/zip",
        "zst": "application/zstd",
    ]
}
