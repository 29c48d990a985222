//! The structures of ECS's model that are kept as they are given.
//!
//! Each reads what a client sends, is stored, and is what Describe answers:
//! a parameter that is missing here is refused.

mod container;
mod definition;
mod service;

pub(super) use container::{ContainerDefinition, HealthCheck, LogConfiguration};
pub(super) use definition::Definition;
pub(super) use service::{
    Controller, DeploymentConfiguration, LoadBalancer, Network, PlacementConstraint,
    PlacementStrategy, Scale, StrategyItem,
};

/// Structures with ECS's names: read, stored and answered alike.
macro_rules! shapes {
    ($($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub(crate) struct $name {
            $($(#[$inner])* pub(in crate::services::ecs) $field: $type),*
        }
    )*};
}
use shapes;

shapes! {
    /// `KeyValuePair`.
    KeyValue { name: Option<String>, value: Option<String> }

    /// `Secret`.
    Secret { name: String, value_from: String }
}
