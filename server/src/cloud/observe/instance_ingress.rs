//! The rule that lets the balancer reach the tasks, among the rules of the instances' group.

use workshop::model::{Fact, Observation};

use super::reading::Looked;
use super::security_group;
use crate::cloud::CloudError;

/// `DescribeSecurityGroups`. A group that admits nobody has no such rule.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let seen = security_group::look(looked).await?;
    let admits_nobody = match &seen {
        Observation::Present(facts) => {
            matches!(facts.values.get("ingress"), Some(Fact::Found(rules)) if rules.is_empty())
        }
        _ => true,
    };
    Ok(if admits_nobody {
        Observation::Absent(None)
    } else {
        seen
    })
}
