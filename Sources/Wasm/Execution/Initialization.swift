// What is done of an instantiation, and when, once the index spaces are there: the active segments and
// the start function are run at once, or left out since an image holds what they made, or left for
// each use since they ask the host for what belongs to a request.

/// What a host function gives that must not be frozen into an image.
@usableFromInline package enum HostEffect: String, Hashable, Sendable {
    case randomness
    case time
    case environment
    case resource
    /// Something else that may be another at the next call, or is done for others to see.
    case state
}

/// That instantiation has called a host function which gives what belongs to a request.
package struct ObservedEffect: Hashable, Sendable {
    package let effect: HostEffect
    /// The place of the instance whose start function called it, among those of its store.
    package let instance: Int
}

extension ObservedEffect: CustomStringConvertible {
    package var description: String {
        "the start function of instance \(instance) calls a host function that gives "
            + "\(effect.rawValue)"
    }
}

/// How a store initialises its instances, and what it has noticed of that.
struct Initialization {
    /// Whether what is done before `deferral` comes from an image.
    var isRestored = false
    /// The place of the first instance whose start function is left for each use, with all that comes
    /// after it; nil where nothing is.
    var deferral: Int?
    /// What is left for each use, in order.
    var pending: [PendingInitialization] = []
    /// The first function with an effect that was called in an instantiation.
    var observed: ObservedEffect?
    /// The place of the instance that is being initialised.
    var current: Int?
    /// Whether instantiation ends where it would call a function with an effect.
    var endsAtEffects = false

    enum Step {
        case segments
        case start
    }

    /// When `step` of the instance in this place is done.
    func isDeferred(_ step: Step, _ place: Int) -> Bool {
        guard let deferral else { return false }
        return step == .start ? place >= deferral : place > deferral
    }
}

/// A step of the initialisation of an instance whose index spaces are there.
///
/// Invariant: the record is of the store that holds this.
@safe struct PendingInitialization {
    let step: Initialization.Step
    let record: UnsafeMutablePointer<InstanceRecord>
    let lowered: LoweredModule
}

extension Store {
    /// Does for an instance what is to be done at once.
    func initialize(_ instantiation: Instantiation) throws(Trap) {
        let place = unsafe instances.count - 1
        let outer = initialization.current
        initialization.current = place
        defer { initialization.current = outer }
        for step in [Initialization.Step.segments, .start] {
            if initialization.isDeferred(step, place) {
                initialization.pending.append(instantiation.pending(step))
            } else if !initialization.isRestored {
                try run(step, instantiation)
            }
        }
    }

    /// Does what was left for each use.
    func runPending() throws(Trap) {
        for pending in initialization.pending {
            try run(pending.step, Instantiation(self, pending))
        }
    }

    private func run(
        _ step: Initialization.Step,
        _ instantiation: Instantiation
    ) throws(Trap) {
        switch step {
        case .segments: try instantiation.runSegments()
        case .start: try instantiation.runStart()
        }
    }

    /// Notes that a host function with this effect is about to be called. Throws where instantiation
    /// is to end there.
    func note(_ effect: HostEffect) throws(Trap) {
        guard let instance = initialization.current, initialization.observed == nil else { return }
        let observed = ObservedEffect(effect: effect, instance: instance)
        initialization.observed = observed
        if initialization.endsAtEffects { throw .host("\(observed)") }
    }
}
