//! The instance profile and the role inside.

use aws_sdk_iam::types::InstanceProfile;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `GetInstanceProfile`; a missing one is looked for by a near name (`ListInstanceProfiles`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let asked = clients
        .iam
        .get_instance_profile()
        .instance_profile_name(looked.name)
        .send();
    let found = absent(clients.ask("iam", "GetInstanceProfile", asked).await)?;
    match found.and_then(|answer| answer.instance_profile) {
        Some(profile) => Ok(Observation::Present(facts(&profile))),
        None => Ok(near::global(looked, names(clients).await)),
    }
}

fn facts(profile: &InstanceProfile) -> Facts {
    let roles = profile
        .roles()
        .iter()
        .map(|role| role.role_name().to_owned())
        .collect();
    Facts::new(profile.arn())
        .with("arn", profile.arn())
        .with_all("roles", roles)
        .tagged(workspace(
            profile
                .tags()
                .iter()
                .map(|tag| (Some(tag.key()), Some(tag.value()))),
        ))
}

/// The account's instance profiles, the first thousand.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.iam.list_instance_profiles().max_items(1000).send();
    let answer = clients.ask("iam", "ListInstanceProfiles", asked).await?;
    Ok(answer
        .instance_profiles
        .into_iter()
        .map(|profile| profile.instance_profile_name)
        .collect())
}
