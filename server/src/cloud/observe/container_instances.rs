//! The instances that registered with the cluster.

use aws_sdk_ecs::types::ContainerInstance;
use workshop::model::{Facts, Observation, Phase};

use super::auto_scaling_group;
use super::reading::{Looked, absent};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// How many a deployment needs.
const WANTED: usize = 2;

/// How long an instance may take from its launch to its registration, in seconds. The agent is up
/// within two minutes as a rule.
const PATIENCE: i64 = 300;

/// `ListContainerInstances`, `DescribeContainerInstances`; while there are too few,
/// `DescribeAutoScalingGroups` and `DescribeInstances` tell whether more may still come.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let registered = registered(clients, looked.name).await?;
    let may_come = if registered.len() < WANTED {
        coming(looked).await?
    } else {
        false
    };
    if registered.is_empty() && !may_come {
        return Ok(Observation::Absent(None));
    }
    let connected = registered.iter().all(|instance| instance.agent_connected);
    let count = registered.len();
    let mut facts = Facts::new(looked.name)
        .with("registered", count.to_string())
        .with("agents", if connected { "all" } else { "not all" });
    if may_come {
        facts = Facts::new(looked.name)
            .in_phase(Phase::Coming(format!("{count} of {WANTED} registered")));
    }
    Ok(Observation::Present(facts))
}

/// The cluster's active instances; none where there is no such cluster.
pub(super) async fn registered(
    clients: &Clients,
    cluster: &str,
) -> Result<Vec<ContainerInstance>, CloudError> {
    let asked = clients
        .ecs
        .list_container_instances()
        .cluster(cluster)
        .send();
    let listed = absent(clients.ask("ecs", "ListContainerInstances", asked).await)?;
    let arns = listed
        .and_then(|listed| listed.container_instance_arns)
        .unwrap_or_default();
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    let asked = clients
        .ecs
        .describe_container_instances()
        .cluster(cluster)
        .set_container_instances(Some(arns))
        .send();
    let answer = clients
        .ask("ecs", "DescribeContainerInstances", asked)
        .await?;
    Ok(answer
        .container_instances
        .unwrap_or_default()
        .into_iter()
        .filter(|instance| instance.status() == Some("ACTIVE"))
        .collect())
}

/// Whether the group is still starting instances, or one of them is young enough to register yet.
async fn coming(looked: &Looked<'_>) -> Result<bool, CloudError> {
    let clients = &looked.here;
    let name = looked
        .variables
        .get("auto_scaling_group")
        .unwrap_or_default();
    let Some(group) = auto_scaling_group::find(clients, name).await? else {
        return Ok(false);
    };
    if group.status().is_some() {
        return Ok(false);
    }
    let ids: Vec<String> = group
        .instances()
        .iter()
        .filter_map(|instance| instance.instance_id().map(str::to_owned))
        .collect();
    let desired = usize::try_from(group.desired_capacity().unwrap_or_default()).unwrap_or_default();
    if ids.is_empty() || ids.len() < desired.min(WANTED) {
        return Ok(desired > 0);
    }
    let asked = clients
        .ec2
        .describe_instances()
        .set_instance_ids(Some(ids))
        .send();
    let answer = clients.ask("ec2", "DescribeInstances", asked).await?;
    let youngest = answer
        .reservations()
        .iter()
        .flat_map(aws_sdk_ec2::types::Reservation::instances)
        .filter_map(|instance| instance.launch_time())
        .map(aws_smithy_types::DateTime::secs)
        .max();
    // A simulated machine is faster by this.
    let speed = looked
        .variables
        .get("speed")
        .and_then(|speed| speed.parse().ok());
    let patience = PATIENCE / speed.unwrap_or(1).max(1);
    Ok(youngest.is_some_and(|launched| looked.now.0 / 1000 - launched <= patience))
}
