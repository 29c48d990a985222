//! What is expected of the pipeline, stage by stage.

use crate::blueprint::{Choice, Expect, Setting, Variables, Verdict};

const EDIT_SOURCE: &str = "Edit the pipeline, stage Source, action Source: connection {{connection}}, repository {{full_repository_id}}, branch main.";
const EDIT_BUILD: &str = "Edit the pipeline, stage Build: project {{build_project}}, input artifact SourceArtifact, output artifact BuildArtifact.";
const EDIT_DEPLOY: &str = "Edit the pipeline, stage Deploy, provider Amazon ECS (Blue/Green): application {{deploy_application}}, group {{deployment_group}}.";
const EDIT_FILES: &str = "Edit the pipeline, stage Deploy: input artifact SourceArtifact, task definition SourceArtifact taskdef.json, AppSpec file SourceArtifact appspec.yaml.";

/// In the order of its stages.
pub(super) const SETTINGS: [Setting; 18] = [
    Setting {
        key: "type",
        label: "Pipeline type",
        expect: Expect::Is("V2"),
        cause: "The CLI makes V1 where nothing is said. It has one execution mode only, and no way back to an earlier execution.",
        remedy: "Edit the pipeline's settings: pipeline type V2.",
    },
    Setting {
        key: "mode",
        label: "Execution mode",
        expect: Expect::OneOf(&[
            Choice {
                value: "QUEUED",
                warning: None,
            },
            Choice {
                value: "SUPERSEDED",
                warning: Some(
                    "While a deployment waits for you, each push overtakes the one that waits behind it.",
                ),
            },
        ]),
        cause: "Parallel executions would each ask for the one deployment that the group can do at a time.",
        remedy: "Edit the pipeline's settings: execution mode Queued.",
    },
    Setting {
        key: "role",
        label: "Service role",
        expect: Expect::Is("{{pipeline_role_arn}}"),
        cause: "Another role was chosen; whether it may do what the stages need was not looked at.",
        remedy: "Edit the pipeline's settings: service role {{pipeline_role}}.",
    },
    Setting {
        key: "bucket",
        label: "Artifact store",
        expect: Expect::Is("{{artifact_bucket}}"),
        cause: "“Default location” is a bucket that all pipelines of the Region share: the role made here may not write to it, and clean-up cannot tell what in it is yours.",
        remedy: "Edit the pipeline's advanced settings: Custom location, {{artifact_bucket}}.",
    },
    Setting {
        key: "connection",
        label: "Source: connection",
        expect: Expect::Is("{{connection_arn}}"),
        cause: "The source stage goes through another connection, or has another provider than GitLab.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "repository",
        label: "Source: repository",
        expect: Expect::Is("{{full_repository_id}}"),
        cause: "The full path is asked for, with all groups: “tripmgmt” alone is not found.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "branch",
        label: "Source: branch",
        expect: Expect::Is("main"),
        cause: "You push to main, and the pipeline waits for another branch.",
        remedy: EDIT_SOURCE,
    },
    Setting {
        key: "format",
        label: "Source: artifact format",
        expect: Expect::Is("CODE_ZIP"),
        cause: "“Full clone” hands on a reference that only CodeBuild can read; the deploy stage would find no taskdef.json.",
        remedy: "Edit the pipeline, stage Source: output artifact format CodePipeline default.",
    },
    Setting {
        key: "detect",
        label: "Source: starts on a push",
        expect: Expect::Is("true"),
        cause: "Change detection was switched off, so that a push starts nothing.",
        remedy: "Edit the pipeline, stage Source: start the pipeline on source code change.",
    },
    Setting {
        key: "build",
        label: "Build: project",
        expect: Expect::Is("{{build_project}}"),
        cause: "There is no build stage with CodeBuild, or it builds another project.",
        remedy: EDIT_BUILD,
    },
    Setting {
        key: "build_artifacts",
        label: "Build: artifacts",
        expect: Expect::Is("from SourceArtifact to BuildArtifact"),
        cause: "The build takes something else than the commit, or hands its result on under another name, which the deploy stage does not find.",
        remedy: EDIT_BUILD,
    },
    Setting {
        key: "approval",
        label: "Manual approval",
        expect: Expect::Rule {
            words: "none, or before Deploy",
            judge: |found, _| match found {
                [only] if only == "none" || only == "before Deploy" => Verdict::Right,
                _ => Verdict::Wrong,
            },
        },
        cause: "An approval after the deployment approves what everybody sees already.",
        remedy: "Edit the pipeline and move the approval in front of the stage Deploy.",
    },
    Setting {
        key: "application",
        label: "Deploy: application",
        expect: Expect::Is("{{deploy_application}}"),
        cause: "The deploy stage has another provider than “Amazon ECS (Blue/Green)”, or names another application.",
        remedy: EDIT_DEPLOY,
    },
    Setting {
        key: "group",
        label: "Deploy: deployment group",
        expect: Expect::Is("{{deployment_group}}"),
        cause: "The deploy stage names another group, with other listeners or waits.",
        remedy: EDIT_DEPLOY,
    },
    Setting {
        key: "taskdef",
        label: "Deploy: task definition",
        expect: Expect::Is("SourceArtifact taskdef.json"),
        cause: "The file is taken from another artifact, as the workshop's text has it at first; it belongs to the commit, not to what the build hands on.",
        remedy: EDIT_FILES,
    },
    Setting {
        key: "appspec",
        label: "Deploy: AppSpec file",
        expect: Expect::Is("SourceArtifact appspec.yaml"),
        cause: "The file is taken from another artifact, as the workshop's text has it at first, or ends in yml.",
        remedy: EDIT_FILES,
    },
    Setting {
        key: "image_design",
        label: "Deploy: image",
        expect: Expect::Rule {
            words: "what taskdef.json asks for: {{taskdef_image}}",
            judge: judge_design,
        },
        cause: "Two designs are mixed. A placeholder in taskdef.json that nobody fills is no image. And a build that tags by commit, beside a file that says latest, is never deployed: the pipeline stays green and runs the same code for ever. So it does where the registry does not let latest move.",
        remedy: "For <IMAGE1_NAME> in taskdef.json: input artifacts SourceArtifact and BuildArtifact, image details BuildArtifact, placeholder IMAGE1_NAME. For latest: SourceArtifact only, no image details, a build that pushes latest (step 9), and a registry that lets it move (step 4).",
    },
    Setting {
        key: "first_execution",
        label: "First execution",
        expect: Expect::Rule {
            words: "stopped",
            judge: |found, _| match found {
                [only] if only == "InProgress" => Verdict::Wrong,
                _ => Verdict::Right,
            },
        },
        cause: "CodePipeline starts every new pipeline at once. This execution releases what you have not changed yet, and your first push would wait behind it.",
        remedy: "Open the pipeline, choose Stop execution, Stop and abandon.",
    },
];

/// What the deploy action puts in, what `taskdef.json` leaves room for and what the build pushes, as
/// one: none is wrong by itself. Observed as `none`, or as `<artifact> for <placeholder>`.
fn judge_design(found: &[String], variables: &Variables) -> Verdict {
    let [put_in] = found else {
        return Verdict::Wrong;
    };
    let consistent = match variables.get("taskdef_image") {
        Some("<IMAGE1_NAME>") => {
            put_in == "BuildArtifact for <IMAGE1_NAME>"
                && variables.get("build_tags_by") != Some("latest")
        }
        Some(_) => put_in == "none" && latest_follows_the_commit(variables),
        None => false,
    };
    if consistent {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}

/// Whether every build moves `latest`: it pushes it (step 9), and the registry lets it (step 4). What
/// was not looked at yet is taken to be as the workshop has it.
fn latest_follows_the_commit(variables: &Variables) -> bool {
    let is_pushed = match variables.get("build_pushes_latest") {
        Some("no") => false,
        Some("as IMAGE_TAG says") => variables
            .get("build_image_tag")
            .is_none_or(|tag| tag == "latest"),
        _ => true,
    };
    is_pushed && variables.get("latest_moves") != Some("no")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_of_the_two_designs_is_wrong() {
        let judge = |put_in: &str, file: &str| {
            let mut variables = Variables::default();
            variables.set("taskdef_image", file);
            judge_design(&[put_in.to_owned()], &variables)
        };
        let (commit, latest) = (
            "<IMAGE1_NAME>",
            "1.dkr.ecr.eu-west-1.amazonaws.com/a:latest",
        );
        let from_build = "BuildArtifact for <IMAGE1_NAME>";
        assert_eq!(judge(from_build, commit), Verdict::Right);
        assert_eq!(judge("none", latest), Verdict::Right);
        assert_eq!(judge("none", commit), Verdict::Wrong);
        assert_eq!(judge(from_build, latest), Verdict::Wrong);
        assert_eq!(
            judge("SourceArtifact for <IMAGE1_NAME>", commit),
            Verdict::Wrong
        );
        assert_eq!(judge("BuildArtifact for <IMAGE>", commit), Verdict::Wrong);
    }

    #[test]
    fn the_build_has_to_make_what_is_deployed() {
        let judge = |put_in: &str, file: &str, (variable, value): (&str, &str)| {
            let mut variables = Variables::default();
            variables.set("taskdef_image", file);
            variables.set(variable, value);
            judge_design(&[put_in.to_owned()], &variables)
        };
        let from_build = "BuildArtifact for <IMAGE1_NAME>";
        let by_commit = |tags| judge(from_build, "<IMAGE1_NAME>", ("build_tags_by", tags));
        assert_eq!(by_commit("commit"), Verdict::Right);
        assert_eq!(by_commit("latest"), Verdict::Wrong);
        let latest = |pushed| judge("none", "a:latest", ("build_pushes_latest", pushed));
        assert_eq!(latest("yes"), Verdict::Right);
        assert_eq!(latest("no"), Verdict::Wrong);
        assert_eq!(latest("as IMAGE_TAG says"), Verdict::Right);
        let held = judge("none", "a:latest", ("latest_moves", "no"));
        assert_eq!(held, Verdict::Wrong);
    }
}
