//! The two files of the repository that the deploy stage reads: which task to run, and where the
//! traffic goes.
//!
//! `CodePipeline` User Guide, "Amazon ECS and `CodeDeploy` blue-green action reference".

use serde_json::json;

use super::{pipeline::Design, task_definition};
use crate::blueprint::generated::{APPSPEC, TASKDEF};
use crate::blueprint::{
    Call, Choice, Expect, Kind, Need, Price, Resource, Setting, Step, Verdict, Yield,
};

const PUSH_TASKDEF: &str =
    "Put it right in taskdef.json as this page shows the file, commit and push.";
const PUSH_APPSPEC: &str =
    "Put it right in appspec.yaml as this page shows the file, commit and push.";

/// Both files, at the tip of `main`.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::DeployFiles,
    step: Step::Pipeline,
    noun: "Deployment files",
    name: "taskdef.json and appspec.yaml",
    needs: &[
        Need {
            kind: Kind::SourceRepository,
            why: "they lie in the repository",
        },
        Need {
            kind: Kind::TaskDefinition,
            why: "they say again what step 5 settled",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "{{repository_url}}",
    // Which image taskdef.json names is asked once, with the pipeline.
    fields: &[],
    settings: &SETTINGS,
    create: |inputs| vec![put_taskdef(Design::chosen(inputs)), put_appspec()],
    repair: |setting, inputs| {
        if setting.starts_with("appspec") {
            vec![put_appspec().settles(&[setting])]
        } else {
            vec![put_taskdef(Design::of_file(inputs)).settles(&[setting])]
        }
    },
    // They go with the repository.
    delete: Vec::new,
    yields: &[Yield {
        variable: "taskdef_image",
        label: "Image in taskdef.json",
        fact: "image",
    }],
};

const SETTINGS: [Setting; 18] = [
    Setting {
        key: "taskdef",
        label: "taskdef.json",
        expect: Expect::Is("JSON"),
        cause: "The file is not there, or a comma or quote in it is. CodePipeline reads it before it deploys.",
        remedy: PUSH_TASKDEF,
    },
    Setting {
        key: "family",
        label: "Family",
        expect: Expect::Is("{{task_family}}"),
        cause: "Every deployment would add its revision to another family than the one of step 5.",
        remedy: PUSH_TASKDEF,
    },
    of_task("compatibility"),
    of_task("network"),
    of_task("memory"),
    of_task("cpu"),
    of_task("execution_role"),
    of_task("container"),
    Setting {
        key: "image",
        label: "Image",
        expect: Expect::OneOf(&[
            Choice {
                value: "<IMAGE1_NAME>",
                warning: None,
            },
            Choice {
                value: "{{image_repository_uri}}:latest",
                warning: Some(
                    "It deploys whatever latest is at that moment, so that every build has to push latest again, and nobody can tell from a deployment which commit runs.",
                ),
            },
        ]),
        cause: "The file names one image for good: every deployment would run the same code, whatever was pushed.",
        remedy: PUSH_TASKDEF,
    },
    of_task("ports"),
    of_task("url"),
    of_task("user"),
    Setting {
        key: "password",
        label: "SPRING_DATASOURCE_PASSWORD",
        expect: Expect::Rule {
            words: "read from {{db_password_parameter}}",
            // The repository is public, so that what a task definition may do is wrong here.
            judge: |found, variables| match found {
                [only] if only == "written out" => Verdict::Wrong,
                _ => task_definition::judge_password(found, variables),
            },
        },
        cause: "The tasks would start without the password; or it is written out, and whoever reads the repository has it.",
        remedy: "Name {{db_password_parameter_arn}} under `secrets` in taskdef.json, commit and push. If a password was written out, change it too.",
    },
    of_task("logs"),
    Setting {
        key: "appspec",
        label: "appspec.yaml",
        expect: Expect::Is("YAML"),
        cause: "The file is not there, or its indentation is not YAML's. CodeDeploy reads it before it deploys.",
        remedy: PUSH_APPSPEC,
    },
    Setting {
        key: "appspec_task",
        label: "Task definition in appspec.yaml",
        expect: Expect::Is("<TASK_DEFINITION>"),
        cause: "CodePipeline puts the new revision's ARN in the place of <TASK_DEFINITION>. An ARN written out deploys the same revision again and again.",
        remedy: PUSH_APPSPEC,
    },
    Setting {
        key: "appspec_container",
        label: "Container in appspec.yaml",
        expect: Expect::Is("{{container}}"),
        cause: "The traffic would be sent to a container that the task definition does not have; the deployment fails.",
        remedy: PUSH_APPSPEC,
    },
    Setting {
        key: "appspec_port",
        label: "Port in appspec.yaml",
        expect: Expect::Is("8080"),
        cause: "The application listens on 8080, and the task definition maps no other port.",
        remedy: PUSH_APPSPEC,
    },
];

/// What step 5 expects of the task definition holds for the file, too; only the remedy differs.
/// A key that there is not stops the compiler.
const fn of_task(key: &str) -> Setting {
    let settings = task_definition::RESOURCE.settings;
    let mut at = 0;
    while !same(settings[at].key, key) {
        at += 1;
    }
    Setting {
        remedy: PUSH_TASKDEF,
        ..settings[at]
    }
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

fn put_taskdef(design: Design) -> Call {
    let content = TASKDEF.text.replace("<IMAGE1_NAME>", design.image());
    let settings = SETTINGS.iter().map(|setting| setting.key);
    let own: Vec<_> = settings.filter(|key| !key.starts_with("appspec")).collect();
    put(TASKDEF.path, &content).settles(&own)
}

fn put_appspec() -> Call {
    let settings = SETTINGS.iter().map(|setting| setting.key);
    let own: Vec<_> = settings.filter(|key| key.starts_with("appspec")).collect();
    put(APPSPEC.path, APPSPEC.text).settles(&own)
}

/// A commit on `main` with this one file.
fn put(path: &str, content: &str) -> Call {
    let message = format!("{path} with the workshop's values");
    let params = json!({ "Path": path, "Content": content, "Message": message });
    Call::new("source", "PutFile", params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_json_and_name_an_image_of_either_design() {
        for (design, image) in [
            (Design::Commit, "<IMAGE1_NAME>"),
            (Design::Latest, "{{image_repository_uri}}:latest"),
        ] {
            let call = put_taskdef(design);
            let content = call.params["Content"].as_str().unwrap_or_default();
            let file: serde_json::Value = serde_json::from_str(content).unwrap();
            assert_eq!(file["containerDefinitions"][0]["image"], image);
            assert!(!call.settles.iter().any(|key| key.starts_with("appspec")));
        }
        assert!(
            put_appspec()
                .settles
                .iter()
                .any(|key| key == "appspec_port")
        );
    }

    #[test]
    fn settings_of_the_task_definition_keep_their_expectation() {
        let url = of_task("url");
        assert_eq!(url.label, "SPRING_DATASOURCE_URL");
        assert_eq!(url.remedy, PUSH_TASKDEF);
    }
}
