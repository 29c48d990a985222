//! The ECR repository that holds the application's images.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, TAG_KEY,
    Verdict, Yield,
};

/// The repository.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::ImageRepository,
    step: Step::Registry,
    noun: "ECR repository",
    name: "{{image_repository}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecr/repositories/private/{{account}}/{{image_repository}}?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Repository name",
            help: "The build pushes to this name.",
            kind: FieldKind::Fixed,
            default: "{{image_repository}}",
        },
        Field {
            key: "mutability",
            label: "Image tag settings",
            help: "The workshop asks for immutable tags and pushes latest again and again: the second push would fail. Excluding latest keeps both.",
            kind: FieldKind::Choice(&[
                ("IMMUTABLE_WITH_EXCLUSION", "Immutable, except latest"),
                ("IMMUTABLE", "Immutable, as in the workshop's text"),
                ("MUTABLE", "Mutable"),
            ]),
            default: "IMMUTABLE_WITH_EXCLUSION",
        },
        Field {
            key: "scan",
            label: "Scan on push",
            help: "Each image is searched for known vulnerabilities; basic scanning is free.",
            kind: FieldKind::Choice(&[("yes", "Enabled"), ("no", "Disabled")]),
            default: "yes",
        },
    ],
    settings: &[
        Setting {
            key: "mutability",
            label: "Tag immutability",
            expect: Expect::OneOf(&[
                Choice {
                    value: "IMMUTABLE_WITH_EXCLUSION",
                    warning: None,
                },
                Choice {
                    value: "IMMUTABLE",
                    warning: Some(
                        "The second push of latest will fail. Tag images by commit, or exclude latest.",
                    ),
                },
            ]),
            cause: "“Mutable” is what the console proposes.",
            remedy: "Edit the repository: immutable tags, with latest as an exclusion.",
        },
        Setting {
            key: "exclusions",
            label: "Excluded tags",
            expect: Expect::Rule {
                words: "latest, where tags are immutable with exclusions",
                judge: |found, _| match found {
                    [] => Verdict::Right,
                    tags if tags.iter().any(|tag| tag == "latest") => Verdict::Right,
                    tags if tags
                        .iter()
                        .any(|tag| tag.contains('*') && matches(tag, "latest")) =>
                    {
                        Verdict::RightBut("The filter excludes more than latest.")
                    }
                    _ => Verdict::Wrong,
                },
            },
            cause: "An exclusion is there, but it does not cover latest, which every build pushes again.",
            remedy: "Edit the repository and add latest to the excluded tags.",
        },
        Setting {
            key: "scan",
            label: "Scan on push",
            expect: Expect::Is("on"),
            cause: "The switch under “Image scanning settings” was left off.",
            remedy: "Edit the repository and switch scan on push on.",
        },
    ],
    create,
    repair,
    delete: || {
        let delete = json!({ "repositoryName": "{{image_repository}}", "force": true });
        vec![Call::new("ecr", "DeleteRepository", delete).done_if(&["RepositoryNotFoundException"])]
    },
    yields: &[
        Yield {
            variable: "image_repository_uri",
            label: "Repository URI",
            fact: "uri",
        },
        Yield {
            variable: "image_repository_arn",
            label: "Repository ARN",
            fact: "arn",
        },
        Yield {
            variable: "latest_moves",
            label: "Tag latest may move",
            fact: "latest_moves",
        },
    ],
};

fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let mut params = json!({
        "repositoryName": "{{image_repository}}",
        "imageTagMutability": inputs.text("mutability"),
        "imageScanningConfiguration": { "scanOnPush": inputs.yes("scan") },
        "tags": [{ "Key": TAG_KEY, "Value": "{{workspace}}" }],
    });
    if inputs.text("mutability").ends_with("_WITH_EXCLUSION") {
        params["imageTagMutabilityExclusionFilters"] = exclude_latest();
    }
    vec![
        Call::new("ecr", "CreateRepository", params).done_if(&["RepositoryAlreadyExistsException"]),
    ]
}

fn repair(setting: &str, _inputs: &Inputs<'_>) -> Vec<Call> {
    match setting {
        "mutability" | "exclusions" => {
            let params = json!({
                "repositoryName": "{{image_repository}}",
                "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                "imageTagMutabilityExclusionFilters": exclude_latest(),
            });
            vec![
                Call::new("ecr", "PutImageTagMutability", params)
                    .settles(&["mutability", "exclusions"]),
            ]
        }
        "scan" => {
            let params = json!({
                "repositoryName": "{{image_repository}}",
                "imageScanningConfiguration": { "scanOnPush": true },
            });
            vec![Call::new("ecr", "PutImageScanningConfiguration", params).settles(&["scan"])]
        }
        _ => Vec::new(),
    }
}

fn exclude_latest() -> Value {
    json!([{ "filterType": "WILDCARD", "filter": "latest" }])
}

/// Whether a second push may move the tag `latest`, by the repository's tag settings and the filters
/// that are left out of them (ECR API Reference, `imageTagMutability`).
pub fn latest_moves(mutability: &str, filters: &[String]) -> bool {
    let excluded = filters.iter().any(|filter| matches(filter, "latest"));
    match mutability {
        "IMMUTABLE" => false,
        "IMMUTABLE_WITH_EXCLUSION" => excluded,
        "MUTABLE_WITH_EXCLUSION" => !excluded,
        _ => true,
    }
}

/// Whether `text` matches a filter of ECR, in which `*` stands for any text.
fn matches(filter: &str, text: &str) -> bool {
    let mut parts = filter.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latest_moves_where_nothing_holds_it() {
        let moves = |mutability: &str, filter: &str| latest_moves(mutability, &[filter.to_owned()]);
        assert!(latest_moves("MUTABLE", &[]));
        assert!(!latest_moves("IMMUTABLE", &[]));
        assert!(moves("IMMUTABLE_WITH_EXCLUSION", "latest"));
        assert!(moves("IMMUTABLE_WITH_EXCLUSION", "la*"));
        assert!(!moves("IMMUTABLE_WITH_EXCLUSION", "release*"));
        assert!(!moves("MUTABLE_WITH_EXCLUSION", "l*t"));
    }
}
