//! Parameters without their values, found by filters.

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::Parameter;
use super::{CODE, names};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::protocol::timestamp;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeParameters {
    #[serde(default)]
    parameter_filters: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    shared: Option<bool>,
}

/// `DescribeParameters` (Systems Manager API Reference).
pub(crate) fn describe_parameters(cx: &mut Cx, input: DescribeParameters) -> Result<Value, Fault> {
    let size = size(input.max_results, 50)?;
    check(
        &input.parameter_filters,
        &["Name", "Type", "KeyId", "Path", "Tier", "DataType"],
    )?;
    cx.region();
    let parameters = cx
        .account
        .regions
        .get(cx.region)
        .map(|region| &region.ssm.parameters);
    // No other account shares anything with this one.
    let own = !input.shared.unwrap_or(false);
    let found = parameters
        .into_iter()
        .flatten()
        .filter(|_| own)
        .filter(|(name, parameter)| {
            input
                .parameter_filters
                .iter()
                .all(|filter| filter.passes(name, parameter))
        })
        .filter_map(|(name, parameter)| metadata(cx, name, parameter))
        .collect();
    let page = page(found, input.next_token.as_deref(), size).ok_or_else(bad_token)?;
    Ok(json!({"Parameters": page.items, "NextToken": page.next}))
}

fn metadata(cx: &Cx, name: &str, parameter: &Parameter) -> Option<Value> {
    let version = parameter.current()?;
    Some(json!({
        "Name": name,
        "ARN": names::arn(cx, name),
        "Type": parameter.kind.name(),
        "KeyId": version.key_id,
        "LastModifiedDate": timestamp(version.modified),
        "LastModifiedUser": version.user,
        "Description": version.description,
        "Version": version.number,
        "Tier": version.tier.name(),
        "Policies": [],
        "DataType": version.data_type,
    }))
}

/// A filter (Systems Manager API Reference, `ParameterStringFilter`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Filter {
    key: String,
    option: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

impl Filter {
    fn option(&self) -> &str {
        match (self.option.as_deref(), self.key.as_str()) {
            (Some(option), _) => option,
            (None, "Path") => "OneLevel",
            (None, _) => "Equals",
        }
    }

    pub(super) fn passes(&self, name: &str, parameter: &Parameter) -> bool {
        let Some(version) = parameter.current() else {
            return false;
        };
        let is = |text: &str| self.values.iter().any(|value| self.compare(text, value));
        match self.key.as_str() {
            "Name" => is(name) || is(name.trim_start_matches('/')),
            "Path" => self
                .values
                .iter()
                .any(|path| below(name, path, self.option() == "Recursive")),
            "Type" => is(parameter.kind.name()),
            "Tier" => is(version.tier.name()),
            "DataType" => is(&version.data_type),
            "KeyId" => version.key_id.as_deref().is_some_and(is),
            tag => tag
                .strip_prefix("tag:")
                .and_then(|key| parameter.tags.get(key))
                .is_some_and(|value| self.values.is_empty() || is(value)),
        }
    }

    fn compare(&self, text: &str, value: &str) -> bool {
        match self.option() {
            "BeginsWith" => text.starts_with(value),
            "Contains" => text.contains(value),
            _ => text == value,
        }
    }
}

/// Whether the filters are such as the operation takes.
pub(super) fn check(filters: &[Filter], keys: &[&str]) -> Result<(), Fault> {
    for filter in filters {
        let tag = keys.contains(&"Name") && filter.key.starts_with("tag:");
        if !keys.contains(&filter.key.as_str()) && !tag {
            let words = format!(
                "The following filter key is not valid: {}. Valid filter keys include: [{}].",
                filter.key,
                keys.join(", ")
            );
            return Err(Fault::new("InvalidFilterKey", words));
        }
        let options: &[&str] = match filter.key.as_str() {
            "Path" => &["Recursive", "OneLevel"],
            "Name" => &["BeginsWith", "Equals", "Contains"],
            "KeyId" => &["BeginsWith", "Equals"],
            _ => &["Equals"],
        };
        if !options.contains(&filter.option()) {
            let words = format!(
                "The following filter option is not valid: {}. Valid options include: [{}].",
                filter.option(),
                options.join(", ")
            );
            return Err(Fault::new("InvalidFilterOption", words));
        }
        if filter.values.is_empty() && !tag {
            let words = format!(
                "The following filter values are missing : null for filter key {}",
                filter.key
            );
            return Err(Fault::new("InvalidFilterValue", words));
        }
    }
    Ok(())
}

/// Whether the name is below the path: right below, or anywhere.
pub(super) fn below(name: &str, path: &str, recursive: bool) -> bool {
    let base = path.trim_end_matches('/');
    let rest = name
        .strip_prefix(base)
        .and_then(|rest| rest.strip_prefix('/'));
    // What has no slash is at the root.
    let rest = rest.or_else(|| (base.is_empty() && !name.contains('/')).then_some(name));
    rest.is_some_and(|rest| !rest.is_empty() && (recursive || !rest.contains('/')))
}

/// The size of a page, which the operation limits.
pub(super) fn size(asked: Option<usize>, limit: usize) -> Result<usize, Fault> {
    let asked = asked.unwrap_or(10);
    if (1..=limit).contains(&asked) {
        return Ok(asked);
    }
    let rule = if asked == 0 {
        "Member must have value greater than or equal to 1".to_owned()
    } else {
        format!("Member must have value less than or equal to {limit}")
    };
    Err(Fault::constraint(
        CODE,
        "maxResults",
        &asked.to_string(),
        &rule,
    ))
}

pub(super) fn bad_token() -> Fault {
    Fault::new("InvalidNextToken", "The specified token isn't valid.")
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn one_level_and_all_levels() {
        assert!(below("/app/db", "/app", false));
        assert!(below("/app/db", "/app/", false));
        assert!(!below("/app/db/password", "/app", false));
        assert!(below("/app/db/password", "/app", true));
        assert!(!below("/application/db", "/app", true));
        assert!(below("/app", "/", false));
        assert!(below("plain", "/", false));
    }
}
