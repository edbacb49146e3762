// What the indices of a component's index spaces mean while its plan is made.

import Wasm

/// Something that a component imports, exports, defines or is given.
enum PlanItem {
    case function(PlanFunction)
    case instance(PlanInstance)
    case component(PlanComponent)
    /// By its number among the plan's modules.
    case coreModule(Int)
    case type(PlanType)
    /// A value, which nothing is done with.
    case value

    var kindName: String {
        switch self {
        case .function: "a function"
        case .instance: "an instance"
        case .component: "a component"
        case .coreModule: "a core module"
        case .type(.resource): "a resource type"
        case .type(.other): "a type"
        case .value: "a value"
        }
    }
}

struct PlanFunction {
    let function: InstantiationPlan.Function
    let type: ScopedFuncType
}

/// An instance: what it exports.
final class PlanInstance {
    private(set) var exports: [String: PlanItem] = [:]

    func add(_ name: String, _ item: PlanItem) { exports[name] = item }

    func removeAll() { exports = [:] }

    /// What is exported under `name`, or under a name of a compatible version.
    func find(_ name: String) -> PlanItem? {
        if let item = exports[name] { return item }
        guard VersionedName(name) != nil else { return nil }
        var names = VersionedNames<PlanItem>()
        for (name, item) in exports { names.set(name, item) }
        return names.find(name)
    }
}

/// A component, and where its aliases of outer definitions lead.
struct PlanComponent {
    let component: Component
    let outer: PlanFrame?
}

enum PlanType {
    case resource(ResourceNumber)
    case other(TypeID)
}

/// A core instance: of a module, or made of items.
enum PlanCoreInstance {
    case module(instance: Int, module: Int)
    case exports([ExactName: InstantiationPlan.CoreItem])
}

/// The index spaces of one component that is instantiated.
final class PlanFrame {
    typealias CoreItem = InstantiationPlan.CoreItem

    let component: Component
    let outer: PlanFrame?
    let scope: TypeScope
    /// The number of its component instance.
    let instance: Int
    /// Instantiations around this one.
    let depth: Int
    let exports = PlanInstance()

    private(set) var functions: [PlanFunction] = []
    private(set) var instances: [PlanInstance] = []
    private(set) var components: [PlanComponent] = []
    private(set) var coreModules: [Int] = []
    var coreInstances: [PlanCoreInstance] = []
    var coreFunctions: [CoreItem] = []
    var memories: [CoreItem] = []
    var tables: [CoreItem] = []
    var globals: [CoreItem] = []
    var tags: [CoreItem] = []

    init(_ component: Component, outer: PlanFrame?, instance: Int, depth: Int) {
        self.component = component
        self.outer = outer
        self.instance = instance
        self.depth = depth
        scope = TypeScope(component.types, outer: outer?.scope)
    }

    /// Lets go of what may hold this frame in turn: a component that is defined here refers to it.
    func end() {
        components = []
        instances = []
        exports.removeAll()
    }

    /// Adds an item to its index space.
    func add(_ item: PlanItem) {
        switch item {
        case .function(let function): functions.append(function)
        case .instance(let instance): instances.append(instance)
        case .component(let component): components.append(component)
        case .coreModule(let module): coreModules.append(module)
        case .type, .value: break
        }
    }

    /// Adds a core item of this sort to its index space.
    func add(_ sort: CoreSort, _ item: CoreItem) {
        switch sort {
        case .function: coreFunctions.append(item)
        case .table: tables.append(item)
        case .memory: memories.append(item)
        case .global: globals.append(item)
        case .tag: tags.append(item)
        case .type, .module, .instance: break
        }
    }

    /// What an index means; nil where there is no such.
    func item(_ index: SortIndex) -> PlanItem? {
        switch index {
        case .function(let index): functions.at(index).map { .function($0) }
        case .instance(let index): instances.at(index).map { .instance($0) }
        case .component(let index): components.at(index).map { .component($0) }
        case .coreModule(let index): coreModules.at(index).map { .coreModule($0) }
        case .value: .value
        case .type(let type): item(type)
        }
    }

    private func item(_ type: TypeID) -> PlanItem {
        guard let resource = scope.resource(type), let number = scope.number(of: resource) else {
            return .type(.other(type))
        }
        return .type(.resource(number))
    }

    /// What a core index means; nil where there is no such.
    func item(_ index: CoreSortIndex) -> CoreItem? {
        switch index.sort {
        case .function: coreFunctions.at(index.index)
        case .table: tables.at(index.index)
        case .memory: memories.at(index.index)
        case .global: globals.at(index.index)
        case .tag: tags.at(index.index)
        case .type, .module, .instance: nil
        }
    }

    /// The frame `count` levels further out.
    func outer(_ count: Int) -> PlanFrame? {
        var frame: PlanFrame? = self
        for _ in 0..<count { frame = frame?.outer }
        return frame
    }
}

extension Array {
    /// The element at `index`, nil where there is none.
    func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
