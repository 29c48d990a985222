//! Tags of applications and deployment groups, by ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{no_such_application, no_such_group};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

/// How many tags a resource can have.
const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

/// `TagResource` (CodeDeploy API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    if input.tags.is_empty() {
        return Err(Fault::new(
            "TagRequiredException",
            "A tag was not specified.",
        ));
    }
    let given = of_new(input.tags)?;
    let tags = tags_of(cx, &input.resource_arn)?;
    *tags = tags::joined(tags, given, MOST).ok_or_else(too_many)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (CodeDeploy API Reference): a key that is not there is no error.
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
    /// Fifty tags fit one page.
    #[serde(rename = "NextToken")]
    _next_token: Option<String>,
}

/// `ListTagsForResource` (CodeDeploy API Reference).
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?;
    Ok(json!({ "Tags": tags::list(tags) }))
}

/// The tags of something new, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    for Tag { key, value } in &given {
        if !tags::fits(key, value) {
            let words = format!("The tag with the key {key} is not valid.");
            return Err(Fault::new("InvalidTagsToAddException", words));
        }
    }
    tags::joined(&Tags::new(), tags::collect(given), MOST).ok_or_else(too_many)
}

fn too_many() -> Fault {
    let words = format!("A resource can have at most {MOST} tags.");
    Fault::new("InvalidTagsToAddException", words)
}

/// `arn:…:application:NAME` or `arn:…:deploymentgroup:APPLICATION/NAME`.
fn tags_of<'a>(cx: &'a mut Cx, arn: &str) -> Result<&'a mut Tags, Fault> {
    let own = cx.arn("codedeploy", "");
    let invalid = || {
        Fault::new(
            "InvalidArnException",
            format!("The ARN {arn} is not valid."),
        )
    };
    let resource = arn.strip_prefix(&own).ok_or_else(invalid)?;
    let applications = &mut cx.region().codedeploy.applications;
    match resource.split_once(':').ok_or_else(invalid)? {
        ("application", name) => applications
            .get_mut(name)
            .map(|application| &mut application.tags)
            .ok_or_else(|| no_such_application(name)),
        ("deploymentgroup", names) => {
            let (application, group) = names.split_once('/').ok_or_else(invalid)?;
            applications
                .get_mut(application)
                .ok_or_else(|| no_such_application(application))?
                .groups
                .get_mut(group)
                .map(|group| &mut group.tags)
                .ok_or_else(|| no_such_group(group))
        }
        _ => Err(Fault::new(
            "ArnNotSupportedException",
            format!("The ARN {arn} does not support tags."),
        )),
    }
}
