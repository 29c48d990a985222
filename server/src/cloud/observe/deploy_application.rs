//! The CodeDeploy application.

use aws_sdk_codedeploy::types::ApplicationInfo;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `GetApplication`, `ListTagsForResource`; a missing one is looked for by a near name
/// (`ListApplications`) and in other Regions.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(application) = find(clients, looked.name).await? {
        let arn = arn(looked, &format!("application:{}", looked.name));
        let tag = tag(clients, &arn).await;
        return Ok(Observation::Present(facts(&application, &arn).tagged(tag)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The ARN of something of CodeDeploy, whose answers do not say it.
pub(super) fn arn(looked: &Looked<'_>, resource: &str) -> String {
    let of = looked
        .variables
        .fill_loosely("arn:aws:codedeploy:{{region}}:{{account}}:");
    of + resource
}

/// The workspace in the tag of an application or a deployment group.
pub(super) async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients
        .codedeploy
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = clients
        .ask("codedeploy", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(answer.tags().iter().map(|tag| (tag.key(), tag.value())))
}

async fn find(clients: &Clients, name: &str) -> Result<Option<ApplicationInfo>, CloudError> {
    let asked = clients
        .codedeploy
        .get_application()
        .application_name(name)
        .send();
    let found = absent(clients.ask("codedeploy", "GetApplication", asked).await)?;
    Ok(found.and_then(|answer| answer.application))
}

/// The Region's applications, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.codedeploy.list_applications().send();
    let answer = clients.ask("codedeploy", "ListApplications", asked).await?;
    Ok(answer.applications.unwrap_or_default())
}

fn facts(application: &ApplicationInfo, arn: &str) -> Facts {
    let platform = application
        .compute_platform()
        .map(aws_sdk_codedeploy::types::ComputePlatform::as_str);
    Facts::new(arn).with_all("platform", only(platform))
}
