//! From text to a document, or IAM's words for what is wrong with it
//! (IAM User Guide, "Grammar of the IAM JSON policy language").

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::principals;
use super::conditions::Condition;
use super::document::{Document, Kind, Patterns, Statement};
use crate::fault::Fault;

const SYNTAX: &str = "Syntax errors in policy.";
const VENDOR: &str = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";

const FIELDS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Reads a document, which must be a whole and valid one of its kind.
pub(in crate::services::iam) fn parse(text: &str, kind: Kind) -> Result<Document, Fault> {
    let value = serde_json::from_str::<Value>(text)
        .map_err(|_| malformed("This policy contains invalid Json"))?;
    let Value::Object(document) = value else {
        return Err(malformed(SYNTAX));
    };
    if let Some(strange) = document
        .keys()
        .find(|key| !["Version", "Id", "Statement"].contains(&key.as_str()))
    {
        return Err(malformed(format!("Has prohibited field {strange}")));
    }
    match (document.get("Version").and_then(Value::as_str), kind) {
        (Some("2012-10-17"), _) | (Some("2008-10-17"), Kind::Trust) => {}
        (None, Kind::Trust) if !document.contains_key("Version") => {}
        (Some("2008-10-17") | None, Kind::Identity) => {
            return Err(malformed(
                "Policy document must be version 2012-10-17 or greater.",
            ));
        }
        _ => return Err(malformed("The policy must contain a valid version string")),
    }
    let statements = match document.get("Statement") {
        Some(Value::Array(statements)) if !statements.is_empty() => statements.iter().collect(),
        Some(statement @ Value::Object(_)) => vec![statement],
        _ => return Err(malformed(SYNTAX)),
    };
    let mut ids = BTreeSet::new();
    let statements = statements
        .into_iter()
        .map(|value| {
            let fields = value.as_object().ok_or_else(|| malformed(SYNTAX))?;
            if fields
                .get("Sid")
                .is_some_and(|id| !ids.insert(id.to_string()))
            {
                return Err(malformed(
                    "Statement IDs (SID) in a single policy must be unique.",
                ));
            }
            statement(fields, kind)
        })
        .collect::<Result<_, Fault>>()?;
    Ok(Document { statements })
}

fn statement(fields: &Map<String, Value>, kind: Kind) -> Result<Statement, Fault> {
    if let Some(strange) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(malformed(format!("Has prohibited field {strange}")));
    }
    sid(fields, kind)?;
    let allow = match fields.get("Effect").map(Value::as_str) {
        None => return Err(malformed("Missing required field Effect")),
        Some(Some("Allow")) => true,
        Some(Some("Deny")) => false,
        Some(_) => return Err(malformed(SYNTAX)),
    };
    let actions = patterns(fields, "Action", "NotAction")?.ok_or_else(|| {
        malformed(match kind {
            Kind::Trust => "Missing required field Action",
            Kind::Identity => "Policy statement must contain actions.",
        })
    })?;
    actions
        .list()
        .iter()
        .try_for_each(|action| self::action(action, kind))?;
    let resources = patterns(fields, "Resource", "NotResource")?;
    let principal = fields
        .get("Principal")
        .or_else(|| fields.get("NotPrincipal"));
    let mut services = Patterns::In(Vec::new());
    let resources = match (kind, resources, principal) {
        (Kind::Identity, _, Some(_)) => {
            return Err(malformed("Policy document should not specify a principal."));
        }
        (Kind::Identity, None, None) => {
            return Err(malformed("Policy statement must contain resources."));
        }
        (Kind::Identity, Some(resources), None) => resources,
        (Kind::Trust, Some(_), _) => return Err(malformed("Has prohibited field Resource")),
        (Kind::Trust, None, None) => return Err(malformed("Missing required field Principal")),
        (Kind::Trust, None, Some(principal)) => {
            let named = trusted(principal)?;
            services = if fields.contains_key("Principal") {
                Patterns::In(named)
            } else {
                Patterns::NotIn(named)
            };
            Patterns::In(vec!["*".to_owned()])
        }
    };
    resources
        .list()
        .iter()
        .try_for_each(|resource| self::resource(resource))?;
    Ok(Statement {
        allow,
        actions,
        resources,
        services,
        conditions: conditions(fields)?,
    })
}

fn sid(fields: &Map<String, Value>, kind: Kind) -> Result<(), Fault> {
    let Some(id) = fields.get("Sid") else {
        return Ok(());
    };
    let id = id.as_str().ok_or_else(|| malformed(SYNTAX))?;
    if kind == Kind::Identity && !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(malformed(
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular \
             expression [0-9A-Za-z]*",
        ));
    }
    Ok(())
}

/// `Action` or `NotAction`, a text or a list of them; never both.
fn patterns(
    fields: &Map<String, Value>,
    is: &str,
    is_not: &str,
) -> Result<Option<Patterns>, Fault> {
    match (fields.get(is), fields.get(is_not)) {
        (Some(_), Some(_)) => Err(malformed(SYNTAX)),
        (Some(value), None) => Ok(Some(Patterns::In(texts(value)?))),
        (None, Some(value)) => Ok(Some(Patterns::NotIn(texts(value)?))),
        (None, None) => Ok(None),
    }
}

fn texts(value: &Value) -> Result<Vec<String>, Fault> {
    let text = |value: &Value| {
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| malformed(SYNTAX))
    };
    match value {
        Value::Array(values) if !values.is_empty() => values.iter().map(text).collect(),
        value => Ok(vec![text(value)?]),
    }
}

fn action(action: &str, kind: Kind) -> Result<(), Fault> {
    let prefaced = action
        .split_once(':')
        .is_some_and(|(vendor, name)| !vendor.is_empty() && !name.is_empty());
    match kind {
        Kind::Identity if action == "*" || prefaced => Ok(()),
        Kind::Trust if action.to_lowercase().starts_with("sts:") && prefaced => Ok(()),
        Kind::Trust => Err(malformed(
            "AssumeRole policy may only specify STS AssumeRole actions.",
        )),
        Kind::Identity => Err(malformed(VENDOR)),
    }
}

fn resource(resource: &str) -> Result<(), Fault> {
    let parts = resource.splitn(6, ':').collect::<Vec<_>>();
    // A wildcard may stand for all the rest: `arn:aws:s3*`.
    let arn = parts[0] == "arn" && (parts.len() == 6 || resource.ends_with('*'));
    if resource == "*" || arn {
        return Ok(());
    }
    Err(malformed(format!(
        "Resource {resource} must be in ARN format or \"*\"."
    )))
}

/// Who may assume: `*`, or services, accounts, identities, providers. Gives
/// back the services, or the `*`.
fn trusted(principal: &Value) -> Result<Vec<String>, Fault> {
    let groups = match principal {
        Value::String(all) if all == "*" => return Ok(vec![all.clone()]),
        Value::Object(groups) if !groups.is_empty() => groups,
        _ => return Err(malformed("Invalid principal in policy")),
    };
    let mut services = Vec::new();
    for (kind, names) in groups {
        for name in texts(names)? {
            let known = match kind.as_str() {
                "Service" => principals::is_service(&name),
                "AWS" => identity(&name),
                "Federated" => !name.is_empty(),
                "CanonicalUser" => name.len() == 64,
                _ => false,
            };
            if !known {
                let kind = kind.to_uppercase();
                return Err(malformed(format!(
                    "Invalid principal in policy: \"{kind}\":\"{name}\""
                )));
            }
            if kind == "Service" {
                services.push(name);
            }
        }
    }
    Ok(services)
}

/// `*`, an account id, or the ARN of an account, user, role or session.
fn identity(name: &str) -> bool {
    let account = |id: &str| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    match name.splitn(6, ':').collect::<Vec<_>>()[..] {
        ["*"] => true,
        [id] => account(id),
        ["arn", "aws", "iam" | "sts", "", id, entity] => {
            let (kind, rest) = entity.split_once('/').unwrap_or((entity, ""));
            account(id)
                && (entity == "root"
                    || (["user", "role", "assumed-role", "federated-user"].contains(&kind)
                        && !rest.is_empty()))
        }
        _ => false,
    }
}

fn conditions(fields: &Map<String, Value>) -> Result<Vec<Condition>, Fault> {
    let Some(block) = fields.get("Condition") else {
        return Ok(Vec::new());
    };
    let mut conditions = Vec::new();
    for (operator, keys) in block.as_object().ok_or_else(|| malformed(SYNTAX))? {
        for (key, values) in keys.as_object().ok_or_else(|| malformed(SYNTAX))? {
            if !key.contains(':') {
                return Err(malformed(VENDOR));
            }
            let condition = Condition::new(operator, key, scalars(values)?)
                .ok_or_else(|| malformed(format!("Invalid Condition type : {operator}.")))?;
            conditions.push(condition);
        }
    }
    Ok(conditions)
}

/// Values of a condition: texts, but numbers and booleans pass too.
fn scalars(value: &Value) -> Result<Vec<String>, Fault> {
    let scalar = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        _ => Err(malformed(SYNTAX)),
    };
    match value {
        Value::Array(values) => values.iter().map(scalar).collect(),
        value => Ok(vec![scalar(value)?]),
    }
}

fn malformed(words: impl Into<String>) -> Fault {
    Fault::new("MalformedPolicyDocument", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: Kind, statement: &str) -> String {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        let fault = parse(&text, kind).unwrap_err();
        assert_eq!(fault.code, "MalformedPolicyDocument");
        fault.message
    }

    #[test]
    fn a_trust_policy_says_who_and_not_what() {
        for (statement, words) in [
            (
                r#"{"Effect": "Allow", "Action": "sts:AssumeRole"}"#,
                "Missing required field Principal",
            ),
            (
                r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*", "Resource": "*"}"#,
                "Has prohibited field Resource",
            ),
            (
                r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-task.amazonaws.com"}}"#,
                r#"Invalid principal in policy: "SERVICE":"ecs-task.amazonaws.com""#,
            ),
            (
                r#"{"Effect": "Allow", "Action": "iam:PassRole", "Principal": "*"}"#,
                "AssumeRole policy may only specify STS AssumeRole actions.",
            ),
            (
                r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::1:root"}}"#,
                r#"Invalid principal in policy: "AWS":"arn:aws:iam::1:root""#,
            ),
        ] {
            assert_eq!(refused(Kind::Trust, statement), words);
        }
    }

    #[test]
    fn an_identity_policy_says_what_and_not_who() {
        for (statement, words) in [
            (
                r#"{"Effect": "Allow", "Action": "s3:*"}"#,
                "Policy statement must contain resources.",
            ),
            (
                r#"{"Effect": "Allow", "Resource": "*"}"#,
                "Policy statement must contain actions.",
            ),
            (
                r#"{"Action": "s3:*", "Resource": "*"}"#,
                "Missing required field Effect",
            ),
            (
                r#"{"Effect": "Allow", "Action": "GetObject", "Resource": "*"}"#,
                VENDOR,
            ),
            (
                r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "bucket"}"#,
                r#"Resource bucket must be in ARN format or "*"."#,
            ),
            (
                r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}"#,
                "Policy document should not specify a principal.",
            ),
            (
                r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEqual": {"aws:a": "b"}}}"#,
                "Invalid Condition type : StringEqual.",
            ),
            (
                r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Sid": "a"}, {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Sid": "a"}"#,
                "Statement IDs (SID) in a single policy must be unique.",
            ),
            (
                r#"{"Effect": "allow", "Action": "s3:*", "Resource": "*"}"#,
                SYNTAX,
            ),
            (
                r#"{"Effect": "Allow", "Action": [], "Resource": "*"}"#,
                SYNTAX,
            ),
        ] {
            assert_eq!(refused(Kind::Identity, statement), words);
        }
    }

    #[test]
    fn the_frame_is_checked_too() {
        let says = |text: &str, kind| parse(text, kind).unwrap_err().message;
        assert_eq!(says("{", Kind::Trust), "This policy contains invalid Json");
        assert_eq!(says("[]", Kind::Trust), SYNTAX);
        assert_eq!(says(r#"{"Version": "2012-10-17"}"#, Kind::Identity), SYNTAX);
        let old = r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
        assert_eq!(
            says(old, Kind::Identity),
            "Policy document must be version 2012-10-17 or greater."
        );
    }
}
