//! The connection to GitLab. Names of connections need not differ, so that it is looked for by its
//! name among all.

use aws_sdk_codeconnections::types::{Connection, ConnectionStatus, ProviderType};
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// More connections than an account may have (250), by the hundred.
const PAGES: usize = 3;

/// `ListConnections`, `ListTagsForResource`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let connections = list(clients).await?;
    if let Some(connection) = named(&connections, looked.name) {
        return Ok(Observation::Present(facts(clients, connection).await));
    }
    let names = connections
        .into_iter()
        .filter_map(|connection| connection.connection_name)
        .collect();
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(named(&list(&clients).await?, &name).is_some())
    };
    Ok(near::regional(looked, Ok(names), exists).await)
}

async fn list(clients: &Clients) -> Result<Vec<Connection>, CloudError> {
    let mut connections = Vec::new();
    let mut next = None;
    for _ in 0..PAGES {
        let asked = clients
            .codeconnections
            .list_connections()
            .max_results(100)
            .set_next_token(next)
            .send();
        let page = clients
            .ask("codeconnections", "ListConnections", asked)
            .await?;
        connections.extend(page.connections.unwrap_or_default());
        next = page.next_token;
        if next.is_none() {
            break;
        }
    }
    Ok(connections)
}

/// The connection of this name; of several, the one that can be used.
fn named<'a>(connections: &'a [Connection], name: &str) -> Option<&'a Connection> {
    let mut named = connections
        .iter()
        .filter(|connection| connection.connection_name() == Some(name));
    let first = named.next()?;
    let usable = |connection: &&Connection| {
        connection.connection_status() == Some(&ConnectionStatus::Available)
    };
    std::iter::once(first)
        .chain(named)
        .find(usable)
        .or(Some(first))
}

async fn facts(clients: &Clients, connection: &Connection) -> Facts {
    let arn = connection.connection_arn().unwrap_or_default();
    let provider = connection.provider_type().map(ProviderType::as_str);
    Facts::new(arn)
        .with("arn", arn)
        .with_all("provider", only(provider))
        .in_phase(phase(connection.connection_status()))
        .tagged(tag(clients, arn).await)
}

fn phase(status: Option<&ConnectionStatus>) -> Phase {
    match status {
        Some(ConnectionStatus::Available) => Phase::Ready,
        Some(ConnectionStatus::Error) => Phase::Failed("ERROR".to_owned()),
        Some(status) => Phase::Coming(status.as_str().to_owned()),
        None => Phase::Coming("PENDING".to_owned()),
    }
}

async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients
        .codeconnections
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = clients
        .ask("codeconnections", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tags
            .unwrap_or_default()
            .iter()
            .map(|tag| (Some(tag.key()), Some(tag.value()))),
    )
}
