//! What is expected of the build project.

use super::judge;
use crate::blueprint::{Choice, Expect, Setting};

const EDIT_ENVIRONMENT: &str = "Edit the project's environment as this page shows it.";
const EDIT_VARIABLES: &str = "Edit the project's environment: Additional configuration, Environment variables. Write it as this page shows it.";
const EDIT_SOURCE: &str = "Edit the project's source: CodePipeline, or your GitLab repository by the connection of step 10.";

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "source",
        label: "Source provider",
        expect: Expect::OneOf(&[
            Choice {
                value: "CODEPIPELINE",
                warning: None,
            },
            Choice {
                value: "GITLAB",
                warning: Some(
                    "It works only with the connection of step 10. In the pipeline the source is CodePipeline's, whatever stands here.",
                ),
            },
        ]),
        cause: "The project fetches its source elsewhere, or has none.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "location",
        label: "Repository",
        expect: Expect::Rule {
            words: "the repository of step 1, where the source is GitLab",
            judge: judge::location,
        },
        cause: "The project builds another repository than the one of step 1.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "connection",
        label: "Connection",
        expect: Expect::Rule {
            words: "the connection of step 10, where the source is GitLab",
            judge: judge::connection,
        },
        cause: "The project names another connection, or none that is there.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "use_connection",
        label: "Role may use the connection",
        expect: Expect::Rule {
            words: "allowed, where the source is GitLab",
            judge: judge::use_connection,
        },
        cause: "The build's role may not read by the connection. A build would fail in DOWNLOAD_SOURCE. The prefix of the actions is that of the connection's ARN: codeconnections, or codestar-connections for an older one.",
        remedy: "Allow GetConnection and GetConnectionToken on the connection in the role's policy.",
    },
    Setting {
        key: "buildspec",
        label: "Buildspec",
        expect: Expect::Is("buildspec.yml"),
        cause: "The project has build commands of its own, or names another file, so that the repository's buildspec.yml is not read.",
        remedy: "Edit the project's buildspec: “Use a buildspec file”, and leave the name empty.",
    },
    Setting {
        key: "artifacts",
        label: "Artifacts",
        expect: Expect::OneOf(&[
            Choice {
                value: "CODEPIPELINE",
                warning: None,
            },
            Choice {
                value: "NO_ARTIFACTS",
                warning: Some(
                    "So it is with a GitLab source. In the pipeline the artifacts are CodePipeline's, whatever stands here.",
                ),
            },
            Choice {
                value: "S3",
                warning: Some(
                    "A build outside the pipeline writes to a bucket that no step makes. In the pipeline the artifacts are CodePipeline's.",
                ),
            },
        ]),
        cause: "The build's files go elsewhere.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "image",
        label: "Environment image",
        expect: Expect::Rule {
            words: "aws/codebuild/amazonlinux-x86_64-standard:5.0 or newer",
            judge: |found, _| judge::image(found),
        },
        cause: "Another image was chosen: one without Docker, or one for ARM, whose images do not run on t3 instances.",
        remedy: EDIT_ENVIRONMENT,
    },
    Setting {
        key: "type",
        label: "Environment type",
        expect: Expect::Is("LINUX_CONTAINER"),
        cause: "An image that is built on ARM or Windows does not start on the cluster's t3 instances: “exec format error”.",
        remedy: EDIT_ENVIRONMENT,
    },
    Setting {
        key: "compute",
        label: "Compute",
        expect: Expect::OneOf(&[
            Choice {
                value: "BUILD_GENERAL1_SMALL",
                warning: None,
            },
            Choice {
                value: "BUILD_GENERAL1_MEDIUM",
                warning: Some("A minute costs twice as much, and the build is hardly faster."),
            },
            Choice {
                value: "BUILD_GENERAL1_LARGE",
                warning: Some("A minute costs four times as much, and the build is hardly faster."),
            },
        ]),
        cause: "A larger machine was chosen. It costs more, and this build is no faster on it.",
        remedy: EDIT_ENVIRONMENT,
    },
    Setting {
        key: "privileged",
        label: "Privileged mode",
        expect: Expect::Is("on"),
        cause: "The box under “Additional configuration” was not ticked. The build would fail with “Cannot connect to the Docker daemon”.",
        remedy: "Edit the project's environment: Additional configuration, Privileged.",
    },
    Setting {
        key: "role",
        label: "Service role",
        expect: Expect::Is("{{build_role_arn}}"),
        cause: "“New service role” was chosen, which makes a role that may not push images.",
        remedy: "Edit the project's environment: “Existing service role”, {{build_role}}.",
    },
    Setting {
        key: "region",
        label: "AWS_DEFAULT_REGION",
        expect: Expect::Is("{{region}}"),
        cause: "The build makes the registry's address from it, and would log in to a registry in another Region, or to none.",
        remedy: EDIT_VARIABLES,
    },
    Setting {
        key: "account",
        label: "AWS_ACCOUNT_ID",
        expect: Expect::Is("{{account}}"),
        cause: "The build makes the registry's address from it, and would log in to another account's registry, or to none.",
        remedy: EDIT_VARIABLES,
    },
    Setting {
        key: "repository",
        label: "IMAGE_REPO_NAME",
        expect: Expect::Is("{{image_repository}}"),
        cause: "The build would push to a repository that is not there: “name unknown”.",
        remedy: EDIT_VARIABLES,
    },
    Setting {
        key: "tag",
        label: "IMAGE_TAG",
        expect: Expect::Rule {
            words: "latest",
            judge: judge::tag,
        },
        cause: "Without it the image has a name that ends in a colon, which Docker refuses.",
        remedy: EDIT_VARIABLES,
    },
    Setting {
        key: "datasource",
        label: "SPRING_DATASOURCE_URL",
        expect: Expect::Rule {
            words: "none, or the address of step 3's database",
            judge: judge::datasource,
        },
        cause: "It is not needed here.",
        remedy: EDIT_VARIABLES,
    },
    Setting {
        key: "logs",
        label: "CloudWatch logs",
        expect: Expect::Is("on"),
        cause: "The box under “Logs” was cleared: when a build fails, nobody can say why.",
        remedy: "Edit the project's logs and tick “CloudWatch logs”.",
    },
];
