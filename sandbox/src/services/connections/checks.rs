//! What several operations check alike.

use super::state::Connection;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{Tag, Tags};

/// The code of what does not fit the model.
pub(super) const CODE: &str = "ValidationException";

const PROVIDERS: [&str; 6] = [
    "Bitbucket",
    "GitHub",
    "GitHubEnterpriseServer",
    "GitLab",
    "GitLabSelfManaged",
    "AzureDevOps",
];

/// How many tags a connection may have.
const TAGS: usize = 200;

pub(super) fn provider(member: &str, name: &str) -> Result<(), Fault> {
    if PROVIDERS.contains(&name) {
        return Ok(());
    }
    let set = PROVIDERS.join(", ");
    let rule = format!("Member must satisfy enum value set: [{set}]");
    Err(Fault::constraint(CODE, member, name, &rule))
}

/// The connection of that ARN, in the Region of the call.
pub(super) fn find<'a>(
    cx: &'a mut Cx,
    member: &str,
    arn: &str,
) -> Result<&'a mut Connection, Fault> {
    if arn.splitn(6, ':').count() < 6 || !arn.starts_with("arn:aws") {
        let rule =
            r"Member must satisfy regular expression pattern: arn:aws(-[\w]+)*:.+:.+:[0-9]{12}:.+";
        return Err(Fault::constraint(CODE, member, arn, rule));
    }
    let connections = &mut cx.region().connections.connections;
    connections.get_mut(arn).ok_or_else(|| {
        Fault::new(
            "ResourceNotFoundException",
            format!("[Connection] with ARN [{arn}] was not found."),
        )
    })
}

/// The tags that are there with the given ones.
pub(super) fn tags(there: &Tags, given: Vec<Tag>) -> Result<Tags, Fault> {
    let mut all = there.clone();
    for Tag { key, value } in given {
        if !(1..=128).contains(&key.chars().count()) || key.starts_with("aws:") {
            let rule = "Member must have length between 1 and 128 and must not start with aws:";
            return Err(Fault::constraint(CODE, "tags.1.member.key", &key, rule));
        }
        if value.chars().count() > 256 {
            let rule = "Member must have length less than or equal to 256";
            return Err(Fault::constraint(CODE, "tags.1.member.value", &value, rule));
        }
        all.insert(key, value);
    }
    if all.len() > TAGS {
        let words = "A connection can have no more than 200 tags.";
        return Err(Fault::new("LimitExceededException", words));
    }
    Ok(all)
}
