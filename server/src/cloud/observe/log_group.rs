//! The log group and how long it keeps what it is sent.

use aws_sdk_cloudwatchlogs::types::LogGroup;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeLogGroups`, `ListTagsForResource`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(group) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(clients, &group).await));
    }
    // The names beside it: a slip in `/ecs/` itself is not looked for.
    let folder = looked
        .name
        .rfind('/')
        .map_or("", |slash| &looked.name[..=slash]);
    let names = groups(clients, folder).await.map(|groups| {
        groups
            .into_iter()
            .filter_map(|group| group.log_group_name)
            .collect()
    });
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<LogGroup>, CloudError> {
    let groups = groups(clients, name).await?;
    Ok(groups
        .into_iter()
        .find(|group| group.log_group_name() == Some(name)))
}

/// The first fifty groups whose names begin so, in the order of their names: the group that is
/// called just so is the first.
async fn groups(clients: &Clients, prefix: &str) -> Result<Vec<LogGroup>, CloudError> {
    let mut asked = clients.logs.describe_log_groups();
    if !prefix.is_empty() {
        asked = asked.log_group_name_prefix(prefix);
    }
    let answer = clients
        .ask("logs", "DescribeLogGroups", asked.send())
        .await?;
    Ok(answer.log_groups.unwrap_or_default())
}

async fn facts(clients: &Clients, group: &LogGroup) -> Facts {
    // `arn` ends in `:*`, for policies; `logGroupArn` is the group's own.
    let arn = group
        .log_group_arn()
        .or(group.arn())
        .unwrap_or_default()
        .trim_end_matches(":*");
    let retention = match group.retention_in_days {
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
        None => "never expires".to_owned(),
    };
    Facts::new(arn)
        .with("arn", arn)
        .with("retention", retention)
        .tagged(tag(clients, arn).await)
}

async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients
        .logs
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = clients
        .ask("logs", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tags?
            .iter()
            .map(|(key, value)| (Some(key.as_str()), Some(value.as_str()))),
    )
}
