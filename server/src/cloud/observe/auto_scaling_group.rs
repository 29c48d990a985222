//! The Auto Scaling group.

use aws_sdk_autoscaling::types::AutoScalingGroup;
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeAutoScalingGroups`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(group) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(&group)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The group of that name. One that is not there is left out of the answer.
pub(super) async fn find(
    clients: &Clients,
    name: &str,
) -> Result<Option<AutoScalingGroup>, CloudError> {
    let asked = clients
        .autoscaling
        .describe_auto_scaling_groups()
        .auto_scaling_group_names(name)
        .send();
    let answer = clients
        .ask("autoscaling", "DescribeAutoScalingGroups", asked)
        .await?;
    Ok(answer
        .auto_scaling_groups
        .and_then(|groups| groups.into_iter().next()))
}

/// The Region's groups, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients
        .autoscaling
        .describe_auto_scaling_groups()
        .max_records(100)
        .send();
    let answer = clients
        .ask("autoscaling", "DescribeAutoScalingGroups", asked)
        .await?;
    Ok(answer
        .auto_scaling_groups
        .unwrap_or_default()
        .into_iter()
        .filter_map(|group| group.auto_scaling_group_name)
        .collect())
}

fn facts(group: &AutoScalingGroup) -> Facts {
    let arn = group.auto_scaling_group_arn().unwrap_or_default();
    let template = group
        .launch_template()
        .or_else(|| {
            let mixed = group.mixed_instances_policy()?.launch_template()?;
            mixed.launch_template_specification()
        })
        .and_then(|template| template.launch_template_name())
        .or(group.launch_configuration_name());
    let number = |number: Option<i32>| number.map(|number| number.to_string());
    Facts::new(arn)
        .with("arn", arn)
        .with_all("template", only(template))
        .with_all("min", number(group.min_size()).into_iter().collect())
        .with_all("max", number(group.max_size()).into_iter().collect())
        .with_all(
            "desired",
            number(group.desired_capacity()).into_iter().collect(),
        )
        .with_all("zones", group.availability_zones().to_vec())
        .in_phase(phase(group))
        .tagged(workspace(
            group.tags().iter().map(|tag| (tag.key(), tag.value())),
        ))
}

/// A status is told only of a group that is being deleted.
fn phase(group: &AutoScalingGroup) -> Phase {
    if let Some(word) = group.status() {
        return Phase::Going(word.to_owned());
    }
    let running = group
        .instances()
        .iter()
        .filter(|instance| {
            instance
                .lifecycle_state()
                .is_some_and(|state| state.as_str() == "InService")
        })
        .count();
    let desired = group.desired_capacity().unwrap_or_default();
    if i32::try_from(running).is_ok_and(|running| running >= desired) {
        Phase::Ready
    } else {
        Phase::Coming(format!("{running} of {desired} instances run"))
    }
}
