//! Connections: made, listed, deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::{self, CODE};
use super::state::{Connection, Status};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::tags::{self, Tag, Tags};

/// How many connections an account may have (Developer Tools console User Guide, "Quotas for
/// connections").
const LIMIT: usize = 250;

/// Providers that one runs oneself, behind a host resource.
const SELF_MANAGED: [&str; 2] = ["GitHubEnterpriseServer", "GitLabSelfManaged"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateConnection {
    provider_type: Option<String>,
    connection_name: String,
    #[serde(default)]
    tags: Vec<Tag>,
    host_arn: Option<String>,
}

/// `CreateConnection` (`CodeConnections` API Reference): pending until a person has finished the
/// handshake with the Git host in the console.
pub(crate) fn create_connection(cx: &mut Cx, input: CreateConnection) -> Result<Value, Fault> {
    create(cx, input, "codeconnections")
}

/// `CreateConnection` (`CodeStar` Connections API Reference): the same by the older name.
pub(crate) fn create_older_connection(
    cx: &mut Cx,
    input: CreateConnection,
) -> Result<Value, Fault> {
    create(cx, input, "codestar-connections")
}

fn create(cx: &mut Cx, input: CreateConnection, service: &str) -> Result<Value, Fault> {
    let name = input.connection_name;
    if !(1..=32).contains(&name.chars().count()) {
        let rule = "Member must have length between 1 and 32";
        return Err(Fault::constraint(CODE, "connectionName", &name, rule));
    }
    if let Some(host) = input.host_arn {
        let words = format!("[Host] with ARN [{host}] was not found.");
        return Err(Fault::new("ResourceNotFoundException", words));
    }
    let provider = input.provider_type.ok_or_else(|| {
        let words = "Either the provider type or the host ARN must be specified.";
        Fault::new(CODE, words)
    })?;
    checks::provider("providerType", &provider)?;
    if SELF_MANAGED.contains(&provider.as_str()) {
        let words = format!("A host ARN must be specified for the provider type {provider}.");
        return Err(Fault::new(CODE, words));
    }
    let tags = checks::tags(&Tags::new(), input.tags)?;
    if cx.region().connections.connections.len() >= LIMIT {
        let words = "The maximum number of connections in this account has been reached.";
        return Err(Fault::new("LimitExceededException", words));
    }
    let id = cx.account.ids.uuid();
    let arn = cx.arn(service, &format!("connection/{id}"));
    let answer = json!({ "ConnectionArn": arn, "Tags": tags::list(&tags) });
    let connection = Connection {
        name,
        arn: arn.clone(),
        provider,
        status: Status::Pending,
        created: cx.now,
        tags,
    };
    cx.region().connections.connections.insert(arn, connection);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ConnectionArn {
    connection_arn: String,
}

/// `GetConnection` (`CodeConnections` API Reference).
pub(crate) fn get_connection(cx: &mut Cx, input: ConnectionArn) -> Result<Value, Fault> {
    let owner = cx.account.id.clone();
    let connection = checks::find(cx, "connectionArn", &input.connection_arn)?;
    Ok(json!({ "Connection": details(connection, &owner) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListConnections {
    provider_type_filter: Option<String>,
    host_arn_filter: Option<String>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// `ListConnections` (`CodeConnections` API Reference).
pub(crate) fn list_connections(cx: &mut Cx, input: ListConnections) -> Result<Value, Fault> {
    if let Some(provider) = &input.provider_type_filter {
        checks::provider("providerTypeFilter", provider)?;
    }
    let size = match input.max_results.unwrap_or(0) {
        0 => 50,
        size @ 1..=100 => size,
        size => {
            let rule = "Member must have value less than or equal to 100";
            return Err(Fault::constraint(
                CODE,
                "maxResults",
                &size.to_string(),
                rule,
            ));
        }
    };
    let owner = cx.account.id.clone();
    let mut connections = cx
        .region()
        .connections
        .connections
        .values()
        .collect::<Vec<_>>();
    // There are no hosts, so none has a connection.
    connections.retain(|_| input.host_arn_filter.is_none());
    if let Some(provider) = &input.provider_type_filter {
        connections.retain(|connection| connection.provider == *provider);
    }
    connections.sort_by_key(|connection| connection.created);
    let shown = connections
        .into_iter()
        .map(|connection| details(connection, &owner))
        .collect();
    let page = page(shown, input.next_token.as_deref(), size)
        .ok_or_else(|| Fault::new(CODE, "The provided next token is not valid."))?;
    Ok(json!({ "Connections": page.items, "NextToken": page.next }))
}

/// `DeleteConnection` (`CodeConnections` API Reference): whoever uses it finds out at the next use.
pub(crate) fn delete_connection(cx: &mut Cx, input: ConnectionArn) -> Result<Value, Fault> {
    checks::find(cx, "connectionArn", &input.connection_arn)?;
    let connections = &mut cx.region().connections.connections;
    connections.remove(&input.connection_arn);
    Ok(json!({}))
}

fn details(connection: &Connection, owner: &str) -> Value {
    json!({
        "ConnectionName": connection.name,
        "ConnectionArn": connection.arn,
        "ProviderType": connection.provider,
        "OwnerAccountId": owner,
        "ConnectionStatus": connection.status,
    })
}
