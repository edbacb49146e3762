/// A deployment as a host keeps it.
package struct Deployment: Sendable, Equatable {
    /// Counts from 1; never used again.
    package var id: Int
    package var contents: DeploymentContents
    /// Seconds since 1970.
    package var time: UInt64
    /// Who deployed it, as the kernel says: `uid 1000`.
    package var author: String
    /// The app's name and version.
    package var application: String

    /// What is written of it.
    package var text: String {
        contents.text + "id \(id)\ntime \(time)\nauthor \(author)\napplication \(application)\n"
    }

    /// Reads what `text` has written.
    package init(parsing text: String, limits: DeployingLimits) throws(DeployingError) {
        var (id, time): (Int?, UInt64?) = (nil, nil)
        var (author, application) = ("", "")
        contents = try DeploymentContents(parsing: text, limits: limits) { key, value in
            switch key {
            case "id": id = Int(value)
            case "time": time = UInt64(value)
            case "author": author = String(value)
            case "application": application = String(value)
            default: return false
            }
            return true
        }
        guard let id, id > 0, let time else { throw .malformed("a deployment has no id, or no time") }
        self.id = id
        self.time = time
        self.author = author
        self.application = application
    }

    package init(
        id: Int,
        contents: DeploymentContents,
        time: UInt64,
        author: String,
        application: String
    ) {
        self.id = id
        self.contents = contents
        self.time = time
        self.author = author
        self.application = application
    }
}
