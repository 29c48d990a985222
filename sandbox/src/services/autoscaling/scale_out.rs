//! Launching instances for a group, spread over its zones.

use std::collections::BTreeMap;

use serde_json::json;

use super::activities::{self, Draft};
use super::state::{Group, Lifecycle, Member};
use super::tend;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::{self, Launch, TemplateRef};
use crate::tags::Tags;

/// Launches `count` instances for the group. Says how many launches in a row have failed by now:
/// after one that fails, the rest is not tried.
pub(super) fn grow(cx: &mut Cx, name: &str, count: u32) -> u32 {
    for _ in 0..count {
        let Some(group) = cx.region().autoscaling.groups.get(name).cloned() else {
            return 0;
        };
        let (zone, subnet) = place(cx, &group);
        let size = group.size();
        let words = format!(
            "an instance was started in response to a difference between desired and actual capacity, increasing \
             the capacity from {size} to {}.",
            size + 1
        );
        let cause = activities::cause(&group.cause, &tend::at(cx, &words));
        let details = json!({ "Subnet ID": subnet, "Availability Zone": zone }).to_string();
        let launched = launch(cx, &group, subnet);
        let failures = match &launched {
            Ok(_) => 0,
            Err(_) => group.failures + 1,
        };
        let draft = match &launched {
            Ok(member) => Draft {
                description: format!("Launching a new EC2 instance: {}", member.id),
                status: "PreInService",
                message: None,
                cause,
                details,
            },
            Err(fault) => {
                let words = format!(
                    "{} Launching EC2 instance failed.",
                    sentence(&fault.message)
                );
                Draft {
                    description: format!("Launching a new EC2 instance.  Status Reason: {words}"),
                    status: "Failed",
                    message: Some(words),
                    cause,
                    details,
                }
            }
        };
        let activity = activities::begin(cx, name, draft);
        let Some(group) = cx.region().autoscaling.groups.get_mut(name) else {
            return 0;
        };
        group.failures = failures;
        match launched {
            Ok(member) => group.members.push(Member { activity, ..member }),
            Err(_) => return failures,
        }
    }
    0
}

/// The zone with the fewest instances, the first of them, and a subnet in it.
fn place(cx: &mut Cx, group: &Group) -> (String, Option<String>) {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for member in group.staying() {
        *sizes.entry(&member.zone).or_default() += 1;
    }
    let size = |zone: &&String| sizes.get(zone.as_str()).copied().unwrap_or(0);
    let zone = group
        .zones
        .iter()
        .min_by_key(size)
        .cloned()
        .unwrap_or_default();
    let ec2 = &cx.region().ec2;
    let subnets = if group.subnets.is_empty() {
        let vpc = ec2.default_vpc().map(|vpc| vpc.id.clone());
        vpc.map(|vpc| ec2.default_subnets(&vpc)).unwrap_or_default()
    } else {
        group.subnets.clone()
    };
    let in_zone = |id: &String| {
        ec2.subnets
            .get(id)
            .is_some_and(|subnet| subnet.zone == zone)
    };
    // A subnet that was deleted since is still asked for, so that the launch says what is wrong.
    let subnet = subnets.iter().find(|id| in_zone(id)).or(subnets.first());
    (zone.clone(), subnet.cloned())
}

fn launch(cx: &mut Cx, group: &Group, subnet: Option<String>) -> Result<Member, Fault> {
    // By its id: a template of the same name made later is another one.
    let asked = TemplateRef {
        launch_template_name: None,
        ..group.template.clone()
    };
    let template = asked.resolve(&cx.region().ec2)?;
    let propagated = group.tags.iter().filter(|(_, tag)| tag.propagate);
    let mut tags: Tags = propagated
        .map(|(key, tag)| (key.clone(), tag.value.clone()))
        .collect();
    for (key, value) in [
        ("aws:autoscaling:groupName", group.name.clone()),
        ("aws:ec2launchtemplate:id", template.id.clone()),
        (
            "aws:ec2launchtemplate:version",
            template.version.to_string(),
        ),
    ] {
        tags.insert(key.to_owned(), value);
    }
    let token = cx.account.ids.uuid();
    let launched = ec2::launch(
        cx,
        Launch {
            parameters: template.parameters,
            subnet,
            count: 1,
            tags,
            client_token: Some(token),
            requester: Some("autoscaling.amazonaws.com"),
        },
    )?;
    let instances = &cx.region().ec2.instances;
    let instance = launched.first().and_then(|id| instances.get(id));
    let instance =
        instance.ok_or_else(|| Fault::new("InternalError", "No instance was launched."))?;
    Ok(Member {
        id: instance.id.clone(),
        zone: instance.zone.clone(),
        kind: instance.kind.clone(),
        image: instance.image.clone(),
        template: TemplateRef {
            launch_template_id: Some(template.id),
            launch_template_name: Some(template.name),
            version: Some(template.version.to_string()),
        },
        state: Lifecycle::Pending,
        healthy: true,
        protected: group.settings.protected.unwrap_or(false),
        activity: None,
    })
}

/// With a full stop at its end.
fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}
