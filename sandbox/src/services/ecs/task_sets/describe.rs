//! `DescribeTaskSets`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{digits, service};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::one_of;
use crate::services::ecs::names::missing;
use crate::services::ecs::services::described_task_set;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeTaskSets {
    cluster: String,
    service: String,
    #[serde(default)]
    task_sets: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeTaskSets` (ECS API Reference): all of a service, or some.
pub(crate) fn describe_task_sets(cx: &mut Cx, input: DescribeTaskSets) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS"])?;
    }
    let (cluster, there) = service(cx, &input.cluster, &input.service)?;
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    let all: Vec<_> = there.task_sets.iter().map(|set| set.id.clone()).collect();
    let asked = if input.task_sets.is_empty() {
        all
    } else {
        input.task_sets
    };
    for reference in &asked {
        match there.task_set(digits(reference)) {
            Some(set) => {
                let with_tags = !input.include.is_empty();
                found.push(described_task_set(cx, &cluster, &there, set, with_tags));
            }
            None => failures.push(missing(reference)),
        }
    }
    Ok(json!({ "taskSets": found, "failures": failures }))
}
