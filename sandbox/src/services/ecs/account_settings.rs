//! Account settings: what ECS does by default for everyone in the account.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, one_of};
use super::names::listed;
use crate::context::Cx;
use crate::fault::Fault;

/// The settings there are, with what holds where nobody set anything.
const SETTINGS: [(&str, &str); 11] = [
    ("awsvpcTrunking", "disabled"),
    ("containerInsights", "disabled"),
    ("containerInstanceLongArnFormat", "enabled"),
    ("defaultLogDriverMode", "non-blocking"),
    ("fargateEventWindows", "disabled"),
    ("fargateFIPSMode", "disabled"),
    ("fargateTaskRetirementWaitPeriod", "7"),
    ("guardDutyActivate", "off"),
    ("serviceLongArnFormat", "enabled"),
    ("tagResourceAuthorization", "on"),
    ("taskLongArnFormat", "enabled"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListAccountSettings {
    name: Option<String>,
    value: Option<String>,
    principal_arn: Option<String>,
    #[serde(default)]
    effective_settings: bool,
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListAccountSettings` (ECS API Reference): those that were set, or with `effectiveSettings` all
/// that hold.
pub(crate) fn list_account_settings(
    cx: &mut Cx,
    input: ListAccountSettings,
) -> Result<Value, Fault> {
    if let Some(name) = &input.name {
        known(name)?;
    }
    let principal = principal(cx, input.principal_arn)?;
    let set = &cx.region().ecs.settings;
    let settings = SETTINGS.iter().filter_map(|(name, default)| {
        let own = set.get(*name).map(String::as_str);
        let value = own.or(input.effective_settings.then_some(*default))?;
        let is_asked = input.name.as_deref().is_none_or(|asked| asked == *name)
            && input.value.as_deref().is_none_or(|asked| asked == value);
        is_asked.then(|| described(name, value, &principal))
    });
    let page = listed(
        settings.collect(),
        input.next_token.as_deref(),
        input.max_results,
        10,
    )?;
    Ok(json!({ "settings": page.items, "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutAccountSetting {
    name: String,
    value: String,
    principal_arn: Option<String>,
}

/// `PutAccountSetting` (ECS API Reference).
pub(crate) fn put_account_setting(cx: &mut Cx, input: PutAccountSetting) -> Result<Value, Fault> {
    known(&input.name)?;
    let choices: &[&str] = match input.name.as_str() {
        "containerInsights" => &["enabled", "disabled", "enhanced"],
        "fargateTaskRetirementWaitPeriod" => &["0", "7", "14"],
        "tagResourceAuthorization" | "guardDutyActivate" => &["on", "off"],
        "defaultLogDriverMode" => &["blocking", "non-blocking"],
        _ => &["enabled", "disabled"],
    };
    one_of("value", &input.value, choices)?;
    let principal = principal(cx, input.principal_arn)?;
    let described = described(&input.name, &input.value, &principal);
    cx.region().ecs.settings.insert(input.name, input.value);
    Ok(json!({ "setting": described }))
}

fn known(name: &str) -> Result<(), Fault> {
    let names = SETTINGS.map(|(name, _)| name);
    one_of("name", name, &names)
}

/// Whose the settings are: the account's one user is its root in this.
fn principal(cx: &Cx, given: Option<String>) -> Result<String, Fault> {
    let own = cx.account.iam.user.arn.clone();
    match given {
        Some(arn) if arn != own && arn != cx.global_arn("iam", "root") => Err(invalid(format!(
            "The specified principal ARN '{arn}' is not valid."
        ))),
        given => Ok(given.unwrap_or(own)),
    }
}

fn described(name: &str, value: &str, principal: &str) -> Value {
    let kind = if name == "guardDutyActivate" {
        "aws_managed"
    } else {
        "user"
    };
    json!({ "name": name, "value": value, "principalArn": principal, "type": kind })
}

/// Whether who tags at creation needs `ecs:TagResource` (ECS Developer Guide, "Tagging
/// authorization").
pub(crate) fn tagging_is_authorized(cx: &Cx) -> bool {
    let region = cx.account.regions.get(cx.region);
    let set = region.and_then(|region| region.ecs.settings.get("tagResourceAuthorization"));
    set.is_none_or(|value| value != "off")
}
