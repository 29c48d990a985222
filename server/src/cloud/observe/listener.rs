//! A listener of the load balancer, by its port.

use aws_sdk_elasticloadbalancingv2::types::{Action, Listener};
use workshop::model::{Facts, Observation};

use super::load_balancer;
use super::reading::{Looked, only};
use crate::cloud::CloudError;

/// `DescribeLoadBalancers`, `DescribeListeners`, `DescribeTags`.
pub(super) async fn look(looked: &Looked<'_>, port: i32) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let balancer = looked.variables.get("balancer").unwrap_or_default();
    let Some(balancer) = load_balancer::find(clients, balancer).await? else {
        return Ok(Observation::Absent(None));
    };
    let asked = clients
        .elbv2
        .describe_listeners()
        .set_load_balancer_arn(balancer.load_balancer_arn)
        .send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeListeners", asked)
        .await?;
    let Some(listener) = answer
        .listeners
        .unwrap_or_default()
        .into_iter()
        .find(|listener| listener.port() == Some(port))
    else {
        return Ok(Observation::Absent(None));
    };
    let arn = listener.listener_arn().unwrap_or_default();
    let tag = load_balancer::tag(clients, arn).await;
    Ok(Observation::Present(facts(&listener, arn).tagged(tag)))
}

fn facts(listener: &Listener, arn: &str) -> Facts {
    let forwards = listener
        .default_actions()
        .iter()
        .flat_map(served)
        .map(name)
        .collect();
    Facts::new(arn)
        .with("arn", arn)
        .with_all(
            "protocol",
            only(
                listener
                    .protocol()
                    .map(aws_sdk_elasticloadbalancingv2::types::ProtocolEnum::as_str),
            ),
        )
        .with_all("forwards", forwards)
}

/// The target groups that get traffic: a deployment leaves both, one with weight 0.
fn served(action: &Action) -> Vec<&str> {
    let weighted = action
        .forward_config()
        .map(aws_sdk_elasticloadbalancingv2::types::ForwardActionConfig::target_groups);
    match weighted {
        Some(groups) if !groups.is_empty() => groups
            .iter()
            .filter(|group| group.weight() != Some(0))
            .filter_map(|group| group.target_group_arn())
            .collect(),
        _ => action.target_group_arn().into_iter().collect(),
    }
}

/// `…:targetgroup/NAME/0123456789abcdef`.
fn name(arn: &str) -> String {
    arn.split('/').nth(1).unwrap_or(arn).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_elasticloadbalancingv2::types::{
        ActionTypeEnum, ForwardActionConfig, TargetGroupTuple,
    };

    const ARN: &str =
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/prod-tg/0123456789abcdef";

    #[test]
    fn a_group_with_weight_zero_gets_no_traffic() {
        let group = |arn: &str, weight| {
            TargetGroupTuple::builder()
                .target_group_arn(arn)
                .weight(weight)
                .build()
        };
        let config = ForwardActionConfig::builder()
            .target_groups(group(ARN, 100))
            .target_groups(group("other", 0))
            .build();
        let action = Action::builder()
            .r#type(ActionTypeEnum::Forward)
            .forward_config(config)
            .build();
        assert_eq!(served(&action), [ARN]);
        assert_eq!(name(ARN), "prod-tg");
        assert_eq!(name("other"), "other");
    }
}
