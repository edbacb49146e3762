// Core instances and the canonical definitions of a plan.
// Spec: Explainer "Canonical Definitions"

import Wasm

extension PlanBuilder {
    func add(_ expression: CoreInstanceExpr, _ frame: PlanFrame) throws(ComponentLinkError) {
        switch expression {
        case .exports(let items):
            var exports: [ExactName: CoreItem] = [:]
            for (name, index) in items {
                try count()
                exports[ExactName(string: name)] = try known(frame.item(index))
            }
            frame.coreInstances.append(.exports(exports))
        case .instantiate(let index, let arguments):
            let number = try known(frame.coreModules.at(index))
            var instances: [ExactName: PlanCoreInstance] = [:]
            for (name, index) in arguments {
                instances[ExactName(string: name)] = try known(frame.coreInstances.at(index))
            }
            var imports: [CoreItem] = []
            for declaration in module(number).imports {
                try count()
                let instance = try known(instances[ExactName(string: declaration.module)])
                imports.append(try item(instance, declaration.name))
            }
            frame.coreInstances.append(addCoreInstance(number, imports))
        }
    }

    func add(_ definition: ResourceDefinition, _ frame: PlanFrame) throws(ComponentLinkError) {
        if definition.representation == .i64 { needs("resource (rep i64)") }
        let destructor = try item(definition.destructor, frame.coreFunctions)
        frame.scope.bind(definition.id, to: addResource(frame, destructor))
    }

    func add(_ canon: Canon, _ frame: PlanFrame) throws(ComponentLinkError) {
        switch canon {
        case .lift(let function, let options, let type): try lift(function, options, type, frame)
        case .lower(let function, let options, let type):
            frame.coreFunctions.append(try lower(function, options, type, frame))
        case .resourceNew(let resource):
            let number = try known(frame.scope.number(of: resource))
            frame.coreFunctions.append(
                addCoreFunction(.resourceNew(number, instance: frame.instance)))
        case .resourceDrop(let resource):
            let number = try known(frame.scope.number(of: resource))
            frame.coreFunctions.append(
                addCoreFunction(.resourceDrop(number, instance: frame.instance)))
        case .resourceRep(let resource):
            let number = try known(frame.scope.number(of: resource))
            frame.coreFunctions.append(
                addCoreFunction(.resourceRep(number, instance: frame.instance)))
        case .unsupported(let name, _):
            needs(name)
            frame.coreFunctions.append(.unsupported)
        }
    }

    private func lift(
        _ index: Int, _ options: CanonOptions, _ type: TypeID, _ frame: PlanFrame
    ) throws(ComponentLinkError) {
        let type = try known(frame.scope.types.function(type))
        let core = try known(frame.coreFunctions.at(index))
        var function = InstantiationPlan.Function.lifted(0)
        if let feature = options.unsupportedFeature {
            needs("canon lift \(feature)")
        } else if let place = try place(type, frame.scope) {
            let context = try context(options, frame)
            let postReturn = try item(options.postReturn, frame.coreFunctions)
            function = addLifted(.lift(core, place, context: context, postReturn: postReturn))
        }
        frame.add(
            .function(
                PlanFunction(
                    function: function, type: ScopedFuncType(type: type, scope: frame.scope))))
    }

    private func lower(
        _ index: Int, _ options: CanonOptions, _ type: TypeID, _ frame: PlanFrame
    ) throws(ComponentLinkError) -> CoreItem {
        let function = try known(frame.functions.at(index))
        let type = try known(frame.scope.types.function(type))
        if let feature = options.unsupportedFeature {
            needs("canon lower \(feature)")
        } else if let place = try place(type, frame.scope) {
            let context = try context(options, frame)
            guard case .host(let number) = function.function else {
                return addCoreFunction(.lower(function.function, context: context))
            }
            return addCoreFunction(.lowerHost(number, place, context: context))
        }
        return .unsupported
    }

    private func context(
        _ options: CanonOptions, _ frame: PlanFrame
    ) throws(ComponentLinkError) -> Int {
        context(
            InstantiationPlan.Context(
                instance: frame.instance, memory: try item(options.memory, frame.memories),
                realloc: try item(options.realloc, frame.coreFunctions),
                stringEncoding: options.stringEncoding))
    }

    /// What an index that may be absent means.
    private func item(
        _ index: Int?, _ items: [CoreItem]
    ) throws(ComponentLinkError) -> CoreItem? {
        guard let index else { return nil }
        return try known(items.at(index))
    }
}
