import Wasm

/// Makes the plan of a component: replays its definitions, and those of the components that it
/// instantiates, each time with a frame of their own.
final class PlanBuilder {
    typealias Step = InstantiationPlan.Step
    typealias CoreItem = InstantiationPlan.CoreItem

    let linker: ComponentLinker
    private(set) var steps: [Step] = []
    private var modules: [Module] = []
    private var moduleNumbers: [ModulePlace: Int] = [:]
    /// By module: where its exports are.
    private var moduleExports: [[ExactName: ExternIndex]] = []
    var hostFunctions: [InstantiationPlan.HostImport] = []
    var hostResources: [HostResourceType] = []
    /// What the plan refers to as `InstantiationPlan.Function.external`.
    var externals: [LiftedFunction] = []
    /// What is wrong with the imports.
    var problems: [ComponentLinkError.Problem] = []
    /// Components whose exports others import: what they export, nil while that is being found out.
    var linkedComponents: [ObjectIdentifier: PlanInstance?] = [:]
    /// What is needed and not run, each once, in order.
    private var unsupported: [String] = []
    private var types = CanonicalTypesBuilder()
    private var typesScope: TypeScope?
    private var contexts: [InstantiationPlan.Context: Int] = [:]
    private var counts = Counts()
    private var left = ComponentLimits.planSteps
    private var resourceCount: Int
    /// All frames; they end with the builder.
    private var frames: [PlanFrame] = []

    /// Slots of each kind.
    private struct Counts {
        var instances = 0
        var coreInstances = 0
        var coreFunctions = 0
        var lifted = 0
    }

    private struct ModulePlace: Hashable {
        let component: ObjectIdentifier
        let definition: Int
    }

    /// A builder of a plan whose own resource types have numbers from `firstResource` on.
    init(_ linker: ComponentLinker, firstResource: Int = 0) {
        self.linker = linker
        resourceCount = firstResource
    }

    deinit { for frame in frames { frame.end() } }

    func build(_ component: Component) throws(ComponentLinkError) -> InstantiationPlan {
        let frame = try instantiateRoot(component)
        guard unsupported.isEmpty else {
            throw ComponentLinkError(
                .unsupported, "the component needs what is not run yet: "
                    + unsupported.map { "`\($0)`" }.joined(separator: ", "))
        }
        return InstantiationPlan(
            component: component, modules: modules, steps: steps, hostFunctions: hostFunctions,
            hostResources: hostResources, types: types.build(), resources: frame.scope.resources,
            exports: exports(component.exports, frame.exports, frame.scope))
    }

    /// Replays a component whose imports the linker's definitions are for.
    func instantiateRoot(_ component: Component) throws(ComponentLinkError) -> PlanFrame {
        let frame = addFrame(component, outer: nil, parent: nil)
        var imports: [PlanItem?] = []
        for case .import(let declaration) in component.definitions {
            let item = try supply(
                declaration, Supply(linker.root, declaration.name), [declaration.name], frame.scope)
            if let item { try bind(declaration.desc, item, frame.scope) }
            imports.append(item)
        }
        guard problems.isEmpty else { throw ComponentLinkError(problems) }
        var next = imports.makeIterator()
        try replay(frame) { _ in next.next() ?? nil }
        return frame
    }

    // MARK: Frames

    private func addFrame(_ component: Component, outer: PlanFrame?, parent: PlanFrame?) -> PlanFrame {
        steps.append(.instance(parent: parent?.instance))
        defer { counts.instances += 1 }
        let frame = PlanFrame(
            component, outer: outer, instance: counts.instances, depth: (parent?.depth ?? 0) + 1)
        frames.append(frame)
        return frame
    }

    private func replay(
        _ frame: PlanFrame, _ argument: (ExternDecl) -> PlanItem?
    ) throws(ComponentLinkError) {
        guard frame.depth <= ComponentLimits.instanceNesting else {
            throw ComponentLinkError(
                .limit, "components are instantiated more than \(ComponentLimits.instanceNesting) deep")
        }
        for (place, definition) in frame.component.definitions.enumerated() {
            try count()
            switch definition {
            case .coreModule(let module):
                frame.add(.coreModule(number(module, frame.component, place)))
            case .coreInstance(let expression): try add(expression, frame)
            case .component(let component):
                frame.add(.component(PlanComponent(component: component, outer: frame)))
            case .instance(let expression, let type):
                let instance = try self.instance(expression, frame)
                frame.add(.instance(instance))
                try bind(.instance(type), .instance(instance), frame.scope)
            case .alias(let alias): try add(alias, frame)
            case .resource(let definition): try add(definition, frame)
            case .canon(let canon): try add(canon, frame)
            case .import(let declaration):
                let item = try known(argument(declaration))
                frame.add(item)
                try bind(declaration.desc, item, frame.scope)
            case .export(let export):
                let item = try known(frame.item(export.item))
                frame.exports.add(export.name, item)
                frame.add(item)
                try bind(export.decl.desc, item, frame.scope)
            case .unsupported(let name, _): needs(name)
            }
        }
    }

    private func instance(
        _ expression: InstanceExpr, _ frame: PlanFrame
    ) throws(ComponentLinkError) -> PlanInstance {
        switch expression {
        case .exports(let items):
            let instance = PlanInstance()
            for (name, item) in items {
                try count()
                instance.add(name, try known(frame.item(item)))
            }
            return instance
        case .instantiate(let index, let arguments):
            let component = try known(frame.components.at(index))
            var items: [String: PlanItem] = [:]
            for (name, item) in arguments {
                try count()
                items[name] = try known(frame.item(item))
            }
            let inner = addFrame(component.component, outer: component.outer, parent: frame)
            try replay(inner) { items[$0.name] }
            return inner.exports
        }
    }

    private func add(_ alias: Alias, _ frame: PlanFrame) throws(ComponentLinkError) {
        switch alias {
        case .export(let index, let name, _):
            frame.add(try known(known(frame.instances.at(index)).exports[name]))
        case .coreExport(let index, let name, let sort):
            frame.add(sort, try item(known(frame.coreInstances.at(index)), name))
        case .outerCoreModule(let count, let index):
            frame.add(.coreModule(try known(frame.outer(count)?.coreModules.at(index))))
        case .outerComponent(let count, let index):
            frame.add(.component(try known(frame.outer(count)?.components.at(index))))
        }
    }

    /// Lets the resource types that `type` names be those of `item`.
    func bind(
        _ type: ExternDesc, _ item: PlanItem, _ scope: TypeScope
    ) throws(ComponentLinkError) {
        try count()
        switch (type, item) {
        case (.type(let id), .type(.resource(let number))):
            guard let resource = scope.resource(id) else { return }
            if scope.number(of: resource) == nil { scope.bind(resource, to: number) }
        case (.instance(let id), .instance(let instance)):
            for export in scope.types.instance(id)?.exports ?? [] {
                guard let item = instance.find(export.name) else { continue }
                try bind(export.desc, item, scope)
            }
        default: break
        }
    }

    /// The tree of what a component exports by `declarations`.
    private func exports(
        _ declarations: [ExternDecl], _ instance: PlanInstance, _ scope: TypeScope
    ) -> ComponentExports {
        ComponentExports(
            declarations.compactMap { declaration in
                guard let item = instance.exports[declaration.name] else { return nil }
                return export(declaration, item, scope).map { (declaration.name, $0) }
            })
    }

    private func export(
        _ declaration: ExternDecl, _ item: PlanItem, _ scope: TypeScope
    ) -> ComponentExports.Item? {
        switch (declaration.desc, item) {
        case (.function(let id), .function(let function)):
            scope.types.function(id).map {
                .function(ComponentExports.Function(function: function.function, type: $0))
            }
        case (.instance(let id), .instance(let instance)):
            .instance(exports(scope.types.instance(id)?.exports ?? [], instance, scope))
        case (.type, .type(.resource(let number))): .resource(number)
        case (.type(let id), .type): .type(id)
        case (_, .coreModule): .coreModule
        case (_, .component): .component
        default: nil
        }
    }

    // MARK: Slots

    /// Counts a step of the builder's.
    func count() throws(ComponentLinkError) {
        left -= 1
        guard left > types.walkedParts / ComponentLimits.typePartsPerStep else {
            throw ComponentLinkError(
                .limit,
                "instantiating the component takes more than \(ComponentLimits.planSteps) definitions")
        }
    }

    /// What decoding has made sure of is there.
    func known<T>(_ value: T?) throws(ComponentLinkError) -> T {
        guard let value else {
            throw ComponentLinkError(.unsupported, "the component's definitions do not fit together")
        }
        return value
    }

    /// Notes that the component needs what is not run.
    func needs(_ name: String) { if !unsupported.contains(name) { unsupported.append(name) } }

    private func number(_ module: Module, _ component: Component, _ place: Int) -> Int {
        let key = ModulePlace(component: ObjectIdentifier(component), definition: place)
        if let number = moduleNumbers[key] { return number }
        moduleNumbers[key] = modules.count
        modules.append(module)
        moduleExports.append(
            Dictionary(
                module.exports.map { (ExactName(string: $0.name), $0.index) },
                uniquingKeysWith: { first, _ in first }))
        if let instruction = module.unsupportedFeature { needs(instruction) }
        return modules.count - 1
    }

    func module(_ number: Int) -> Module { modules[number] }

    /// What a core instance exports under `name`.
    func item(_ instance: PlanCoreInstance, _ name: String) throws(ComponentLinkError) -> CoreItem {
        switch instance {
        case .exports(let items): try known(items[ExactName(string: name)])
        case .module(let instance, let module):
            .export(
                instance: instance, try known(moduleExports[module][ExactName(string: name)]))
        }
    }

    func addCoreInstance(_ module: Int, _ imports: [CoreItem]) -> PlanCoreInstance {
        steps.append(.coreInstance(module: module, imports: imports))
        defer { counts.coreInstances += 1 }
        return .module(instance: counts.coreInstances, module: module)
    }

    /// Adds a step that makes a core function.
    func addCoreFunction(_ step: Step) -> CoreItem {
        steps.append(step)
        defer { counts.coreFunctions += 1 }
        return .function(counts.coreFunctions)
    }

    func addLifted(_ step: Step) -> InstantiationPlan.Function {
        steps.append(step)
        defer { counts.lifted += 1 }
        return .lifted(counts.lifted)
    }

    func addResource(_ frame: PlanFrame, _ destructor: CoreItem?) -> ResourceNumber {
        steps.append(.resource(resourceCount, instance: frame.instance, destructor: destructor))
        defer { resourceCount += 1 }
        return ResourceNumber(defined: resourceCount)
    }

    /// The slot of the context of these options.
    func context(_ context: InstantiationPlan.Context) -> Int {
        if let slot = contexts[context] { return slot }
        steps.append(.context(context))
        contexts[context] = contexts.count
        return contexts.count - 1
    }

    /// The place of a function's type; nil where it is one that is not run.
    func place(
        _ type: FuncType, _ scope: TypeScope
    ) throws(ComponentLinkError) -> FunctionTypeIndex? {
        if typesScope !== scope {
            types.beginScope(scope.types, isSameArena: typesScope?.outermost === scope.outermost) {
                scope.number(of: $0)
            }
            typesScope = scope
        }
        try count()
        do throws(CanonicalTypeError) {
            return try types.add(type)
        } catch {
            switch error {
            case .asynchronous(let name): needs(name)
            case .tooLarge, .unknown: needs("\(error)")
            }
            return nil
        }
    }
}
