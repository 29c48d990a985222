//! Conditions of rules: what arrives, what is checked, what is sent.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::services::ec2::reach::is_range;
use crate::services::elb::faults::invalid;
use crate::services::elb::limits;
use crate::services::elb::state::Condition;

const FIELDS: [&str; 6] = [
    "path-pattern",
    "host-header",
    "http-header",
    "http-request-method",
    "query-string",
    "source-ip",
];

/// A condition as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Given {
    field: Option<String>,
    #[serde(default)]
    values: Vec<String>,
    host_header_config: Option<Values>,
    path_pattern_config: Option<Values>,
    http_header_config: Option<Header>,
    query_string_config: Option<QueryString>,
    http_request_method_config: Option<Values>,
    source_ip_config: Option<Values>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Values {
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Header {
    http_header_name: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct QueryString {
    #[serde(default)]
    values: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Pair {
    key: Option<String>,
    value: Option<String>,
}

/// The conditions of a rule, checked.
pub(super) fn read(given: Vec<Given>) -> Result<Vec<Condition>, Fault> {
    if given.is_empty() {
        return Err(invalid("A condition must be specified"));
    }
    let conditions = given
        .into_iter()
        .map(one)
        .collect::<Result<Vec<_>, Fault>>()?;
    for field in [
        "path-pattern",
        "host-header",
        "http-request-method",
        "source-ip",
    ] {
        if conditions.iter().filter(|it| it.field == field).count() > 1 {
            return Err(invalid(format!(
                "A rule can only have one '{field}' condition"
            )));
        }
    }
    let values = || conditions.iter().flat_map(all_values);
    if values().count() > limits::CONDITION_VALUES {
        return Err(invalid(format!(
            "A rule can only have '{}' condition values",
            limits::CONDITION_VALUES
        )));
    }
    let wildcards = values()
        .flat_map(str::chars)
        .filter(|letter| matches!(letter, '*' | '?'));
    if wildcards.count() > limits::CONDITION_WILDCARDS {
        return Err(invalid(format!(
            "A rule can only have '{}' condition wildcards",
            limits::CONDITION_WILDCARDS
        )));
    }
    Ok(conditions)
}

fn one(given: Given) -> Result<Condition, Fault> {
    let field = given
        .field
        .ok_or_else(|| invalid("A condition field must be specified"))?;
    if !FIELDS.contains(&field.as_str()) {
        return Err(invalid(format!(
            "Condition field '{field}' must be one of '[{}]'",
            FIELDS.join(", ")
        )));
    }
    let (mut header, mut pairs) = (None, Vec::new());
    let configured = match field.as_str() {
        "path-pattern" => given.path_pattern_config.map(|it| it.values),
        "host-header" => given.host_header_config.map(|it| it.values),
        "http-request-method" => given.http_request_method_config.map(|it| it.values),
        "source-ip" => given.source_ip_config.map(|it| it.values),
        "http-header" => given.http_header_config.map(|it| {
            header = it.http_header_name;
            it.values
        }),
        _ => given.query_string_config.map(|it| {
            pairs = it
                .values
                .into_iter()
                .map(|pair| (pair.key, pair.value.unwrap_or_default()))
                .collect();
            Vec::new()
        }),
    };
    let values = match (configured, given.values) {
        (Some(_), plain) if !plain.is_empty() => {
            return Err(invalid(format!(
                "You cannot provide both Values and a configuration for a condition of type '{field}'"
            )));
        }
        (Some(values), _) => values,
        (None, plain) if matches!(field.as_str(), "path-pattern" | "host-header") => {
            if plain.len() > 1 {
                return Err(invalid(format!(
                    "The '{field}' field contains too many values; the limit is '1'"
                )));
            }
            plain
        }
        (None, _) => {
            return Err(invalid(format!(
                "A configuration must be specified with '{field}'"
            )));
        }
    };
    let condition = Condition {
        field,
        values,
        header,
        pairs,
    };
    check(&condition)?;
    Ok(condition)
}

fn check(condition: &Condition) -> Result<(), Fault> {
    let field = condition.field.as_str();
    if all_values(condition).next().is_none() {
        return Err(invalid("A condition value must be specified"));
    }
    for value in all_values(condition) {
        let most = if field == "http-request-method" {
            40
        } else {
            128
        };
        if value.is_empty() {
            return Err(invalid("A condition value must not be empty"));
        }
        if value.chars().count() > most {
            return Err(invalid(format!(
                "The '{field}' value is too long; the limit is '{most}'"
            )));
        }
        let method = |letter: char| letter.is_ascii_uppercase() || matches!(letter, '-' | '_');
        if field == "http-request-method" && !value.chars().all(method) {
            return Err(invalid(
                "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore",
            ));
        }
        if field == "source-ip" && !is_range(value) {
            return Err(invalid(format!(
                "The 'source-ip' value '{value}' must be in CIDR format"
            )));
        }
    }
    if field == "http-header" && condition.header.as_ref().is_none_or(String::is_empty) {
        return Err(invalid("An 'HttpHeaderName' must be specified"));
    }
    Ok(())
}

fn all_values(condition: &Condition) -> impl Iterator<Item = &str> {
    let values = condition.values.iter().map(String::as_str);
    values.chain(condition.pairs.iter().map(|(_, value)| value.as_str()))
}

/// A condition as the service describes it; those that can be given in two forms are in both.
pub(super) fn described(condition: &Condition) -> Value {
    let Condition {
        field,
        values,
        header,
        pairs,
    } = condition;
    match field.as_str() {
        "path-pattern" => json!({
            "Field": field,
            "Values": values,
            "PathPatternConfig": { "Values": values },
        }),
        "host-header" => json!({
            "Field": field,
            "Values": values,
            "HostHeaderConfig": { "Values": values },
        }),
        "http-header" => json!({
            "Field": field,
            "HttpHeaderConfig": { "HttpHeaderName": header, "Values": values },
        }),
        "http-request-method" => json!({
            "Field": field,
            "HttpRequestMethodConfig": { "Values": values },
        }),
        "source-ip" => json!({ "Field": field, "SourceIpConfig": { "Values": values } }),
        _ => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| json!({ "Key": key, "Value": value }));
            json!({
                "Field": field,
                "QueryStringConfig": { "Values": pairs.collect::<Value>() },
            })
        }
    }
}
