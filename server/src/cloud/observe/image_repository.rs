//! The ECR repository.

use aws_sdk_ecr::types::{ImageTagMutability, Repository};
use workshop::blueprint::resources::image_repository::latest_moves;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeRepositories`, `ListTagsForResource`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(repository) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(clients, &repository).await));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<Repository>, CloudError> {
    let asked = clients
        .ecr
        .describe_repositories()
        .repository_names(name)
        .send();
    let found = absent(clients.ask("ecr", "DescribeRepositories", asked).await)?;
    Ok(found.and_then(|answer| answer.repositories?.into_iter().next()))
}

/// The Region's repositories, the first thousand.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ecr.describe_repositories().max_results(1000).send();
    let answer = clients.ask("ecr", "DescribeRepositories", asked).await?;
    Ok(answer
        .repositories
        .unwrap_or_default()
        .into_iter()
        .filter_map(|repository| repository.repository_name)
        .collect())
}

async fn facts(clients: &Clients, repository: &Repository) -> Facts {
    let arn = repository.repository_arn().unwrap_or_default();
    let mutability = repository
        .image_tag_mutability()
        .map(ImageTagMutability::as_str);
    let exclusions: Vec<_> = repository
        .image_tag_mutability_exclusion_filters()
        .iter()
        .map(|filter| filter.filter().to_owned())
        .collect();
    let moves = latest_moves(mutability.unwrap_or_default(), &exclusions);
    let scans = repository
        .image_scanning_configuration()
        .is_some_and(|scanning| scanning.scan_on_push);
    Facts::new(arn)
        .with("arn", arn)
        .with_all("uri", only(repository.repository_uri()))
        .with_all("mutability", only(mutability))
        .with_all("exclusions", exclusions)
        .with("latest_moves", if moves { "yes" } else { "no" })
        .with("scan", if scans { "on" } else { "off" })
        .tagged(tag(clients, arn).await)
}

async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients
        .ecr
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = clients
        .ask("ecr", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tags?
            .iter()
            .map(|tag| (Some(tag.key()), Some(tag.value()))),
    )
}
