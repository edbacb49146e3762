/// What serving an app may take, in one place.
enum HostLimits {
    /// Components that each loop keeps an instance of ready, also when nobody asks for them; instances
    /// of others are made when they are first wanted.
    static let warmComponents = 64
    /// Milliseconds without a request after which a loop lets a component's idle instances go.
    static let idleMilliseconds = 30_000
    /// Milliseconds between two looks at what is idle.
    static let idleCheckMilliseconds = 10_000
    /// Stacks that a loop keeps for guests to come when it is idle.
    static let idleStacks = 8
    /// Names of components that no app has any more under which a loop keeps counts.
    static let meteredNames = 1_000
}
