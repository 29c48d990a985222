//! A target group.

use aws_sdk_elasticloadbalancingv2::types::TargetGroup;
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, only};
use super::{load_balancer, near};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeTargetGroups`, `DescribeTags`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(group) = find(clients, looked.name).await? {
        let arn = group.target_group_arn().unwrap_or_default();
        let tag = load_balancer::tag(clients, arn).await;
        return Ok(Observation::Present(facts(&group).tagged(tag)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<TargetGroup>, CloudError> {
    let asked = clients.elbv2.describe_target_groups().names(name).send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeTargetGroups", asked)
        .await;
    Ok(absent(answer)?.and_then(|answer| answer.target_groups?.into_iter().next()))
}

/// The Region's target groups, the first four hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.elbv2.describe_target_groups().send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeTargetGroups", asked)
        .await?;
    Ok(answer
        .target_groups
        .unwrap_or_default()
        .into_iter()
        .filter_map(|group| group.target_group_name)
        .collect())
}

fn facts(group: &TargetGroup) -> Facts {
    let arn = group.target_group_arn().unwrap_or_default();
    let port = group.port().map(|port| port.to_string());
    let matcher = group.matcher().and_then(|matcher| matcher.http_code());
    Facts::new(arn)
        .with("arn", arn)
        .with_all(
            "target_type",
            only(
                group
                    .target_type()
                    .map(aws_sdk_elasticloadbalancingv2::types::TargetTypeEnum::as_str),
            ),
        )
        .with_all(
            "protocol",
            only(
                group
                    .protocol()
                    .map(aws_sdk_elasticloadbalancingv2::types::ProtocolEnum::as_str),
            ),
        )
        .with_all("port", port.into_iter().collect())
        .with_all("vpc", only(group.vpc_id()))
        .with_all("path", only(group.health_check_path()))
        .with_all("matcher", only(matcher))
}
