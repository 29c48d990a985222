//! The environment of a container: the definition's, the secrets', and what a task overrides.

use std::collections::BTreeMap;

use super::{agent, secrets};
use crate::context::Cx;
use crate::services::ecs::shapes::ContainerDefinition;
use crate::services::ecs::state::Task;

/// All variables of a container; of several of one name the later kind counts.
pub(super) fn of(
    cx: &mut Cx,
    cluster: &str,
    task: &Task,
    container: &ContainerDefinition,
) -> BTreeMap<String, String> {
    let pairs = container.environment.iter();
    let plain = pairs.filter_map(|pair| pair.name.clone().zip(pair.value.clone()));
    let mut variables: BTreeMap<_, _> = plain.collect();
    let agent = agent(cx, cluster, task);
    variables.extend(secrets::fetch(cx, &agent, container).unwrap_or_default());
    let overrides = task.overrides["containerOverrides"].as_array();
    let overrides = overrides.into_iter().flatten();
    let own = overrides.filter(|it| it["name"] == *container.name);
    for pair in own.filter_map(|it| it["environment"].as_array()).flatten() {
        if let (Some(name), Some(value)) = (pair["name"].as_str(), pair["value"].as_str()) {
            variables.insert(name.to_owned(), value.to_owned());
        }
    }
    variables
}
