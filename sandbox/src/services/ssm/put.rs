//! Writing a parameter.

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::{Kind, Parameter, Tier, Version};
use super::{CODE, names, tagging};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{Tag, Tags};

/// How many versions are kept: of more, the oldest goes.
const VERSIONS: usize = 100;

/// The key of a secret where none is named; customers' own keys are KMS's affair.
const DEFAULT_KEY: &str = "alias/aws/ssm";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutParameter {
    name: String,
    description: Option<String>,
    value: String,
    r#type: Option<String>,
    key_id: Option<String>,
    overwrite: Option<bool>,
    #[serde(default)]
    tags: Vec<Tag>,
    tier: Option<String>,
    data_type: Option<String>,
}

/// `PutParameter` (Systems Manager API Reference).
pub(crate) fn put_parameter(cx: &mut Cx, input: PutParameter) -> Result<Value, Fault> {
    names::check(cx, &input.name)?;
    let overwrite = input.overwrite.unwrap_or(false);
    if overwrite && !input.tags.is_empty() {
        return Err(Fault::new(
            CODE,
            "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, \
             please remove overwrite flag. To update tags for an existing parameter, please use \
             AddTagsToResource or RemoveTagsFromResource.",
        ));
    }
    let asked = input.r#type.as_deref().map(kind).transpose()?;
    let there = cx.region().ssm.parameters.get(&input.name).cloned();
    let kind = match (&there, asked) {
        (Some(_), _) if !overwrite => {
            return Err(Fault::new(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the \
                 request to true.",
            ));
        }
        (Some(there), Some(asked)) if there.kind != asked => {
            return Err(Fault::new(
                "HierarchyTypeMismatchException",
                "Parameter Store does not support changing a parameter type in a hierarchy. For example, \
                 you can't change a parameter from a String type to a SecureString type. You must create a \
                 new, unique parameter.",
            ));
        }
        (Some(there), _) => there.kind,
        (None, Some(asked)) => asked,
        (None, None) => {
            return Err(Fault::new(
                CODE,
                "A parameter type is required when you create a parameter.",
            ));
        }
    };
    let before = there.as_ref().and_then(Parameter::current);
    let tier = tier(input.tier.as_deref(), before, input.value.len())?;
    value(&input.value, tier)?;
    let data_type = input.data_type.unwrap_or_else(|| "text".to_owned());
    if !["text", "aws:ec2:image"].contains(&data_type.as_str()) {
        let words = format!("The following data type is not supported: {data_type}.");
        return Err(Fault::new(CODE, words));
    }
    let version = Version {
        number: before.map_or(1, |before| before.number + 1),
        key_id: key(kind, input.key_id, before)?,
        description: input
            .description
            .or_else(|| before.and_then(|before| before.description.clone())),
        value: input.value,
        tier,
        data_type,
        modified: cx.now,
        user: cx.account.iam.user.arn.clone(),
    };
    let answer = json!({"Version": version.number, "Tier": tier.name()});
    let mut parameter = match there {
        Some(there) => there,
        None => Parameter {
            kind,
            tags: tagging::merged(&Tags::new(), input.tags)?,
            versions: Vec::new(),
        },
    };
    if parameter.versions.len() == VERSIONS {
        parameter.versions.remove(0);
    }
    parameter.versions.push(version);
    cx.region().ssm.parameters.insert(input.name, parameter);
    Ok(answer)
}

fn kind(name: &str) -> Result<Kind, Fault> {
    let rule = "Member must satisfy enum value set: [SecureString, StringList, String]";
    Kind::read(name).ok_or_else(|| Fault::constraint(CODE, "type", name, rule))
}

/// The tier: an advanced parameter stays one, and a large value makes one
/// where the choice is left to the service.
fn tier(asked: Option<&str>, before: Option<&Version>, length: usize) -> Result<Tier, Fault> {
    let before = before.map(|before| before.tier);
    match asked {
        None => Ok(before.unwrap_or(Tier::Standard)),
        Some("Standard") if before == Some(Tier::Advanced) => Err(Fault::new(
            CODE,
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the \
             advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the \
             advanced parameter and recreate it as a standard parameter.",
        )),
        Some("Standard") => Ok(Tier::Standard),
        Some("Intelligent-Tiering") if length <= Tier::Standard.limit() => {
            Ok(before.unwrap_or(Tier::Standard))
        }
        Some("Advanced" | "Intelligent-Tiering") => Ok(Tier::Advanced),
        Some(other) => {
            let rule =
                "Member must satisfy enum value set: [Advanced, Intelligent-Tiering, Standard]";
            Err(Fault::constraint(CODE, "tier", other, rule))
        }
    }
}

/// The value itself is in no message: it may be a secret.
fn value(value: &str, tier: Tier) -> Result<(), Fault> {
    if value.is_empty() {
        let rule = "Member must have length greater than or equal to 1.";
        return Err(Fault::constraint(CODE, "value", "", rule));
    }
    if value.len() <= tier.limit() {
        return Ok(());
    }
    let words = match tier {
        Tier::Standard => {
            "Standard tier parameters support a maximum parameter value of 4096 characters. To create a \
             larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more \
             information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        }
        Tier::Advanced => {
            "Advanced tier parameters support a maximum parameter value of 8192 characters."
        }
    };
    Err(Fault::new(CODE, words))
}

fn key(
    kind: Kind,
    asked: Option<String>,
    before: Option<&Version>,
) -> Result<Option<String>, Fault> {
    match (kind, asked) {
        (Kind::SecureString, Some(key)) if key != DEFAULT_KEY => {
            Err(Fault::new("InvalidKeyId", format!("Invalid keyId {key}")))
        }
        (Kind::SecureString, asked) => {
            let before = before.and_then(|before| before.key_id.clone());
            Ok(Some(
                asked.or(before).unwrap_or_else(|| DEFAULT_KEY.to_owned()),
            ))
        }
        (_, Some(_)) => Err(Fault::new(
            CODE,
            "KeyId is required for SecureString type parameter only.",
        )),
        (_, None) => Ok(None),
    }
}
