//! IAM's policy documents, as far as a check reads them: whom a role trusts, and whether a
//! document allows an action. It says so when a document is beyond it.

use serde_json::Value;

/// What documents say of an action on a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A statement allows it and none forbids it.
    Allowed,
    /// A statement forbids it.
    Denied,
    /// None speaks of it.
    Silent,
    /// One may speak of it in words that are not read here, such as a condition.
    Unclear,
}

/// A document as IAM's API gives it out: URL-encoded by RFC 3986.
pub(super) fn parse(document: &str) -> Option<Value> {
    serde_json::from_str(&decode(document)?).ok()
}

/// The services that a trust policy lets take the role on.
pub(super) fn trusted_services(document: &Value) -> Vec<String> {
    let mut services: Vec<String> = statements(document)
        .filter(|statement| statement["Effect"] == "Allow")
        .filter(|statement| {
            any(&statement["Action"], |action| {
                covers(action, "sts:assumerole")
            })
        })
        .flat_map(|statement| texts(&statement["Principal"]["Service"]))
        .map(str::to_owned)
        .collect();
    services.dedup();
    services
}

/// What `documents` together say of `action` on `resource`.
pub(super) fn judge(documents: &[Value], action: &str, resource: &str) -> Verdict {
    let action = action.to_lowercase();
    let mut verdict = Verdict::Silent;
    for statement in documents.iter().flat_map(statements) {
        let named = |key: &str| statement.get(key).is_some();
        let unread = named("Condition") || named("NotAction") || named("NotResource");
        let speaks = (named("NotAction")
            || any(&statement["Action"], |pattern| covers(pattern, &action)))
            && (named("NotResource")
                || any(&statement["Resource"], |pattern| {
                    wildcard(pattern, resource)
                }));
        verdict = match (speaks, unread, statement["Effect"] == "Deny") {
            (true, true, _) => Verdict::Unclear,
            (true, false, true) => return Verdict::Denied,
            (true, false, false) if verdict == Verdict::Silent => Verdict::Allowed,
            (false, ..) | (true, false, false) => verdict,
        };
    }
    verdict
}

fn statements(document: &Value) -> impl Iterator<Item = &Value> {
    let statement = &document["Statement"];
    // A single statement may stand without a list.
    let (many, one) = match statement {
        Value::Array(list) => (list.as_slice(), None),
        Value::Object(_) => (&[][..], Some(statement)),
        _ => (&[][..], None),
    };
    many.iter().chain(one)
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let (many, one) = match value {
        Value::Array(list) => (list.as_slice(), None),
        other => (&[][..], Some(other)),
    };
    many.iter().chain(one).filter_map(Value::as_str)
}

fn any(value: &Value, matches: impl Fn(&str) -> bool) -> bool {
    texts(value).any(matches)
}

/// Whether a pattern of an action, which ignores case, covers `action` in lower case.
fn covers(pattern: &str, action: &str) -> bool {
    wildcard(&pattern.to_lowercase(), action)
}

/// Whether `text` matches `pattern`, in which `*` stands for any text and `?` for any character.
fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where to go on when a guess at the last star was too short.
    let mut retry: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                retry = Some((at, seen));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    at = star + 1;
                    seen = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// Percent-decoding; `None` where it is malformed.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            out.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ACTION: &str = "ssm:GetParameters";
    const RESOURCE: &str = "arn:aws:ssm:eu-west-1:123456789012:parameter/tripmgmt/db-password";

    fn verdict(statements: Value) -> Verdict {
        judge(&[json!({ "Statement": statements })], ACTION, RESOURCE)
    }

    #[test]
    fn documents_arrive_encoded() {
        let document = parse("%7B%22Statement%22%3A%5B%5D%7D").unwrap();
        assert_eq!(document, json!({ "Statement": [] }));
        assert_eq!(parse("%7"), None);
        assert_eq!(parse("%zz"), None);
    }

    #[test]
    fn only_allowed_services_are_trusted() {
        let document = json!({ "Statement": [
            { "Effect": "Allow", "Action": ["sts:TagSession", "sts:AssumeRole"], "Principal": { "Service": ["ec2.amazonaws.com", "ecs.amazonaws.com"] } },
            { "Effect": "Deny", "Action": "sts:AssumeRole", "Principal": { "Service": "ecs-tasks.amazonaws.com" } },
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": "*" } },
        ]});
        assert_eq!(
            trusted_services(&document),
            ["ec2.amazonaws.com", "ecs.amazonaws.com"]
        );
    }

    #[test]
    fn a_statement_allows_what_it_covers() {
        let allow = |action: &str, resource: &str| {
            verdict(json!({ "Effect": "Allow", "Action": action, "Resource": resource }))
        };
        assert_eq!(allow("ssm:GetParameters", RESOURCE), Verdict::Allowed);
        assert_eq!(allow("SSM:get*", "*"), Verdict::Allowed);
        assert_eq!(allow("ssm:GetParameter", RESOURCE), Verdict::Silent);
        assert_eq!(
            allow("ssm:GetParameters", "arn:aws:ssm:*:*:parameter/tripmgmt/*"),
            Verdict::Allowed
        );
        assert_eq!(
            allow("ssm:GetParameters", "arn:aws:ssm:*:*:parameter/other/*"),
            Verdict::Silent
        );
    }

    #[test]
    fn a_denial_wins_and_a_condition_is_not_guessed_at() {
        let allow = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        let deny = json!({ "Effect": "Deny", "Action": "ssm:*", "Resource": "*" });
        let unless =
            json!({ "Effect": "Deny", "Action": "ssm:*", "Resource": "*", "Condition": {} });
        assert_eq!(verdict(json!([allow, deny])), Verdict::Denied);
        assert_eq!(verdict(json!([unless, allow])), Verdict::Unclear);
        assert_eq!(
            verdict(json!([{ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }])),
            Verdict::Unclear
        );
    }

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, matches) in [
            ("*", "", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "abcdef", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("**a", "ba", true),
            ("", "a", false),
        ] {
            assert_eq!(wildcard(pattern, text), matches, "{pattern} {text}");
        }
    }
}
