//! Managed policies: AWS's and the customer's own.

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::managed::{self, MANAGED, Managed};
use super::policy::{self, Kind};
use super::state::Policy;
use super::{checks, roles};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::{self, Tag, Tags};

/// The longest managed policy, in characters without white space.
const SIZE: usize = 6144;

/// A managed policy, whoever's it is.
struct View {
    name: String,
    path: String,
    id: String,
    arn: String,
    version: String,
    created: Value,
    updated: Value,
    description: Option<String>,
    tags: Value,
    document: String,
}

impl From<&Managed> for View {
    fn from(policy: &Managed) -> View {
        let arn = policy.arn();
        View {
            // AWS's own ids are not published; this one is always the same.
            id: crate::ids::unique_of("ANPA", &arn),
            name: policy.name.clone(),
            path: policy.path.clone(),
            version: policy.default_version_id.clone(),
            created: Value::from(policy.create_date.as_str()),
            updated: Value::from(policy.update_date.as_str()),
            description: None,
            tags: json!([]),
            document: policy.document.to_string(),
            arn,
        }
    }
}

impl From<&Policy> for View {
    fn from(policy: &Policy) -> View {
        View {
            name: policy.name.clone(),
            path: policy.path.clone(),
            id: policy.id.clone(),
            arn: policy.arn.clone(),
            version: "v1".to_owned(),
            created: timestamp(policy.created),
            updated: timestamp(policy.created),
            description: policy.description.clone(),
            tags: tags::list(&policy.tags),
            document: policy.document.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreatePolicy {
    policy_name: String,
    path: Option<String>,
    policy_document: String,
    description: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreatePolicy` (IAM API Reference).
pub(crate) fn create_policy(cx: &mut Cx, input: CreatePolicy) -> Result<Value, Fault> {
    checks::name("policyName", &input.policy_name, 128)?;
    let path = input.path.unwrap_or_else(|| "/".to_owned());
    checks::path(&path)?;
    let tags = checks::tags(&Tags::new(), input.tags)?;
    policy::parse(&input.policy_document, Kind::Identity)?;
    if input
        .policy_document
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .count()
        > SIZE
    {
        let words = format!("Cannot exceed quota for PolicySize: {SIZE}");
        return Err(Fault::conflict("LimitExceeded", words));
    }
    let same = |policy: &Policy| policy.name.eq_ignore_ascii_case(&input.policy_name);
    if cx.account.iam.policies.values().any(same) {
        let words = format!(
            "A policy called {} already exists. Duplicate names are not allowed.",
            input.policy_name
        );
        return Err(Fault::conflict("EntityAlreadyExists", words));
    }
    let policy = Policy {
        id: cx.unique_id("ANPA"),
        arn: cx.global_arn("iam", &format!("policy{path}{}", input.policy_name)),
        name: input.policy_name,
        path,
        created: cx.second(),
        description: input.description,
        tags,
        document: input.policy_document,
    };
    let answer = json!({ "Policy": summary(cx, &View::from(&policy)) });
    cx.account.iam.policies.insert(policy.arn.clone(), policy);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PolicyArn {
    policy_arn: String,
}

/// `GetPolicy` (IAM API Reference).
pub(crate) fn get_policy(cx: &mut Cx, input: PolicyArn) -> Result<Value, Fault> {
    let policy = find(cx, &input.policy_arn)?;
    let mut answer = summary(cx, &policy);
    answer["Description"] = Value::from(policy.description);
    answer["Tags"] = policy.tags;
    Ok(json!({ "Policy": answer }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GetPolicyVersion {
    policy_arn: String,
    version_id: String,
}

/// `GetPolicyVersion` (IAM API Reference): the default one, the only one there is.
pub(crate) fn get_policy_version(cx: &mut Cx, input: GetPolicyVersion) -> Result<Value, Fault> {
    let number = input.version_id.strip_prefix('v').unwrap_or_default();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        let rule =
            r"Member must satisfy regular expression pattern: v[1-9][0-9]*(\.[A-Za-z0-9-]*)?";
        return Err(Fault::constraint(
            checks::CODE,
            "versionId",
            &input.version_id,
            rule,
        ));
    }
    let policy = find(cx, &input.policy_arn)?;
    if policy.version != input.version_id {
        let words = format!(
            "Policy {} version {} does not exist.",
            policy.arn, input.version_id
        );
        return Err(Fault::not_found("NoSuchEntity", words));
    }
    Ok(json!({ "PolicyVersion": {
        "Document": roles::encoded(&policy.document),
        "VersionId": policy.version,
        "IsDefaultVersion": true,
        "CreateDate": policy.updated,
    }}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListPolicies {
    scope: Option<String>,
    only_attached: Option<bool>,
    path_prefix: Option<String>,
    policy_usage_filter: Option<String>,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListPolicies` (IAM API Reference).
pub(crate) fn list_policies(cx: &mut Cx, input: ListPolicies) -> Result<Value, Fault> {
    let (aws, local) = match input.scope.as_deref() {
        None | Some("All") => (true, true),
        Some("AWS") => (true, false),
        Some("Local") => (false, true),
        Some(other) => {
            let rule = "Member must satisfy enum value set: [All, AWS, Local]";
            return Err(Fault::constraint(checks::CODE, "scope", other, rule));
        }
    };
    let boundary = match input.policy_usage_filter.as_deref() {
        None | Some("PermissionsPolicy") => false,
        Some("PermissionsBoundary") => true,
        Some(other) => {
            let rule =
                "Member must satisfy enum value set: [PermissionsPolicy, PermissionsBoundary]";
            return Err(Fault::constraint(
                checks::CODE,
                "policyUsageFilter",
                other,
                rule,
            ));
        }
    };
    let prefix = input.path_prefix.unwrap_or_default();
    let customers = cx
        .account
        .iam
        .policies
        .values()
        .filter(|_| local)
        .map(View::from);
    let all = customers.chain(MANAGED.iter().filter(|_| aws).map(View::from));
    let attached = input.only_attached.unwrap_or(false);
    let policies = all
        .filter(|policy| policy.path.starts_with(&prefix))
        .filter(|policy| !attached || attachments(cx, &policy.arn) > 0)
        .filter(|policy| !boundary || boundaries(cx, &policy.arn) > 0)
        .map(|policy| summary(cx, &policy))
        .collect();
    listing(
        "Policies",
        policies,
        &Wanted {
            marker: input.marker,
            max_items: input.max_items,
        },
    )
}

/// `DeletePolicy` (IAM API Reference): one's own, where it is attached to nothing.
pub(crate) fn delete_policy(cx: &mut Cx, input: PolicyArn) -> Result<Value, Fault> {
    let policy = find(cx, &input.policy_arn)?;
    if managed::find(&policy.arn).is_some() {
        let words = "Policies managed by AWS cannot be deleted.";
        return Err(Fault::new("AccessDenied", words).with_status(403));
    }
    if attachments(cx, &policy.arn) + boundaries(cx, &policy.arn) > 0 {
        let words = "Cannot delete a policy attached to entities.";
        return Err(Fault::conflict("DeleteConflict", words));
    }
    cx.account.iam.policies.remove(&policy.arn);
    Ok(Value::Null)
}

/// Whether a policy of that ARN can be attached.
pub(super) fn attachable(cx: &Cx, arn: &str) -> Result<(), Fault> {
    checks::policy_arn(arn)?;
    if arn.starts_with("arn:aws:iam::aws:policy/aws-service-role/") {
        let words = "Cannot attach a Service Role Policy to a Customer Role.";
        return Err(Fault::new("PolicyNotAttachable", words));
    }
    document(cx, arn).map(|_| ()).ok_or_else(|| {
        let words = format!("Policy {arn} does not exist or is not attachable.");
        Fault::not_found("NoSuchEntity", words)
    })
}

/// The document of the policy of that ARN.
pub(super) fn document(cx: &Cx, arn: &str) -> Option<String> {
    view(cx, arn).map(|policy| policy.document)
}

fn view(cx: &Cx, arn: &str) -> Option<View> {
    let own = cx.account.iam.policies.get(arn).map(View::from);
    own.or_else(|| managed::find(arn).map(View::from))
}

fn find(cx: &Cx, arn: &str) -> Result<View, Fault> {
    checks::policy_arn(arn)?;
    let unknown = || Fault::not_found("NoSuchEntity", format!("Policy {arn} was not found."));
    view(cx, arn).ok_or_else(unknown)
}

fn attachments(cx: &Cx, arn: &str) -> usize {
    let iam = &cx.account.iam;
    let roles = iam.roles.values().flat_map(|role| &role.attached);
    roles
        .chain(&iam.user.attached)
        .filter(|attached| *attached == arn)
        .count()
}

fn boundaries(cx: &Cx, arn: &str) -> usize {
    cx.account
        .iam
        .roles
        .values()
        .filter(|role| role.boundary.as_deref() == Some(arn))
        .count()
}

fn summary(cx: &Cx, policy: &View) -> Value {
    json!({
        "PolicyName": policy.name,
        "PolicyId": policy.id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.version,
        "AttachmentCount": attachments(cx, &policy.arn),
        "PermissionsBoundaryUsageCount": boundaries(cx, &policy.arn),
        "IsAttachable": true,
        "CreateDate": policy.created,
        "UpdateDate": policy.updated,
    })
}
