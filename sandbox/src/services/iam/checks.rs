//! What IAM asks of names, paths, tags and sizes (IAM User Guide, "IAM and STS quotas").

use crate::fault::Fault;
use crate::tags::{Tag, Tags};

pub(super) const CODE: &str = "ValidationError";

/// A friendly name: letters, digits and `+=,.@_-`, at most `limit` long.
pub(super) fn name(member: &str, value: &str, limit: usize) -> Result<(), Fault> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "+=,.@_-".contains(letter);
    if value.is_empty() || !value.chars().all(allowed) {
        return Err(Fault::new(
            CODE,
            format!(
                "The specified value for {member} is invalid. It must contain only alphanumeric \
                 characters and/or the following: +=,.@_-"
            ),
        ));
    }
    if value.len() > limit {
        let rule = format!("Member must have length less than or equal to {limit}");
        return Err(Fault::constraint(CODE, member, value, &rule));
    }
    Ok(())
}

/// A path: `/`, or `/` at both ends.
pub(super) fn path(value: &str) -> Result<(), Fault> {
    let visible = value.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
    if value.starts_with('/') && value.ends_with('/') && visible && value.len() <= 512 {
        return Ok(());
    }
    Err(Fault::new(
        CODE,
        "The specified value for path is invalid. It must begin and end with / and contain only \
         alphanumeric characters and/or / characters.",
    ))
}

/// Tags, at most fifty with those that are there.
pub(super) fn tags(there: &Tags, given: Vec<Tag>) -> Result<Tags, Fault> {
    let mut seen = Tags::new();
    for Tag { key, value } in given {
        if key.is_empty() || key.chars().count() > 128 {
            let rule = "Member must have length between 1 and 128";
            return Err(Fault::constraint(CODE, "tags.1.member.key", &key, rule));
        }
        if value.chars().count() > 256 {
            let rule = "Member must have length less than or equal to 256";
            return Err(Fault::constraint(CODE, "tags.1.member.value", &value, rule));
        }
        if key.to_lowercase().starts_with("aws:") {
            return Err(Fault::new(
                "InvalidInput",
                "Tag keys beginning with 'aws:' are reserved for system use.",
            ));
        }
        if seen.insert(key, value).is_some() {
            let words = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(Fault::new("InvalidInput", words));
        }
    }
    let mut all = there.clone();
    all.extend(seen);
    if all.len() > 50 {
        return Err(Fault::conflict(
            "LimitExceeded",
            "The number of tags has reached the maximum limit.",
        ));
    }
    Ok(all)
}

/// A managed policy's ARN, as far as its form goes.
pub(super) fn policy_arn(arn: &str) -> Result<(), Fault> {
    let parts = arn.splitn(6, ':').collect::<Vec<_>>();
    let known = matches!(parts[..], ["arn", "aws", "iam", "", owner, resource]
        if (owner == "aws" || owner.len() == 12) && resource.starts_with("policy/"));
    if known {
        Ok(())
    } else {
        Err(Fault::new(
            "InvalidInput",
            format!("ARN {arn} is not valid."),
        ))
    }
}
