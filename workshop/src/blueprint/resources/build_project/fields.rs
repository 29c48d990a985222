//! What the form asks of the build project.

use crate::blueprint::{Field, FieldKind};

/// The workshop's image.
const STANDARD: &str = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "name",
        label: "Project name",
        help: "The build action of step 12 names it.",
        kind: FieldKind::Fixed,
        default: "{{build_project}}",
    },
    Field {
        key: "source",
        label: "Source provider",
        help: "The pipeline hands its source to the build, so CodePipeline needs nothing else. The workshop's text takes GitLab, which needs the connection of step 10: do that step first.",
        kind: FieldKind::Choice(&[
            ("CODEPIPELINE", "AWS CodePipeline"),
            ("GITLAB", "GitLab, after step 10"),
        ]),
        default: "CODEPIPELINE",
    },
    Field {
        key: "image",
        label: "Environment image",
        help: "The workshop's text says Amazon Linux 2; this is its successor, Amazon Linux 2023.",
        kind: FieldKind::Choice(&[
            (STANDARD, "Amazon Linux 2023, x86_64, standard 5.0"),
            ("aws/codebuild/standard:7.0", "Ubuntu 22.04, standard 7.0"),
        ]),
        default: STANDARD,
    },
    Field {
        key: "compute",
        label: "Compute",
        help: "Two vCPUs and 4 GiB are enough. A minute costs half a US cent, and the first hundred a month are free.",
        kind: FieldKind::Choice(&[
            ("BUILD_GENERAL1_SMALL", "4 GiB memory, 2 vCPUs"),
            ("BUILD_GENERAL1_MEDIUM", "8 GiB memory, 4 vCPUs"),
        ]),
        default: "BUILD_GENERAL1_SMALL",
    },
    Field {
        key: "privileged",
        label: "Privileged",
        help: "Docker's daemon runs inside the build only if it is privileged.",
        kind: FieldKind::Choice(&[("yes", "Enabled"), ("no", "Disabled")]),
        default: "yes",
    },
    Field {
        key: "role",
        label: "Service role",
        help: "The role from above.",
        kind: FieldKind::Fixed,
        default: "{{build_role}}",
    },
    Field {
        key: "datasource",
        label: "SPRING_DATASOURCE_URL",
        help: "The workshop's text sets it. The build does not use it: the task definition tells the container where the database is.",
        kind: FieldKind::Choice(&[
            ("no", "Leave it out"),
            ("yes", "Set it, as in the workshop's text"),
        ]),
        default: "no",
    },
];
