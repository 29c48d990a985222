//! Verdicts on what was found of the build project.

use crate::blueprint::{Variables, Verdict};

pub(super) fn location(found: &[String], variables: &Variables) -> Verdict {
    let bare = |url: &str| {
        url.trim_end_matches('/')
            .trim_end_matches(".git")
            .to_owned()
    };
    match (found, variables.get("repository_url")) {
        ([], _) => Verdict::Right,
        ([only], Some(wanted)) if bare(only) == bare(wanted) => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

/// Observed as nothing where none is needed, as an ARN, or as `the account's`.
pub(super) fn connection(found: &[String], variables: &Variables) -> Verdict {
    match found {
        [] => Verdict::Right,
        [only] if only == "the account's" => Verdict::RightBut(
            "The project has no connection of its own and takes the one that the account keeps for GitLab.",
        ),
        [only] if variables.get("connection_arn") == Some(only) => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

/// `CodeBuild`'s own images, by name and version (User Guide, "Docker images provided by
/// `CodeBuild`").
pub(super) fn image(found: &[String]) -> Verdict {
    let [only] = found else {
        return Verdict::Wrong;
    };
    let Some((name, version)) = only
        .strip_prefix("aws/codebuild/")
        .and_then(|image| image.split_once(':'))
    else {
        return Verdict::Wrong;
    };
    // `5.0`, or a fixed release of it: `5.0-25.11.01`.
    let version = version.split(['.', '-']).next().unwrap_or_default();
    match (name, version.parse::<u32>()) {
        ("amazonlinux-x86_64-standard" | "amazonlinux2-x86_64-standard", Ok(5..)) => Verdict::Right,
        ("amazonlinux-x86_64-standard" | "amazonlinux2-x86_64-standard", Ok(_)) => {
            Verdict::RightBut("It is Amazon Linux 2, which has had no updates since June 2026.")
        }
        ("standard", Ok(5..)) => {
            Verdict::RightBut("It is Ubuntu, not Amazon Linux. It has Docker and builds the same.")
        }
        _ => Verdict::Wrong,
    }
}

pub(super) fn datasource(found: &[String], variables: &Variables) -> Verdict {
    let wanted =
        || variables.fill_loosely("jdbc:postgresql://{{writer_endpoint}}:5432/{{database_name}}");
    match found {
        [] => Verdict::Right,
        [only] if *only == wanted() => Verdict::Right,
        _ => Verdict::RightBut(
            "The build does not use it. It names another database than the one of step 3, which may mislead whoever reads it.",
        ),
    }
}

/// Observed as nothing where the source is not GitLab.
pub(super) fn use_connection(found: &[String], _: &Variables) -> Verdict {
    match found {
        [] => Verdict::Right,
        [only] if only == "allowed" => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

pub(super) fn tag(found: &[String], _: &Variables) -> Verdict {
    match found {
        [only] if only == "latest" => Verdict::Right,
        [_] => Verdict::RightBut(
            "The service of step 7 starts from latest, which no build would push then.",
        ),
        _ => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_judged_by_name_and_version() {
        let judge = |name: &str| image(&[name.to_owned()]);
        for right in [
            "aws/codebuild/amazonlinux-x86_64-standard:5.0",
            "aws/codebuild/amazonlinux-x86_64-standard:6.0",
            "aws/codebuild/amazonlinux2-x86_64-standard:5.0-25.11.01",
        ] {
            assert_eq!(judge(right), Verdict::Right, "{right}");
        }
        for allowed in [
            "aws/codebuild/amazonlinux-x86_64-standard:4.0",
            "aws/codebuild/standard:7.0",
        ] {
            assert!(matches!(judge(allowed), Verdict::RightBut(_)), "{allowed}");
        }
        for wrong in [
            "aws/codebuild/amazonlinux-aarch64-standard:3.0",
            "aws/codebuild/windows-base:2022-1.0",
            "alpine:3",
        ] {
            assert_eq!(judge(wrong), Verdict::Wrong, "{wrong}");
        }
        assert_eq!(image(&[]), Verdict::Wrong);
    }

    #[test]
    fn the_repository_is_the_same_with_and_without_its_ending() {
        let mut variables = Variables::default();
        variables.set("repository_url", "https://gitlab.com/ada/tripmgmt.git");
        let judge = |url: &str| location(&[url.to_owned()], &variables);
        assert_eq!(judge("https://gitlab.com/ada/tripmgmt"), Verdict::Right);
        assert_eq!(judge("https://gitlab.com/ben/tripmgmt"), Verdict::Wrong);
        assert_eq!(location(&[], &variables), Verdict::Right);
    }
}
