//! The load balancer.

use aws_sdk_elasticloadbalancingv2::types::{LoadBalancer, LoadBalancerStateEnum};
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, absent, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeLoadBalancers`, `DescribeTags`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(balancer) = find(clients, looked.name).await? {
        let arn = balancer.load_balancer_arn().unwrap_or_default();
        let tag = tag(clients, arn).await;
        return Ok(Observation::Present(facts(&balancer).tagged(tag)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The balancer of that name.
pub(super) async fn find(
    clients: &Clients,
    name: &str,
) -> Result<Option<LoadBalancer>, CloudError> {
    let asked = clients.elbv2.describe_load_balancers().names(name).send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeLoadBalancers", asked)
        .await;
    Ok(absent(answer)?.and_then(|answer| answer.load_balancers?.into_iter().next()))
}

/// The Region's balancers, the first four hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.elbv2.describe_load_balancers().send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeLoadBalancers", asked)
        .await?;
    Ok(answer
        .load_balancers
        .unwrap_or_default()
        .into_iter()
        .filter_map(|balancer| balancer.load_balancer_name)
        .collect())
}

/// The workspace in the tag of anything of the load balancer.
pub(super) async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients.elbv2.describe_tags().resource_arns(arn).send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeTags", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tag_descriptions()
            .iter()
            .flat_map(aws_sdk_elasticloadbalancingv2::types::TagDescription::tags)
            .map(|tag| (tag.key(), tag.value())),
    )
}

fn facts(balancer: &LoadBalancer) -> Facts {
    let arn = balancer.load_balancer_arn().unwrap_or_default();
    let subnets = balancer
        .availability_zones()
        .iter()
        .filter_map(|zone| zone.subnet_id().map(str::to_owned))
        .collect();
    Facts::new(arn)
        .with("arn", arn)
        .with_all("dns", only(balancer.dns_name()))
        .with_all(
            "type",
            only(
                balancer
                    .r#type()
                    .map(aws_sdk_elasticloadbalancingv2::types::LoadBalancerTypeEnum::as_str),
            ),
        )
        .with_all(
            "scheme",
            only(
                balancer
                    .scheme()
                    .map(aws_sdk_elasticloadbalancingv2::types::LoadBalancerSchemeEnum::as_str),
            ),
        )
        .with_all("zones", subnets)
        .with_all("security_groups", balancer.security_groups().to_vec())
        .in_phase(phase(balancer))
}

fn phase(balancer: &LoadBalancer) -> Phase {
    let code = balancer.state().and_then(|state| state.code());
    let word = code.map_or("no state yet", LoadBalancerStateEnum::as_str);
    match code {
        // "active_impaired" still routes; it may not be able to scale.
        Some(LoadBalancerStateEnum::Active | LoadBalancerStateEnum::ActiveImpaired) => Phase::Ready,
        Some(LoadBalancerStateEnum::Failed) => Phase::Failed(word.to_owned()),
        _ => Phase::Coming(word.to_owned()),
    }
}
