//! `buildspec.yml` in the attendee's repository: what `CodeBuild` does with a commit.

use serde_json::json;

use crate::blueprint::generated::BUILDSPEC;
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, Variables,
    Verdict, Yield,
};

const COMMIT_FILE: &str =
    "Take the file that this page shows, commit it as buildspec.yml and push.";

/// The file on branch `main` (`CodeBuild` User Guide, "Build specification reference").
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::Buildspec,
    step: Step::Build,
    noun: "Buildspec",
    name: BUILDSPEC.path,
    needs: &[Need {
        kind: Kind::SourceRepository,
        why: "the file stands in it",
    }],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "{{repository_url}}",
    fields: &[Field {
        key: "name",
        label: "Buildspec name",
        help: "CodeBuild looks for this name in the root of the source. The sample application brings the file along.",
        kind: FieldKind::Fixed,
        default: BUILDSPEC.path,
    }],
    settings: &[
        Setting {
            key: "version",
            label: "Buildspec version",
            expect: Expect::Is("0.2"),
            cause: "The file is no YAML, or none that CodeBuild reads: it would fail in DOWNLOAD_SOURCE with “YAML_FILE_ERROR”. A tab is the usual reason, or a colon with a space in a command that is not quoted.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "phases",
            label: "Phases",
            expect: Expect::Rule {
                words: "pre_build, build, post_build",
                judge: judge_phases,
            },
            cause: "A phase's name is misspelt, or there is no phase build.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "login",
            label: "Logs in to ECR",
            expect: Expect::Is("aws ecr get-login-password | docker login"),
            cause: "Without it the push is refused: “no basic auth credentials”. The older `aws ecr get-login` is no part of the AWS CLI any more.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "image",
            label: "Builds the image",
            expect: Expect::Is("docker build"),
            cause: "No command builds an image.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "push",
            label: "Pushes, tagged by",
            expect: Expect::Rule {
                words: "commit",
                judge: judge_push,
            },
            cause: "No image is pushed, or under a tag that stays the same: the registry never gets the new version.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "again",
            label: "A commit that is built twice",
            expect: Expect::Rule {
                words: "takes the image that is there",
                judge: judge_again,
            },
            cause: "Tags are immutable: the second push of one commit fails.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "detail",
            label: "imageDetail.json",
            expect: Expect::Rule {
                words: "written, with ImageURI",
                judge: judge_detail,
            },
            cause: "The deploy action of step 12 reads from this file which image was built. Without it the deployment takes another one, or none.",
            remedy: COMMIT_FILE,
        },
        Setting {
            key: "artifacts",
            label: "Artifacts",
            expect: Expect::Rule {
                words: "imageDetail.json among the files",
                judge: judge_artifacts,
            },
            cause: "A file that is not listed under artifacts is gone when the build ends.",
            remedy: COMMIT_FILE,
        },
    ],
    create: |_| vec![put_file()],
    repair: |setting, _: &Inputs<'_>| vec![put_file().settles(&[setting])],
    // It goes with the repository that it stands in.
    delete: Vec::new,
    yields: &[
        Yield {
            variable: "build_tags_by",
            label: "Images are tagged by",
            fact: "design",
        },
        Yield {
            variable: "build_pushes_latest",
            label: "Every build pushes latest",
            fact: "latest",
        },
    ],
};

fn put_file() -> Call {
    let params = json!({
        "Path": BUILDSPEC.path,
        "Content": BUILDSPEC.text,
        "Message": "Build the image, push it by commit, say which it is",
    });
    Call::new("source", "PutFile", params)
}

/// Observed as the names below `phases` that have commands.
fn judge_phases(found: &[String], _: &Variables) -> Verdict {
    const KNOWN: [&str; 4] = ["install", "pre_build", "build", "post_build"];
    let has = |name: &str| found.iter().any(|phase| phase == name);
    if !has("build") || found.iter().any(|phase| !KNOWN.contains(&phase.as_str())) {
        Verdict::Wrong
    } else if has("pre_build") && has("post_build") {
        Verdict::Right
    } else {
        Verdict::RightBut(
            "It works, but a failure is told less exactly: its phase says what failed.",
        )
    }
}

/// Observed as `commit`, `build` and `latest`, as far as the pushed tags are such.
fn judge_push(found: &[String], _: &Variables) -> Verdict {
    let has = |kind: &str| found.iter().any(|tag| tag == kind);
    if has("commit") {
        Verdict::Right
    } else if has("build") {
        Verdict::RightBut(
            "Each build has a tag of its own. From the tag nobody can tell which commit it is.",
        )
    } else if has("latest") {
        Verdict::RightBut(
            "This is the design of the workshop's text. It works only if latest may move (step 4), and if taskdef.json says latest, too (step 12).",
        )
    } else {
        Verdict::Wrong
    }
}

fn judge_again(found: &[String], _: &Variables) -> Verdict {
    match found {
        [only] if only == "takes the image that is there" => Verdict::Right,
        [only] if only == "pushes latest anew" => Verdict::Right,
        [_] => Verdict::RightBut(
            "A retry in the pipeline fails: the commit's tag is taken, and immutable.",
        ),
        _ => Verdict::Wrong,
    }
}

/// Observed as `not needed` where the tag is always latest.
fn judge_detail(found: &[String], _: &Variables) -> Verdict {
    match found {
        [only] if only == "written, with ImageURI" || only == "not needed" => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

fn judge_artifacts(found: &[String], _: &Variables) -> Verdict {
    let is_meant = |file: &String| {
        ["imageDetail.json", "**/*", "*", "*.json", "not needed"]
            .contains(&file.trim_start_matches("./"))
    };
    if found.iter().any(is_meant) {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(judge: fn(&[String], &Variables) -> Verdict, found: &[&str]) -> Verdict {
        let found: Vec<_> = found.iter().map(|&text| text.to_owned()).collect();
        judge(&found, &Variables::default())
    }

    #[test]
    fn phases_are_known_ones() {
        assert_eq!(
            judge(judge_phases, &["pre_build", "build", "post_build"]),
            Verdict::Right
        );
        assert!(matches!(
            judge(judge_phases, &["build"]),
            Verdict::RightBut(_)
        ));
        assert_eq!(
            judge(judge_phases, &["prebuild", "build", "post_build"]),
            Verdict::Wrong
        );
        assert_eq!(judge(judge_phases, &[]), Verdict::Wrong);
    }

    #[test]
    fn a_tag_has_to_move_with_the_commit() {
        assert_eq!(judge(judge_push, &["commit", "latest"]), Verdict::Right);
        assert!(matches!(
            judge(judge_push, &["latest"]),
            Verdict::RightBut(_)
        ));
        assert_eq!(judge(judge_push, &["other"]), Verdict::Wrong);
    }
}
