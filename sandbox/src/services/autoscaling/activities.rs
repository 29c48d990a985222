//! Scaling activities: what a group did, and why.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{found, invalid};
use super::listing::{Filter, Wanted, listing, unknown_filter};
use super::state::Activity;
use crate::clock::{self, Millis};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

/// How many activities of a group are kept; AWS keeps six weeks of them.
const KEPT: usize = 200;

/// An activity that is about to begin.
pub(super) struct Draft {
    pub(super) description: String,
    /// A `Failed` one is over at once.
    pub(super) status: &'static str,
    pub(super) message: Option<String>,
    pub(super) cause: String,
    pub(super) details: String,
}

/// Notes an activity of the group, and gives its id.
pub(super) fn begin(cx: &mut Cx, group: &str, draft: Draft) -> Option<String> {
    let (now, id) = (cx.now, cx.account.ids.uuid());
    let autoscaling = &mut cx.region().autoscaling;
    let arn = autoscaling.groups.get(group)?.arn.clone();
    let activity = Activity {
        id: id.clone(),
        group: group.to_owned(),
        description: draft.description,
        cause: draft.cause,
        details: draft.details,
        started: now,
        ended: (draft.status == "Failed").then_some(now),
        status: draft.status.to_owned(),
        message: draft.message,
        arn,
    };
    autoscaling.activities.push(activity);
    let of_group = |activity: &Activity| activity.group == group;
    let activities = &mut autoscaling.activities;
    if activities.iter().filter(|it| of_group(it)).count() > KEPT
        && let Some(oldest) = activities.iter().position(of_group)
    {
        activities.remove(oldest);
    }
    Some(id)
}

/// Ends an activity.
pub(super) fn end(cx: &mut Cx, id: &str, status: &str) {
    let now = cx.now;
    if let Some(activity) = cx.region().autoscaling.activity(id) {
        activity.ended = Some(now);
        status.clone_into(&mut activity.status);
    }
}

/// Two sentences of a cause, the first of which may be missing.
pub(super) fn cause(first: &str, second: &str) -> String {
    if first.is_empty() {
        second.to_owned()
    } else {
        format!("{first}  {second}")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeScalingActivities {
    #[serde(default)]
    activity_ids: Vec<String>,
    auto_scaling_group_name: Option<String>,
    #[serde(default)]
    include_deleted_groups: bool,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    filters: Vec<Filter>,
    max_records: Option<usize>,
    next_token: Option<String>,
}

/// `DescribeScalingActivities` (Auto Scaling API Reference): those under way first, then the newest.
pub(crate) fn describe_scaling_activities(
    cx: &mut Cx,
    input: DescribeScalingActivities,
) -> Result<Value, Fault> {
    let autoscaling = &cx.region().autoscaling;
    let name = input.auto_scaling_group_name.as_ref();
    if let Some(name) = name.filter(|_| !input.include_deleted_groups) {
        found(autoscaling, name)?;
    }
    let filters = input
        .filters
        .iter()
        .map(Test::of)
        .collect::<Result<Vec<_>, _>>()?;
    let there = |activity: &Activity| {
        let group = autoscaling.groups.get(&activity.group);
        group.is_some_and(|group| group.arn == activity.arn)
    };
    let wanted = |activity: &&Activity| {
        name.is_none_or(|name| activity.group == *name)
            && (input.activity_ids.is_empty() || input.activity_ids.contains(&activity.id))
            && (input.include_deleted_groups || there(activity))
            && filters.iter().all(|test| test.passes(activity))
    };
    let mut activities: Vec<_> = autoscaling.activities.iter().rev().filter(wanted).collect();
    activities.sort_by_key(|activity| activity.ended.is_some());
    let described = activities.into_iter().map(|activity| {
        let mut item = described(activity);
        if !there(activity) {
            item["AutoScalingGroupState"] = json!("Deleted");
        }
        item
    });
    listing(
        "Activities",
        described.collect(),
        &Wanted {
            token: input.next_token,
            size: input.max_records,
            usual: 100,
            most: 100,
        },
    )
}

/// A filter, read.
enum Test<'a> {
    Status(&'a Filter),
    From(Millis),
    Until(Millis),
}

impl Test<'_> {
    fn of(filter: &Filter) -> Result<Test<'_>, Fault> {
        let instant = || {
            let text = filter.values.first().map_or("", String::as_str);
            let compact = text.replace(['-', ':'], "");
            clock::parse_amz_date(&compact)
                .ok_or_else(|| invalid(format!("The timestamp {text} is not valid.")))
        };
        match filter.name.as_str() {
            "Status" => Ok(Test::Status(filter)),
            "StartTimeLowerBound" => Ok(Test::From(instant()?)),
            "StartTimeUpperBound" => Ok(Test::Until(instant()?)),
            other => Err(unknown_filter(other)),
        }
    }

    fn passes(&self, activity: &Activity) -> bool {
        match self {
            Test::Status(filter) => filter.has(&activity.status),
            Test::From(at) => activity.started >= *at,
            Test::Until(at) => activity.started <= *at,
        }
    }
}

pub(super) fn described(activity: &Activity) -> Value {
    json!({
        "ActivityId": activity.id,
        "AutoScalingGroupName": activity.group,
        "AutoScalingGroupARN": activity.arn,
        "Description": activity.description,
        "Cause": activity.cause,
        "StartTime": timestamp(activity.started),
        "EndTime": activity.ended.map(timestamp),
        "StatusCode": activity.status,
        "StatusMessage": activity.message,
        "Progress": match activity.status.as_str() {
            "PreInService" => 30,
            "InProgress" => 0,
            _ => 100,
        },
        "Details": activity.details,
    })
}
