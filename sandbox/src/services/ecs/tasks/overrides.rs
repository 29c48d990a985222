//! What `RunTask` may change of a task definition for one task.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::shapes::{Definition, KeyValue};

/// `TaskOverride`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of the model"
)]
pub(super) struct Overrides {
    #[serde(default)]
    pub(super) container_overrides: Vec<ContainerOverride>,
    pub(super) cpu: Option<String>,
    pub(super) memory: Option<String>,
    pub(super) execution_role_arn: Option<String>,
    pub(super) task_role_arn: Option<String>,
    #[serde(default)]
    inference_accelerator_overrides: Vec<Value>,
}

/// `ContainerOverride`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ContainerOverride {
    name: Option<String>,
    command: Option<Vec<String>>,
    environment: Option<Vec<KeyValue>>,
    cpu: Option<i64>,
    memory: Option<i64>,
    memory_reservation: Option<i64>,
}

impl Overrides {
    /// Checks that they are for containers that there are.
    pub(super) fn check(&self, definition: &Definition) -> Result<(), Fault> {
        for container in &self.container_overrides {
            let name = container.name.as_deref().unwrap_or_default();
            if definition.container(name).is_none() {
                return Err(invalid(format!(
                    "Override for container named {name} is not a container in the TaskDefinition."
                )));
            }
        }
        if !self.inference_accelerator_overrides.is_empty() {
            return Err(invalid("Inference accelerators are not supported."));
        }
        Ok(())
    }

    /// What the task reserves then: CPU units and MiB.
    pub(super) fn size(&self, definition: &Definition) -> Result<(i64, i64), Fault> {
        let number = |text: &Option<String>, default: i64| match text {
            None => Ok(default),
            Some(text) => text
                .parse()
                .map_err(|_| invalid(format!("Invalid task size override: {text}"))),
        };
        let cpu = number(&self.cpu, definition.cpu_units())?;
        Ok((cpu, number(&self.memory, definition.memory_mib())?))
    }
}
