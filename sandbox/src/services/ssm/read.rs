//! Reading parameters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

use super::describe::Filter;
use super::names::{self, Asked};
use super::state::{Kind, Parameter, Version};
use super::{CODE, describe, public};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::protocol::timestamp;

/// How many parameters a call may name.
pub(super) const NAMED: usize = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetParameter {
    name: String,
    with_decryption: Option<bool>,
}

/// `GetParameter` (Systems Manager API Reference).
pub(crate) fn get_parameter(cx: &mut Cx, input: GetParameter) -> Result<Value, Fault> {
    cx.region();
    let asked = Asked::read(cx, &input.name);
    match find(cx, &asked) {
        Some((parameter, Some(version))) => {
            let clear = input.with_decryption.unwrap_or(false);
            Ok(json!({ "Parameter": shown(cx, &asked, &parameter, &version, clear) }))
        }
        Some((_, None)) => {
            let selector = asked.selector.unwrap_or_default();
            let words = format!(
                "Systems Manager could not find version {} of {}. Verify the version and try again.",
                selector.trim_start_matches(':'),
                asked.name
            );
            Err(Fault::new("ParameterVersionNotFound", words))
        }
        None => Err(not_found()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetParameters {
    names: Vec<String>,
    with_decryption: Option<bool>,
}

/// `GetParameters` (Systems Manager API Reference): what is not there is listed as invalid.
pub(crate) fn get_parameters(cx: &mut Cx, input: GetParameters) -> Result<Value, Fault> {
    cx.region();
    named(&input.names)?;
    let clear = input.with_decryption.unwrap_or(false);
    let (mut found, mut invalid) = (Vec::new(), Vec::new());
    for name in input.names {
        let asked = Asked::read(cx, &name);
        match find(cx, &asked) {
            Some((parameter, Some(version))) => {
                found.push(shown(cx, &asked, &parameter, &version, clear));
            }
            _ => invalid.push(name),
        }
    }
    Ok(json!({"Parameters": found, "InvalidParameters": invalid}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetParametersByPath {
    path: String,
    recursive: Option<bool>,
    #[serde(default)]
    parameter_filters: Vec<Filter>,
    with_decryption: Option<bool>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// `GetParametersByPath` (Systems Manager API Reference): those right below,
/// or all of the hierarchy.
pub(crate) fn get_parameters_by_path(
    cx: &mut Cx,
    input: GetParametersByPath,
) -> Result<Value, Fault> {
    if !input.path.starts_with('/') {
        return Err(Fault::new(
            CODE,
            "The parameter doesn't meet the parameter name requirements. The parameter name must begin \
             with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). \
             It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ \
             (underscore). Special characters are not allowed. All sub-paths, if specified, must use the \
             forward slash symbol \"/\". Valid example: /get/parameters2-/by1./path0_.",
        ));
    }
    let size = describe::size(input.max_results, 10)?;
    describe::check(&input.parameter_filters, &["Type", "KeyId"])?;
    let recursive = input.recursive.unwrap_or(false);
    let region = cx.region;
    let own = cx.region().ssm.parameters.clone();
    let parameters = if public::is_public(&format!("{}/", input.path)) {
        public::all(region)
    } else {
        own
    };
    let below = parameters
        .iter()
        .filter(|(name, _)| describe::below(name, &input.path, recursive))
        .filter(|(name, parameter)| {
            input
                .parameter_filters
                .iter()
                .all(|filter| filter.passes(name, parameter))
        })
        .map(|(name, parameter)| (name.clone(), parameter.clone()))
        .collect();
    let page = page(below, input.next_token.as_deref(), size).ok_or_else(describe::bad_token)?;
    let clear = input.with_decryption.unwrap_or(false);
    let shown = page.items.iter().filter_map(|(name, parameter)| {
        let asked = Asked {
            name: name.clone(),
            selector: None,
        };
        parameter
            .current()
            .map(|version| shown(cx, &asked, parameter, version, clear))
    });
    Ok(json!({"Parameters": shown.collect::<Vec<_>>(), "NextToken": page.next}))
}

/// At least one name and at most ten.
pub(super) fn named(names: &[String]) -> Result<(), Fault> {
    let rule = match names.len() {
        0 => "Member must have length greater than or equal to 1",
        1..=NAMED => return Ok(()),
        _ => "Member must have length less than or equal to 10",
    };
    Err(Fault::constraint(
        CODE,
        "names",
        &format!("[{}]", names.join(", ")),
        rule,
    ))
}

pub(super) fn not_found() -> Fault {
    // AWS adds no words to this one.
    Fault::new("ParameterNotFound", "")
}

/// The value of a parameter that is named as [`get_parameters`] takes names, secrets in the clear.
/// Whether the reader may is for the caller to ask.
pub(crate) fn plain(cx: &Cx, name: &str) -> Option<String> {
    let (_, version) = find(cx, &Asked::read(cx, name))?;
    version.map(|version| version.value)
}

/// The text of a parameter of type String, one of the account's or one of AWS's own: what
/// `resolve:ssm:` in a launch template stands for.
pub(crate) fn text(cx: &mut Cx, name: &str) -> Option<String> {
    cx.region();
    let asked = Asked::read(cx, name);
    let (parameter, version) = find(cx, &asked)?;
    (parameter.kind == Kind::String).then_some(version?.value)
}

/// The parameter, and the version that was asked for if there is one of it.
fn find(cx: &Cx, asked: &Asked) -> Option<(Parameter, Option<Version>)> {
    let own = cx
        .account
        .regions
        .get(cx.region)?
        .ssm
        .parameters
        .get(&asked.name);
    let parameter = own
        .cloned()
        .or_else(|| public::find(cx.region, &asked.name))?;
    let version = match &asked.selector {
        None => parameter.current(),
        Some(selector) => {
            let number = selector.trim_start_matches(':').parse::<u64>().ok();
            parameter
                .versions
                .iter()
                .find(|version| Some(version.number) == number)
        }
    };
    let version = version.cloned();
    Some((parameter, version))
}

fn shown(cx: &Cx, asked: &Asked, parameter: &Parameter, version: &Version, clear: bool) -> Value {
    json!({
        "Name": asked.name,
        "Type": parameter.kind.name(),
        "Value": value(cx, &asked.name, parameter.kind, version, clear),
        "Version": version.number,
        "Selector": asked.selector,
        "LastModifiedDate": timestamp(version.modified),
        "ARN": names::arn(cx, &asked.name),
        "DataType": version.data_type,
    })
}

/// The value, or of a secret that is not to be decrypted something that looks
/// like KMS's ciphertext and from which it cannot be read.
pub(super) fn value(cx: &Cx, name: &str, kind: Kind, version: &Version, clear: bool) -> String {
    if kind != Kind::SecureString || clear {
        return version.value.clone();
    }
    let of = format!(
        "{}:{}:{}",
        names::arn(cx, name),
        version.number,
        version.value
    );
    let mut bytes = vec![0x01, 0x02, 0x02, 0x00, 0x78];
    bytes.extend(Sha512::digest(of));
    STANDARD.encode(bytes)
}
