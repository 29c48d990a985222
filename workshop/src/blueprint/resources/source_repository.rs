//! The attendee's own Git repository with the sample application.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Verdict, Yield,
};

/// The repository.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::SourceRepository,
    step: Step::SourceCode,
    noun: "Git repository",
    name: "{{source_repository}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "{{repository_url}}",
    fields: &[
        Field {
            key: "name",
            label: "Project name",
            help: "The pipeline of step 12 looks for this name.",
            kind: FieldKind::Fixed,
            default: "{{source_repository}}",
        },
        Field {
            key: "project",
            label: "GitLab project",
            help: "Make it at GitLab, public and without a README, then enter it here as your-name/tripmgmt: the checks and the pipeline look there.",
            kind: FieldKind::Project,
            default: "{{project_path}}",
        },
        Field {
            key: "visibility",
            label: "Visibility level",
            help: "The workshop checks the repository without a token, so it has to be public. Nothing secret belongs in it.",
            kind: FieldKind::Choice(&[("public", "Public"), ("private", "Private")]),
            default: "public",
        },
    ],
    settings: &[
        Setting {
            key: "visibility",
            label: "Visibility",
            expect: Expect::Is("public"),
            cause: "A new project is private unless “Public” is chosen.",
            remedy: "Set the project's visibility to public: Settings, General, Visibility.",
        },
        Setting {
            key: "branches",
            label: "Branches",
            expect: Expect::Includes(&["main"]),
            cause: "Nothing was pushed yet, or git named the first branch “master”.",
            remedy: "Run `git branch -M main`, then `git push --set-upstream origin main`.",
        },
        Setting {
            key: "files",
            label: "Files on main",
            expect: Expect::Includes(&[
                "Dockerfile",
                "buildspec.yml",
                "taskdef.json",
                "appspec.yaml",
                "src/main/webapp/app/home/home.component.html",
            ]),
            cause: "A file was left out of the commit, or has another name: `appspec.yaml` ends in yaml, `buildspec.yml` in yml.",
            remedy: "Add the missing file with exactly this name, commit and push.",
        },
        Setting {
            key: "task_password",
            label: "Password in taskdef.json",
            expect: Expect::Rule {
                words: "named by secrets.valueFrom, never written out",
                judge: |found, _| match found {
                    [only] if only == "secrets.valueFrom" || only == "none" => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "The repository is public: whoever reads `taskdef.json` has the database's password.",
            remedy: "Move SPRING_DATASOURCE_PASSWORD from `environment` to `secrets` with valueFrom {{db_password_parameter}}, push, and change the password.",
        },
    ],
    create,
    repair,
    delete: || {
        vec![Call::new(
            "source",
            "DeleteRepository",
            json!({ "Name": "{{source_repository}}" }),
        )]
    },
    yields: &[Yield {
        variable: "repository_url",
        label: "Repository address",
        fact: "url",
    }],
};

fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    vec![Call::new(
        "source",
        "CreateRepository",
        json!({ "Name": "{{source_repository}}", "Visibility": inputs.text("visibility") }),
    )]
}

fn repair(setting: &str, _inputs: &Inputs<'_>) -> Vec<Call> {
    match setting {
        "visibility" => vec![
            Call::new(
                "source",
                "UpdateRepository",
                json!({ "Name": "{{source_repository}}", "Visibility": "public" }),
            )
            .settles(&["visibility"]),
        ],
        _ => Vec::new(),
    }
}
