// What is given for the imports of a component that is not within another.
// Spec: Explainer "Import and Export Definitions"

import Wasm

/// What there is under an import's name.
enum Supply {
    case nothing
    case definition(InstanceDefinition.Item, name: String)
    case item(PlanItem)

    init(_ instance: InstanceDefinition, _ name: String) {
        if let item = instance.items.find(name) {
            self = .definition(item, name: name)
        } else {
            self = .nothing
        }
    }

    var kindName: String? {
        switch self {
        case .nothing: nil
        case .definition(let item, _): item.kindName
        case .item(let item): item.kindName
        }
    }
}

extension PlanBuilder {
    /// The item for an import that `declaration` describes, which `path` leads to; nil where there is
    /// none, which is then noted.
    func supply(
        _ declaration: ExternDecl, _ supply: Supply, _ path: [String], _ scope: TypeScope
    ) throws(ComponentLinkError) -> PlanItem? {
        try count()
        let supply = try instantiated(supply, path)
        switch declaration.desc {
        case .function(let id):
            let type = ScopedFuncType(type: try known(scope.types.function(id)), scope: scope)
            return self.function(type, supply, path)
        case .instance(let id):
            return try self.instance(try known(scope.types.instance(id)), supply, path, scope)
        case .type(let id):
            guard let resource = scope.resource(id) else { return .type(.other(id)) }
            return self.resource(resource, supply, path, scope)
        case .coreModule:
            return ungivable("a core module is wanted, which no definition can give", supply, path)
        case .component:
            return ungivable("a component is wanted, which no definition can give", supply, path)
        case .value:
            return ungivable("a value is wanted, and values are not run yet", supply, path)
        }
    }

    /// A component that is defined for its exports is instantiated when the first of them is asked
    /// for.
    private func instantiated(
        _ supply: Supply, _ path: [String]
    ) throws(ComponentLinkError) -> Supply {
        guard case .definition(.component(let component), let name) = supply else { return supply }
        let key = ObjectIdentifier(component)
        if case .some(let known) = linkedComponents[key] {
            guard let exports = known else {
                throw ComponentLinkError(
                    .unsupported,
                    "the component that exports `\(path[0])` needs, in a circle, what it exports")
            }
            return exports.find(name).map { .item($0) } ?? .nothing
        }
        linkedComponents[key] = .some(nil)
        let exports = try instantiateRoot(component).exports
        linkedComponents[key] = exports
        return exports.find(name).map { .item($0) } ?? .nothing
    }

    // MARK: Functions

    private func function(
        _ type: ScopedFuncType, _ supply: Supply, _ path: [String]
    ) -> PlanItem? {
        let mismatch: String?
        let present: String?
        let function: () -> InstantiationPlan.Function
        switch supply {
        case .nothing:
            guard linker.traps(path) else {
                return missing(path, wanted: TypeText.of(type))
            }
            (mismatch, present) = (nil, nil)
            function = { self.trap(type.type, path) }
        case .definition(.function(let definition), _):
            mismatch = TypeMatching.mismatch(type, definition.type.scoped)
            present = "\(definition.type)"
            function = { self.host(definition, path) }
        case .definition(.exported(let instance, .function(let export)), _):
            let exported = ScopedFuncType(type: export.type, scope: TypeScope(instance.plan))
            mismatch = TypeMatching.mismatch(type, exported)
            present = TypeText.of(exported)
            guard let lifted = instance.function(export) else {
                return refuse(path, "the function that is there is the host's own")
            }
            function = { self.external(lifted) }
        case .item(.function(let item)):
            mismatch = TypeMatching.mismatch(type, item.type)
            present = TypeText.of(item.type)
            function = { item.function }
        default: return wrong("a function", supply, path)
        }
        if let mismatch {
            problems.append(
                .init(
                    kind: .incompatibleImport, path: path, wanted: TypeText.of(type),
                    present: present, detail: mismatch))
            return nil
        }
        return .function(PlanFunction(function: function(), type: type))
    }

    private func host(
        _ definition: HostFunctionDefinition, _ path: [String]
    ) -> InstantiationPlan.Function {
        let definition = linker.wrap?(path, definition) ?? definition
        hostFunctions.append(InstantiationPlan.HostImport(path: path, definition: definition))
        return .host(hostFunctions.count - 1)
    }

    private func external(_ function: LiftedFunction) -> InstantiationPlan.Function {
        externals.append(function)
        return .external(externals.count - 1)
    }

    /// A function that ends the run that calls it.
    private func trap(_ type: FuncType, _ path: [String]) -> InstantiationPlan.Function {
        let name = path.map { "`\($0)`" }.joined(separator: ", ")
        let body: HostFunctionDefinition.Body = { (_: borrowing HostCall) throws(Trap) in
            throw .host("the import \(name) is not defined")
        }
        return host(
            HostFunctionDefinition(
                HostFuncType(parameters: [], result: .unit), effect: .state, body: body),
            path)
    }

    // MARK: Instances

    private func instance(
        _ type: InstanceType, _ supply: Supply, _ path: [String], _ scope: TypeScope
    ) throws(ComponentLinkError) -> PlanItem? {
        let find: (String) -> Supply
        switch supply {
        case .nothing:
            guard linker.traps(path) else {
                let names = type.exports.map { "`\($0.name)`" }.joined(separator: ", ")
                let wanted = "an instance\(names.isEmpty ? "" : " with \(names)")"
                return missing(path, wanted: String(wanted.prefix(ComponentLimits.typeText)))
            }
            find = { _ in .nothing }
        case .definition(.instance(let definition), _): find = { Supply(definition, $0) }
        case .definition(.exported(let instance, .instance(let exports)), _):
            find = { name in
                exports[name].map { .definition(.exported(instance, $0), name: name) } ?? .nothing
            }
        case .item(.instance(let instance)):
            find = { instance.find($0).map { .item($0) } ?? .nothing }
        default: return wrong("an instance", supply, path)
        }
        let made = PlanInstance()
        let before = problems.count
        for export in type.exports {
            let item = try self.supply(export, find(export.name), path + [export.name], scope)
            guard let item else { continue }
            try bind(export.desc, item, scope)
            made.add(export.name, item)
        }
        return problems.count == before ? .instance(made) : nil
    }

    // MARK: Resource types

    private func resource(
        _ resource: ResourceID, _ supply: Supply, _ path: [String], _ scope: TypeScope
    ) -> PlanItem? {
        let known = scope.number(of: resource)
        let number: ResourceNumber
        switch supply {
        case .nothing:
            // A type that another import has given need not be given again.
            if let known { return .type(.resource(known)) }
            guard linker.traps(path) else {
                return missing(path, wanted: "a resource type")
            }
            number = host(HostResourceType(path.last ?? "") { _, _ in })
        case .definition(.resource(let type), _): number = host(type)
        case .definition(.exported(_, .resource(let other)), _): number = other
        case .item(.type(.resource(let other))): number = other
        default: return wrong("a resource type", supply, path)
        }
        if let known, known != number {
            problems.append(
                .init(
                    kind: .incompatibleImport, path: path, wanted: nil, present: nil,
                    detail: "the resource type that is there is not the one that another import has"))
            return nil
        }
        return .type(.resource(number))
    }

    private func host(_ type: HostResourceType) -> ResourceNumber {
        if !hostResources.contains(where: { $0 === type }) { hostResources.append(type) }
        return type.number
    }

    // MARK: Problems

    private func missing(
        _ path: [String], wanted: String?, _ detail: String = ""
    ) -> PlanItem? {
        problems.append(
            .init(
                kind: .unknownImport, path: path, wanted: wanted, present: nil,
                detail: detail.isEmpty ? otherVersions(path) : detail))
        return nil
    }

    /// Says which versions there are of an interface that is not there itself.
    private func otherVersions(_ path: [String]) -> String {
        guard path.count == 1, VersionedName(path[0]) != nil else { return "" }
        let names = linker.root.items.others(of: path[0]).map { "`\($0)`" }
        return names.isEmpty ? "" : "of other versions there is \(names.joined(separator: ", "))"
    }

    /// Refuses an import that can be given nothing.
    private func ungivable(_ detail: String, _ supply: Supply, _ path: [String]) -> PlanItem? {
        guard case .nothing = supply else { return refuse(path, detail) }
        return missing(path, wanted: nil, detail)
    }

    private func wrong(_ wanted: String, _ supply: Supply, _ path: [String]) -> PlanItem? {
        problems.append(
            .init(
                kind: .incompatibleImport, path: path, wanted: nil, present: nil,
                detail: "\(wanted) is wanted, \(supply.kindName ?? "nothing") is there"))
        return nil
    }

    private func refuse(_ path: [String], _ detail: String) -> PlanItem? {
        problems.append(
            .init(
                kind: .incompatibleImport, path: path, wanted: nil, present: nil, detail: detail))
        return nil
    }
}

extension TypeScope {
    /// The types that what an instance exports is described with.
    convenience init(_ plan: InstantiationPlan) {
        self.init(plan.component.types, resources: plan.resources)
    }
}
