//! Applications.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::no_such_application;
use super::state::{Application, Platform};
use super::{names, tags};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateApplication {
    application_name: String,
    compute_platform: Option<Platform>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateApplication` (CodeDeploy API Reference).
pub(crate) fn create_application(cx: &mut Cx, input: CreateApplication) -> Result<Value, Fault> {
    let name = input.application_name;
    names::application(&name)?;
    let tags = tags::of_new(input.tags)?;
    vacant(cx, &name)?;
    let id = cx.account.ids.uuid();
    let application = Application {
        name: name.clone(),
        id: id.clone(),
        created: cx.now,
        platform: input.compute_platform.unwrap_or(Platform::Server),
        tags,
        groups: [].into(),
    };
    cx.region()
        .codedeploy
        .applications
        .insert(name, application);
    Ok(json!({ "applicationId": id }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ApplicationName {
    application_name: String,
}

/// `GetApplication` (CodeDeploy API Reference).
pub(crate) fn get_application(cx: &mut Cx, input: ApplicationName) -> Result<Value, Fault> {
    let application = found(cx, &input.application_name)?;
    Ok(json!({ "application": described(application) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchGetApplications {
    application_names: Vec<String>,
}

/// `BatchGetApplications` (CodeDeploy API Reference): all of them, or a refusal.
pub(crate) fn batch_get_applications(
    cx: &mut Cx,
    input: BatchGetApplications,
) -> Result<Value, Fault> {
    names::batch(&input.application_names)?;
    let mut described_ones = Vec::new();
    for name in &input.application_names {
        described_ones.push(described(found(cx, name)?));
    }
    Ok(json!({ "applicationsInfo": described_ones }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListApplications {
    next_token: Option<String>,
}

/// `ListApplications` (CodeDeploy API Reference).
pub(crate) fn list_applications(cx: &mut Cx, input: ListApplications) -> Result<Value, Fault> {
    let names = cx
        .region()
        .codedeploy
        .applications
        .keys()
        .cloned()
        .collect();
    let page = names::page(names, input.next_token.as_deref())?;
    Ok(json!({ "applications": page.items, "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateApplication {
    // The model calls both optional; without the first there is nothing to update.
    application_name: String,
    new_application_name: Option<String>,
}

/// `UpdateApplication` (CodeDeploy API Reference): a new name.
pub(crate) fn update_application(cx: &mut Cx, input: UpdateApplication) -> Result<Value, Fault> {
    let old = input.application_name;
    found(cx, &old)?;
    if let Some(new) = input.new_application_name.filter(|new| *new != old) {
        names::application(&new)?;
        vacant(cx, &new)?;
        let applications = &mut cx.region().codedeploy.applications;
        if let Some(mut application) = applications.remove(&old) {
            application.name.clone_from(&new);
            applications.insert(new, application);
        }
    }
    Ok(Value::Null)
}

/// `DeleteApplication` (CodeDeploy API Reference): its groups go with it; one
/// that is not there is none to delete.
pub(crate) fn delete_application(cx: &mut Cx, input: ApplicationName) -> Result<Value, Fault> {
    names::application(&input.application_name)?;
    let applications = &mut cx.region().codedeploy.applications;
    applications.remove(&input.application_name);
    Ok(Value::Null)
}

/// The application of that name, or CodeDeploy's words for that there is none.
pub(super) fn found<'a>(cx: &'a mut Cx, name: &str) -> Result<&'a mut Application, Fault> {
    names::application(name)?;
    let applications = &mut cx.region().codedeploy.applications;
    applications
        .get_mut(name)
        .ok_or_else(|| no_such_application(name))
}

fn vacant(cx: &mut Cx, name: &str) -> Result<(), Fault> {
    if !cx.region().codedeploy.applications.contains_key(name) {
        return Ok(());
    }
    let words = format!("Application already exists with name: {name}");
    Err(Fault::new("ApplicationAlreadyExistsException", words))
}

fn described(application: &Application) -> Value {
    json!({
        "applicationId": application.id,
        "applicationName": application.name,
        "createTime": timestamp(application.created),
        "linkedToGitHub": false,
        "computePlatform": application.platform,
    })
}
