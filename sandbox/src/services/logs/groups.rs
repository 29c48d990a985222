//! Log groups.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::LogGroup;
use super::{CODE, names, tagging};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::tags::Tags;

const CLASSES: [&str; 3] = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateLogGroup {
    log_group_name: String,
    kms_key_id: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    log_group_class: Option<String>,
}

/// `CreateLogGroup` (`CloudWatch` Logs API Reference).
pub(crate) fn create_log_group(cx: &mut Cx, input: CreateLogGroup) -> Result<Value, Fault> {
    names::form("logGroupName", &input.log_group_name)?;
    if input.log_group_name.starts_with("aws/") {
        return Err(Fault::new(
            CODE,
            "Log group names cannot start with the string aws/",
        ));
    }
    let class = input
        .log_group_class
        .unwrap_or_else(|| CLASSES[0].to_owned());
    self::class(&class)?;
    let tags = tagging::merged(&Tags::new(), input.tags)?;
    let now = cx.now;
    let groups = &mut cx.region().logs.groups;
    if groups.contains_key(&input.log_group_name) {
        let words = "The specified log group already exists";
        return Err(Fault::new("ResourceAlreadyExistsException", words));
    }
    let group = LogGroup {
        class,
        kms_key: input.kms_key_id,
        tags,
        ..LogGroup::new(now)
    };
    groups.insert(input.log_group_name, group);
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeLogGroups {
    log_group_name_prefix: Option<String>,
    log_group_name_pattern: Option<String>,
    log_group_class: Option<String>,
    next_token: Option<String>,
    limit: Option<usize>,
}

/// `DescribeLogGroups` (`CloudWatch` Logs API Reference).
pub(crate) fn describe_log_groups(cx: &mut Cx, input: DescribeLogGroups) -> Result<Value, Fault> {
    let (prefix, pattern) = (input.log_group_name_prefix, input.log_group_name_pattern);
    if prefix.is_some() && pattern.is_some() {
        let words =
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.";
        return Err(Fault::new(CODE, words));
    }
    if let Some(prefix) = &prefix {
        names::form("logGroupNamePrefix", prefix)?;
    }
    if let Some(wanted) = &input.log_group_class {
        class(wanted)?;
    }
    let limit = names::limit(input.limit, 50)?;
    cx.region();
    let groups = cx
        .account
        .regions
        .get(cx.region)
        .map(|region| &region.logs.groups);
    let found = groups
        .into_iter()
        .flatten()
        .filter(|(name, _)| {
            prefix
                .as_ref()
                .is_none_or(|prefix| name.starts_with(prefix))
        })
        .filter(|(name, _)| {
            pattern
                .as_ref()
                .is_none_or(|pattern| name.contains(pattern))
        })
        .filter(|(_, group)| {
            input
                .log_group_class
                .as_ref()
                .is_none_or(|class| *class == group.class)
        })
        .map(|(name, group)| details(cx, name, group))
        .collect();
    let page = page(found, input.next_token.as_deref(), limit).ok_or_else(names::bad_token)?;
    Ok(json!({"logGroups": page.items, "nextToken": page.next}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteLogGroup {
    log_group_name: String,
}

/// `DeleteLogGroup` (`CloudWatch` Logs API Reference).
pub(crate) fn delete_log_group(cx: &mut Cx, input: DeleteLogGroup) -> Result<Value, Fault> {
    names::find(cx, &input.log_group_name)?;
    cx.region().logs.groups.remove(&input.log_group_name);
    Ok(Value::Null)
}

fn class(name: &str) -> Result<(), Fault> {
    if CLASSES.contains(&name) {
        return Ok(());
    }
    let rule = "Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY]";
    Err(Fault::constraint(CODE, "logGroupClass", name, rule))
}

fn details(cx: &Cx, name: &str, group: &LogGroup) -> Value {
    let arn = names::arn(cx, name);
    json!({
        "logGroupName": name,
        "creationTime": group.created,
        "retentionInDays": group.retention_days,
        "metricFilterCount": 0,
        "arn": format!("{arn}:*"),
        "storedBytes": 0,
        "kmsKeyId": group.kms_key,
        "logGroupClass": group.class,
        "logGroupArn": arn,
    })
}
