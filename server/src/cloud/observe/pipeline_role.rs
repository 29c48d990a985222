//! The pipeline's role: a role, and whether it may do what the stages need.

use workshop::blueprint::resources::pipeline_role::GRANTS;
use workshop::model::Observation;

use super::grants::with_grants;
use super::reading::Looked;
use super::role;
use crate::cloud::CloudError;

/// The role, and for each setting with grants `allowed`, or the actions that are not.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    Ok(match role::look(looked).await? {
        Observation::Present(facts) => {
            Observation::Present(with_grants(looked, facts, &GRANTS).await)
        }
        other => other,
    })
}
