/// Makes the instances of an application in a store that is empty: defines what they import, links and
/// instantiates. It is run once for the image and once for each store, and has to do the same each
/// time; it calls no function of an instance.
package typealias StoreRecipe = (Store) throws(InstantiationError) -> StoreContents

/// What a recipe has made in a store.
package struct StoreContents: ExpressibleByArrayLiteral {
    package var instances: [Instance]
    /// What the layer above has made beside them.
    package var companion: AnyObject?

    package init(_ instances: [Instance], companion: AnyObject? = nil) {
        self.instances = instances
        self.companion = companion
    }

    package init(arrayLiteral instances: Instance...) { self.init(instances) }
}

/// Why stores cannot be made from a template.
package enum StoreTemplateError: Error {
    case instantiation(InstantiationError)
    case resource(ResourceError)
    /// The recipe has made another number or other types of things than when the image was taken.
    case otherShape
}

/// What the stores of a pool are made from: a recipe, and the image of what it makes. The image may be
/// shared by the templates of several threads; the template is one thread's, as its engine is.
package final class StoreTemplate {
    package let engine: Engine
    package let image: StoreImage
    /// What the memories and tables of each store may take.
    package let limits: StoreLimits
    private let recipe: StoreRecipe
    let tracker = WrittenPages()

    /// Runs the recipe and takes the image after it, or uses an `image` that was taken of the same
    /// recipe before. Where a start function asks the host for what belongs to a request, the host is
    /// not asked and the image is taken before that; `image.deferral` then says so.
    package init(
        engine: Engine,
        limits: StoreLimits = StoreLimits(),
        image: StoreImage? = nil,
        recipe: @escaping StoreRecipe
    ) throws(StoreTemplateError) {
        self.engine = engine
        self.limits = limits
        self.recipe = recipe
        if let image {
            self.image = image
            return
        }
        let store = Store(engine: engine, limits: limits)
        store.initialization.endsAtEffects = true
        do throws(StoreTemplateError) {
            _ = try StoreTemplate.run(recipe, store)
        } catch {
            guard let observed = store.initialization.observed else { throw error }
            let early = Store(engine: engine, limits: limits)
            early.initialization.deferral = observed.instance
            _ = try StoreTemplate.run(recipe, early)
            self.image = try StoreTemplate.image(of: early, tracker, deferral: observed)
            return
        }
        self.image = try StoreTemplate.image(of: store, tracker, deferral: nil)
    }

    /// A store in the image's state.
    func makeStore() throws(StoreTemplateError) -> RestoredStore {
        let store = Store(engine: engine, limits: limits)
        store.initialization.isRestored = true
        store.initialization.deferral = image.deferral?.instance
        return try RestoredStore(store, StoreTemplate.run(recipe, store), image)
    }

    private static func run(
        _ recipe: StoreRecipe,
        _ store: Store
    ) throws(StoreTemplateError) -> StoreContents {
        do throws(InstantiationError) {
            return try recipe(store)
        } catch {
            throw .instantiation(error)
        }
    }

    private static func image(
        of store: Store,
        _ tracker: WrittenPages,
        deferral: ObservedEffect?
    ) throws(StoreTemplateError) -> StoreImage {
        do throws(ResourceError) {
            return try StoreImage(of: store, tracker, deferral: deferral)
        } catch {
            throw .resource(error)
        }
    }
}

extension StoreTemplateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .instantiation(let error): error.description
        case .resource(let error): error.description
        case .otherShape: "the instances are not those that the image was taken of"
        }
    }
}
