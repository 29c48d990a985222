//! Repositories: made, listed, deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, no_such_repository};
use super::settings::{Exclusion, Scanning, mutability};
use super::state::{Mode, Repository};
use super::tags;
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::protocol::timestamp;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateRepository {
    registry_id: Option<String>,
    repository_name: String,
    #[serde(default)]
    tags: Vec<Tag>,
    image_tag_mutability: Option<Mode>,
    #[serde(default)]
    image_tag_mutability_exclusion_filters: Vec<Exclusion>,
    image_scanning_configuration: Option<Scanning>,
    encryption_configuration: Option<Encryption>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Encryption {
    encryption_type: String,
    kms_key: Option<String>,
}

/// `CreateRepository` (ECR API Reference).
pub(crate) fn create_repository(cx: &mut Cx, input: CreateRepository) -> Result<Value, Fault> {
    let name = input.repository_name;
    if !is_name(&name) {
        return Err(invalid(
            "repositoryName",
            "must satisfy regular expression \
             '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*'",
        ));
    }
    let registry = own_registry(cx, input.registry_id.as_deref())
        .map_err(|_| invalid("registryId", "must be the registry of this account"))?;
    let mode = input.image_tag_mutability.unwrap_or(Mode::Mutable);
    let mutability = mutability(mode, input.image_tag_mutability_exclusion_filters)?;
    let tags = tags::of_new(input.tags)?;
    let (encryption, key) = encryption(cx, input.encryption_configuration)?;
    if cx.region().ecr.repositories.contains_key(&name) {
        return Err(Fault::new(
            "RepositoryAlreadyExistsException",
            format!(
                "The repository with name '{name}' already exists in the registry with id '{registry}'"
            ),
        ));
    }
    let repository = Repository {
        name: name.clone(),
        created: cx.now,
        mutability,
        scan_on_push: input
            .image_scanning_configuration
            .is_some_and(|scanning| scanning.scan_on_push),
        encryption,
        key,
        policy: None,
        lifecycle: None,
        images: [].into(),
        layers: [].into(),
        uploads: [].into(),
        tags,
    };
    let described = described(cx, &repository);
    cx.region().ecr.repositories.insert(name, repository);
    Ok(json!({ "repository": described }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeRepositories {
    registry_id: Option<String>,
    repository_names: Option<Vec<String>>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// `DescribeRepositories` (ECR API Reference).
pub(crate) fn describe_repositories(
    cx: &mut Cx,
    input: DescribeRepositories,
) -> Result<Value, Fault> {
    let registry = input.registry_id.as_deref();
    let mut chosen: Vec<Repository> = Vec::new();
    if let Some(names) = &input.repository_names {
        for name in names {
            chosen.push(found(cx, registry, name)?.clone());
        }
    } else {
        own_registry(cx, registry).map_err(|id| no_such_repository("", &id))?;
        chosen.extend(cx.region().ecr.repositories.values().cloned());
    }
    let page = page_of(chosen, input.max_results, input.next_token.as_deref())?;
    let described: Value = page
        .items
        .iter()
        .map(|repository| described(cx, repository))
        .collect();
    Ok(json!({ "repositories": described, "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteRepository {
    registry_id: Option<String>,
    repository_name: String,
    #[serde(default)]
    force: bool,
}

/// `DeleteRepository` (ECR API Reference): with `force` the images go with it.
pub(crate) fn delete_repository(cx: &mut Cx, input: DeleteRepository) -> Result<Value, Fault> {
    let name = input.repository_name;
    let repository = found(cx, input.registry_id.as_deref(), &name)?.clone();
    if !repository.images.is_empty() && !input.force {
        return Err(Fault::new(
            "RepositoryNotEmptyException",
            format!(
                "The repository with name '{name}' in registry with id '{}' cannot be deleted because it \
                 still contains images",
                cx.account.id
            ),
        ));
    }
    cx.region().ecr.repositories.remove(&name);
    Ok(json!({ "repository": described(cx, &repository) }))
}

/// The repository of that name; the only registry here is the account's own.
pub(super) fn found<'a>(
    cx: &'a mut Cx,
    registry: Option<&str>,
    name: &str,
) -> Result<&'a mut Repository, Fault> {
    let registry = own_registry(cx, registry).map_err(|id| no_such_repository(name, &id))?;
    let repositories = &mut cx.region().ecr.repositories;
    repositories
        .get_mut(name)
        .ok_or_else(|| no_such_repository(name, &registry))
}

/// The account's registry, if it is the one meant; the other's id if not.
fn own_registry(cx: &Cx, registry: Option<&str>) -> Result<String, String> {
    match registry {
        Some(other) if other != cx.account.id => Err(other.to_owned()),
        _ => Ok(cx.account.id.clone()),
    }
}

/// A page of a list, as ECR's operations cut them.
pub(super) fn page_of<T>(
    items: Vec<T>,
    size: Option<usize>,
    token: Option<&str>,
) -> Result<crate::page::Page<T>, Fault> {
    let size = size.unwrap_or(100);
    if !(1..=1000).contains(&size) {
        return Err(invalid(
            "maxResults",
            "Member must have value between 1 and 1000",
        ));
    }
    page(items, token, size)
        .ok_or_else(|| invalid("nextToken", "Member must be a token of this operation"))
}

/// A repository as ECR describes it.
fn described(cx: &Cx, repository: &Repository) -> Value {
    let Repository {
        name, mutability, ..
    } = repository;
    let (id, region) = (&cx.account.id, cx.region);
    json!({
        "repositoryArn": cx.arn("ecr", &format!("repository/{name}")),
        "registryId": id,
        "repositoryName": name,
        "repositoryUri": format!("{id}.dkr.ecr.{region}.amazonaws.com/{name}"),
        "createdAt": timestamp(repository.created),
        "imageTagMutability": mutability.mode,
        "imageTagMutabilityExclusionFilters": super::settings::exclusions(mutability),
        "imageScanningConfiguration": { "scanOnPush": repository.scan_on_push },
        "encryptionConfiguration": {
            "encryptionType": repository.encryption,
            "kmsKey": repository.key,
        },
    })
}

/// The encryption type and the key, where KMS has one.
fn encryption(cx: &mut Cx, given: Option<Encryption>) -> Result<(String, Option<String>), Fault> {
    let Some(Encryption {
        encryption_type,
        kms_key,
    }) = given
    else {
        return Ok(("AES256".to_owned(), None));
    };
    match (encryption_type.as_str(), kms_key) {
        ("AES256", None) => Ok((encryption_type, None)),
        ("AES256", Some(_)) => Err(invalid(
            "encryptionConfiguration",
            "A KMS key needs the encryption type KMS",
        )),
        ("KMS" | "KMS_DSSE", Some(key)) => Ok((encryption_type, Some(key))),
        ("KMS" | "KMS_DSSE", None) => {
            let key = cx.region().ecr.key.clone();
            Ok((encryption_type, Some(cx.arn("kms", &format!("key/{key}")))))
        }
        _ => Err(invalid(
            "encryptionConfiguration.encryptionType",
            "Member must satisfy enum value set: [KMS, AES256, KMS_DSSE]",
        )),
    }
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, such parts joined by slashes, 2 to 256 characters.
fn is_name(name: &str) -> bool {
    let is_word = |part: &str| {
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let separators = part.split(inner).filter(|run| !run.is_empty());
        part.starts_with(inner)
            && part.ends_with(inner)
            && separators
                .into_iter()
                .all(|run| matches!(run, "." | "_" | "__") || run.chars().all(|c| c == '-'))
    };
    (2..=256).contains(&name.len()) && name.split('/').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names() {
        for good in ["tripmgmt-demo", "team/app", "a.b_c__d--e", "00"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "a", "App", "-a", "a-", "a//b", "a..b", "a___b", "a._b", "a b", "",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(!is_name(&"a".repeat(257)));
    }
}
