import Wasm

/// An instance that the host defines, for components to import: functions, resource types and further
/// instances by name.
@usableFromInline package final class InstanceDefinition {
    enum Item {
        case function(HostFunctionDefinition)
        case resource(HostResourceType)
        case instance(InstanceDefinition)
        /// What an instance exports that is there already.
        case exported(ComponentInstance, ComponentExports.Item)
        /// What a component is to export under the same name once it is instantiated, which is done as
        /// part of what imports it.
        case component(Component)

        var kindName: String {
            switch self {
            case .function, .exported(_, .function): "a function"
            case .resource, .exported(_, .resource): "a resource type"
            case .exported(_, .type): "a type"
            case .exported(_, .coreModule): "a core module"
            case .exported(_, .component): "a component"
            case .instance, .component, .exported(_, .instance): "an instance"
            }
        }
    }

    private(set) var items = VersionedNames<Item>()

    package init() {}

    /// Defines a function; what was defined under the name before is replaced.
    @usableFromInline package func define(_ name: String, _ function: HostFunctionDefinition) {
        items.set(name, .function(function))
    }

    /// Defines a resource type.
    package func define(_ name: String, resource: HostResourceType) {
        items.set(name, .resource(resource))
    }

    /// The instance that is defined under `name`, made empty where none is.
    package func instance(_ name: String) -> InstanceDefinition {
        if case .instance(let instance)? = items[exactly: name] { return instance }
        let instance = InstanceDefinition()
        items.set(name, .instance(instance))
        return instance
    }

    /// Defines what `instance` exports, under its names. Whoever imports it is of the same store.
    package func define(exportsOf instance: ComponentInstance) {
        for entry in instance.plan.exports.entries {
            items.set(entry.name, .exported(instance, entry.item))
        }
    }

    /// Defines what `instance` exports as an instance.
    package func define(_ name: String, instance: ComponentInstance) {
        items.set(name, .exported(instance, .instance(instance.plan.exports)))
    }

    /// Defines what `component` will export, under its names: an instance of it is made as part of
    /// whatever imports one of them, with its imports from the same linker.
    package func define(exportsOf component: Component) {
        for export in component.exports { items.set(export.name, .component(component)) }
    }
}
