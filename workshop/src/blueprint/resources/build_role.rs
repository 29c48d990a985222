//! The role that a build works under: it writes a log, fetches its source and pushes an image.

use serde_json::json;

use super::role;
use crate::blueprint::grant::{Grant, policy};
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, Variables, Verdict, Yield,
};

const SERVICE: &str = "codebuild.amazonaws.com";
const INLINE: &str = "build";
/// What a project with a GitLab source adds, see `build_project.rs`.
pub(super) const CONNECTION_INLINE: &str = "read-connection";

const ADD_POLICY: &str =
    "Add the inline policy that this page shows. A statement that denies this has to go.";

/// What a build does in its role's name (`CodeBuild` User Guide, "Allow `CodeBuild` to interact with
/// other AWS services"; ECR User Guide, "Required IAM permissions for pushing an image").
pub const GRANTS: [Grant; 5] = [
    Grant {
        setting: "login",
        // ECR asks for this one on everything.
        actions: &["ecr:GetAuthorizationToken"],
        resources: &["*"],
        passed_to: None,
    },
    Grant {
        setting: "push",
        actions: &[
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage",
        ],
        resources: &["arn:aws:ecr:{{region}}:{{account}}:repository/{{image_repository}}"],
        passed_to: None,
    },
    Grant {
        setting: "pull",
        actions: &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: &["arn:aws:ecr:{{region}}:{{account}}:repository/{{image_repository}}"],
        passed_to: None,
    },
    Grant {
        setting: "logs",
        actions: &[
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        resources: &[
            "arn:aws:logs:{{region}}:{{account}}:log-group:/aws/codebuild/{{build_project}}",
            "arn:aws:logs:{{region}}:{{account}}:log-group:/aws/codebuild/{{build_project}}:*",
        ],
        passed_to: None,
    },
    Grant {
        setting: "artifacts",
        actions: &["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        resources: &["arn:aws:s3:::{{artifact_bucket}}/*"],
        passed_to: None,
    },
];

/// The role.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::BuildRole,
    step: Step::Build,
    noun: "IAM role",
    name: "{{build_role}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{build_role}}",
    fields: &[Field {
        key: "name",
        label: "Role name (CodeBuild)",
        help: "The build project names it. A role that the console makes for a project may not push images.",
        kind: FieldKind::Fixed,
        default: "{{build_role}}",
    }],
    settings: &[
        Setting {
            key: "trust",
            label: "Trusted service",
            expect: Expect::Includes(&[SERVICE]),
            cause: "Another use case than “CodeBuild” was chosen, so that no build can take the role on.",
            remedy: "Edit the role's trust policy so that its principal is codebuild.amazonaws.com.",
        },
        Setting {
            key: "login",
            label: "May log in to ECR",
            expect: Expect::Rule {
                words: "ecr:GetAuthorizationToken on *",
                judge: allowed,
            },
            cause: "The role that the console makes has no right in ECR. The build would fail in PRE_BUILD, at docker login. This action takes no other resource than *.",
            remedy: ADD_POLICY,
        },
        Setting {
            key: "push",
            label: "May push images",
            expect: Expect::Rule {
                words: "five actions on {{image_repository}}, ecr:PutImage among them",
                judge: allowed,
            },
            cause: "The policy is missing, or it names another repository. The build would fail in POST_BUILD, at docker push.",
            remedy: ADD_POLICY,
        },
        Setting {
            key: "pull",
            label: "May pull images",
            expect: Expect::Rule {
                words: "ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on {{image_repository}}",
                judge: |found, variables| match allowed(found, variables) {
                    Verdict::Right => Verdict::Right,
                    _ => Verdict::RightBut(
                        "Each commit can be built once only: a second build cannot look whether its image is there.",
                    ),
                },
            },
            cause: "The policy allows to push and not to pull.",
            remedy: ADD_POLICY,
        },
        Setting {
            key: "logs",
            label: "May write its log",
            expect: Expect::Rule {
                words: "three actions on /aws/codebuild/{{build_project}}",
                judge: allowed,
            },
            cause: "The policy is missing, or it names the log group of another project. The build would fail before its first command.",
            remedy: ADD_POLICY,
        },
        Setting {
            key: "artifacts",
            label: "May read and write artifacts",
            expect: Expect::Rule {
                words: "s3:GetObject, s3:GetObjectVersion, s3:PutObject in {{artifact_bucket}}",
                judge: allowed,
            },
            cause: "The pipeline of step 12 hands the source over in its bucket and takes the build's files from there; a role that the console makes may use the console's own bucket only. The build would fail in DOWNLOAD_SOURCE.",
            remedy: ADD_POLICY,
        },
    ],
    create: |_| {
        let settles = GRANTS.map(|grant| grant.setting);
        let create = role::bare("{{build_role}}", SERVICE).capture("build_role_arn", "Role.Arn");
        vec![create, put_policy(&settles)]
    },
    repair: |setting, _| match setting {
        "trust" => role::repair(setting, "{{build_role}}", SERVICE, ""),
        other => vec![put_policy(&[other])],
    },
    delete: || {
        let inline = |policy| {
            let params = json!({ "RoleName": "{{build_role}}", "PolicyName": policy });
            Call::new("iam", "DeleteRolePolicy", params).done_if(&["NoSuchEntity"])
        };
        let delete = json!({ "RoleName": "{{build_role}}" });
        vec![
            inline(INLINE),
            inline(CONNECTION_INLINE),
            Call::new("iam", "DeleteRole", delete).done_if(&["NoSuchEntity"]),
        ]
    },
    yields: &[Yield {
        variable: "build_role_arn",
        label: "Build role ARN",
        fact: "arn",
    }],
};

fn put_policy(settles: &[&str]) -> Call {
    let params = json!({
        "RoleName": "{{build_role}}",
        "PolicyName": INLINE,
        "PolicyDocument": policy(&GRANTS),
    });
    Call::new("iam", "PutRolePolicy", params).settles(settles)
}

/// Observed as `allowed`, or as what is not: `no ecr:PutImage`.
fn allowed(found: &[String], _: &Variables) -> Verdict {
    match found {
        [only] if only == "allowed" => Verdict::Right,
        _ => Verdict::Wrong,
    }
}
