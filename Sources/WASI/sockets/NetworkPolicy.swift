package struct NetworkPolicy: Sendable {
    package static let none = NetworkPolicy()
}
