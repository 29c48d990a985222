//! Calls as commands of the AWS CLI, to be pasted into a shell.

use serde_json::Value;

use super::{Call, Secret, Variables};

/// The CLI profile that a command names, so that it reaches this account and no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile(pub String);

/// The commands of several calls, in order. A value that a later command needs and that is not
/// known yet is kept in a shell variable named after it.
pub fn commands(calls: &[Call], variables: &Variables, profile: &Profile) -> String {
    calls
        .iter()
        .map(|call| command(call, variables, profile))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// One call as a command: each parameter on a line of its own. A blob is written to a file first.
pub fn command(call: &Call, variables: &Variables, profile: &Profile) -> String {
    let mut lines = vec![format!("aws {} {}", call.service, kebab(&call.operation))];
    if let Value::Object(params) = &call.params {
        // What the thing is called comes first, as people write it.
        let (names, rest): (Vec<_>, Vec<_>) =
            params.iter().partition(|(name, _)| is_identifier(name));
        lines.extend(
            names
                .into_iter()
                .chain(rest)
                .map(|(name, value)| argument(name, value, variables, profile)),
        );
    }
    lines.push(format!("--profile {}", profile.0));
    let command = match &call.capture {
        Some(capture) => {
            lines.push(format!("--query {} --output text", capture.path));
            format!(
                "{}=$({})",
                shell_variable(&capture.variable),
                lines.join(" \\\n  ")
            )
        }
        None => lines.join(" \\\n  "),
    };
    blob_files(&call.params) + &command
}

/// Commands that write the blobs among `params` to files. On the command line, version 1 of the
/// CLI takes a blob as it is and version 2 in base64; from a file both take it as it is.
fn blob_files(params: &Value) -> String {
    let blobs = params.as_object().into_iter().flatten();
    let blobs = blobs.filter(|(name, _)| is_blob(name));
    let file = |(name, value): (&String, &Value)| {
        let base64 = value.as_str()?;
        let (base64, file) = (shell_quote(base64), kebab(name));
        Some(format!("printf %s {base64} | base64 --decode > {file}\n"))
    };
    blobs.filter_map(file).collect()
}

/// `value` as one word of a POSIX shell.
pub fn shell_quote(value: &str) -> String {
    let plain = !value.is_empty()
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./:=@,+%".contains(&byte));
    if plain {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

fn argument(name: &str, value: &Value, variables: &Variables, profile: &Profile) -> String {
    let flag = kebab(name);
    match value {
        Value::Bool(true) => format!("--{flag}"),
        Value::Bool(false) => format!("--no-{flag}"),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let words: Vec<_> = items
                .iter()
                .filter_map(Value::as_str)
                .map(|text| word(text, variables))
                .collect();
            format!("--{flag} {}", words.join(" "))
        }
        Value::String(_) if is_blob(name) => format!("--{flag} fileb://{flag}"),
        Value::String(text) => format!("--{flag} {}", word(text, variables)),
        other => match Secret::from_param(other) {
            Some(secret) => format!("--{flag} {}", secret_word(&secret, variables, profile)),
            None => format!("--{flag} {}", word(&other.to_string(), variables)),
        },
    }
}

/// A template as one shell word: known variables as they are, unknown ones as shell variables.
fn word(template: &str, variables: &Variables) -> String {
    let mut unknown = false;
    let filled = variables
        .fill_with(template, |name| {
            unknown = true;
            Ok::<_, std::convert::Infallible>(format!("${{{}}}", shell_variable(name)))
        })
        .unwrap_or_else(|never| match never {});
    if unknown {
        format!(
            "\"{}\"",
            filled
                .replace('\\', r"\\")
                .replace('"', "\\\"")
                .replace('`', "\\`")
        )
    } else {
        shell_quote(&filled)
    }
}

fn secret_word(secret: &Secret, variables: &Variables, profile: &Profile) -> String {
    match secret {
        Secret::Generate(_) | Secret::Typed(_) => "\"$(openssl rand -hex 12)\"".to_owned(),
        Secret::Parameter(name) => format!(
            "\"$(aws ssm get-parameter --name {} --with-decryption \\\n    --query Parameter.Value --output text --profile {})\"",
            word(name, variables),
            profile.0
        ),
    }
}

fn is_identifier(param: &str) -> bool {
    let named = param == "name"
        || ["Name", "Identifier", "Id"]
            .iter()
            .any(|end| param.ends_with(end));
    named && param != "DatabaseName"
}

/// Bytes, which stand in a call as base64.
fn is_blob(param: &str) -> bool {
    param.ends_with("Blob")
}

fn shell_variable(name: &str) -> String {
    name.to_ascii_uppercase()
}

/// `DBClusterIdentifier` → `db-cluster-identifier`, `repositoryName` → `repository-name`, as the
/// CLI derives its names from the API's.
fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 6);
    for (at, &char) in chars.iter().enumerate() {
        if char.is_uppercase() && at > 0 {
            let after_lower = !chars[at - 1].is_uppercase();
            let before_word = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
            if after_lower || before_word {
                out.push('-');
            }
        }
        out.extend(char.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn render(call: &Call) -> String {
        let mut variables = Variables::default();
        variables.set("db_cluster", "tripmgmt-dbcluster");
        command(call, &variables, &Profile("greenlight-local".into()))
    }

    #[test]
    fn names_follow_the_cli() {
        for (api, cli) in [
            ("DBClusterIdentifier", "db-cluster-identifier"),
            ("CreateDBInstance", "create-db-instance"),
            ("VpcSecurityGroupIds", "vpc-security-group-ids"),
            (
                "EnableIAMDatabaseAuthentication",
                "enable-iam-database-authentication",
            ),
            ("repositoryName", "repository-name"),
        ] {
            assert_eq!(kebab(api), cli);
        }
    }

    #[test]
    fn values_are_quoted_for_the_shell() {
        let call = Call::new(
            "rds",
            "CreateDBCluster",
            json!({
                "DBClusterIdentifier": "{{db_cluster}}",
                "VpcSecurityGroupIds": ["{{db_security_group_id}}"],
                "Tags": [{"Key": "it's", "Value": "x"}],
                "StorageEncrypted": true,
                "DeletionProtection": false,
                "MasterUserPassword": {"$parameter": "/tripmgmt/db-password"},
            }),
        );
        let text = render(&call);
        assert!(text.starts_with("aws rds create-db-cluster"), "{text}");
        assert!(
            text.contains("--db-cluster-identifier tripmgmt-dbcluster"),
            "{text}"
        );
        assert!(
            text.contains(r#"--vpc-security-group-ids "${DB_SECURITY_GROUP_ID}""#),
            "{text}"
        );
        assert!(
            text.contains(r#"--tags '[{"Key":"it'\''s","Value":"x"}]'"#),
            "{text}"
        );
        assert!(
            text.contains("--storage-encrypted") && text.contains("--no-deletion-protection"),
            "{text}"
        );
        assert!(
            text.contains("--master-user-password \"$(aws ssm get-parameter"),
            "{text}"
        );
        assert!(text.ends_with("--profile greenlight-local"), "{text}");
    }

    #[test]
    fn an_answer_is_kept_in_a_shell_variable() {
        let call = Call::new("ec2", "CreateSecurityGroup", json!({"GroupName": "a"}))
            .capture("db_security_group_id", "GroupId");
        let text = render(&call);
        assert!(
            text.starts_with("DB_SECURITY_GROUP_ID=$(aws ec2 create-security-group"),
            "{text}"
        );
        assert!(text.ends_with("--query GroupId --output text)"), "{text}");
    }

    #[test]
    fn a_blob_goes_by_a_file() {
        let call = Call::new("ecr", "UploadLayerPart", json!({"layerPartBlob": "e30="}));
        let text = render(&call);
        assert!(
            text.starts_with("printf %s e30= | base64 --decode > layer-part-blob\naws ecr"),
            "{text}"
        );
        assert!(
            text.contains("--layer-part-blob fileb://layer-part-blob"),
            "{text}"
        );
    }
}
