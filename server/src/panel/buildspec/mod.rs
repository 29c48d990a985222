//! `buildspec.yml`, read from the repository: what its commands do.

mod commands;
mod document;

use workshop::blueprint::{Kind, find};
use workshop::model::{Facts, Near, Observation};

use super::Greenlight;
use super::crew::Crew;
use super::unread::with_unread;
use crate::source::{BRANCH, RepositoryRef, SourceError};
use commands::Commands;
use document::Document;

/// The ending that people give the file by mistake.
const OTHER_ENDING: &str = "buildspec.yaml";

/// What stands for a row that only a tag of its own for each image makes necessary.
const NOT_NEEDED: &str = "not needed";

impl Greenlight {
    /// Looks at the buildspec on the branch that is released.
    pub(super) async fn look_at_buildspec(&self, crew: &Crew) -> Observation {
        let Some(repository) = self.repository(crew) else {
            return Observation::Absent(None);
        };
        match self.read_buildspec(&repository).await {
            Ok(seen) => seen,
            Err(error) => super::source_repository::unknown(&error),
        }
    }

    async fn read_buildspec(&self, repository: &RepositoryRef) -> Result<Observation, SourceError> {
        let (source, path) = (&self.parts().source, find(Kind::Buildspec).name);
        if let Some(text) = source.file(repository, BRANCH, path).await? {
            return Ok(Observation::Present(facts(path, &text)));
        }
        let other = source.file(repository, BRANCH, OTHER_ENDING).await?;
        Ok(Observation::Absent(
            other.map(|_| Near::Name(OTHER_ENDING.to_owned())),
        ))
    }
}

/// What `text` is and does, in the words that the blueprint compares with.
fn facts(path: &str, text: &str) -> Facts {
    let facts = Facts::new(path);
    let document = match Document::read(text) {
        Ok(document) => document,
        Err(problem) => {
            let facts = with_unread(facts, Kind::Buildspec, path, |key| key != "version");
            return facts.with("version", problem);
        }
    };
    let commands = Commands::of(&document);
    let tags = commands.pushed_tags();
    let has = |kind: &str| tags.iter().any(|tag| tag == kind);
    let latest = match (has("latest"), commands.pushes_latest_by_name()) {
        (_, true) => "yes",
        (true, false) => "as IMAGE_TAG says",
        (false, false) => "no",
    };
    let only_latest = !tags.is_empty() && tags.iter().all(|tag| tag == "latest");
    let design = ["commit", "build", "latest"]
        .into_iter()
        .find(|kind| has(kind));
    let again = if only_latest {
        Some("pushes latest anew")
    } else if tags.is_empty() {
        None
    } else if has("build") || commands.spares_a_tag_that_is_taken() {
        Some("takes the image that is there")
    } else {
        Some("fails at the push")
    };
    let detail = match commands.image_detail() {
        None if only_latest => NOT_NEEDED,
        None => "not written",
        Some(detail) => detail,
    };
    let mut files = document.artifacts.clone();
    if only_latest {
        files.push(NOT_NEEDED.to_owned());
    }
    let all = |values: Option<&str>| values.map(str::to_owned).into_iter().collect();
    facts
        .with("version", document.version())
        .with_all("phases", document.phase_names())
        .with_all("login", all(commands.login()))
        .with_all("image", all(commands.builds()))
        .with_all("push", tags)
        .with_all("again", all(again))
        .with("detail", detail)
        .with_all("artifacts", files)
        .with_all("design", all(design))
        .with("latest", latest)
}

#[cfg(test)]
mod tests {
    use workshop::blueprint::{Variables, generated_file};
    use workshop::check::findings;
    use workshop::model::Outcome;

    use super::*;

    /// The settings that are not right, and those that pass with a warning.
    fn judged(text: &str) -> (Vec<String>, Vec<String>) {
        let seen = Observation::Present(facts("buildspec.yml", text));
        let rows = findings(find(Kind::Buildspec), &seen, &Variables::default());
        let keys = |is_meant: fn(&workshop::model::Finding) -> bool| {
            let rows = rows.iter().filter(|row| is_meant(row));
            rows.map(|row| row.setting.clone()).collect()
        };
        (
            keys(|row| row.outcome != Outcome::Passed),
            keys(|row| row.warning.is_some()),
        )
    }

    fn generated() -> String {
        let file = generated_file("buildspec.yml").expect("it is generated");
        file.text.to_owned()
    }

    /// The generated file with one text in place of another.
    fn changed(from: &str, to: &str) -> (Vec<String>, Vec<String>) {
        let text = generated();
        assert!(text.contains(from), "{from}");
        judged(&text.replace(from, to))
    }

    #[test]
    fn the_generated_file_is_right() {
        assert_eq!(judged(&generated()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn each_fault_is_named() {
        for (from, to, wrong) in [
            ("version: 0.2", "version: 0.7", "version"),
            ("- REGISTRY=", "- echo a: b\n      - REGISTRY=", "version"),
            ("pre_build:", "prebuild:", "phases"),
            ("get-login-password", "get-login", "login"),
            ("docker build", "docker biuld", "image"),
            ("docker push", "docker psuh", "push"),
            ("> imageDetail.json", "> image.json", "detail"),
            ("ImageURI", "imageUri", "detail"),
            ("\"$IMAGE:$COMMIT\" >", "\"$IMAGE:latest\" >", "detail"),
            ("    - imageDetail.json\n", "", "artifacts"),
        ] {
            let (missed, _) = changed(from, to);
            assert!(missed.iter().any(|key| key == wrong), "{to}: {missed:?}");
            // A file that no push is found in has no second push either.
            let only = missed.iter().all(|key| key == wrong || key == "again");
            assert!(only || wrong == "push", "{to}: {missed:?}");
        }
    }

    #[test]
    fn of_a_file_that_cannot_be_read_only_that_is_wrong() {
        let seen = Observation::Present(facts("buildspec.yml", "phases:\n\tbuild:\n"));
        for row in findings(find(Kind::Buildspec), &seen, &Variables::default()) {
            let expected = match row.setting.as_str() {
                "exists" => Outcome::Passed,
                "version" => Outcome::Wrong,
                _ => Outcome::CouldNotTell,
            };
            assert_eq!(row.outcome, expected, "{row:#?}");
        }
    }

    #[test]
    fn the_design_of_the_workshop_passes_with_a_warning() {
        let seeds = "version: 0.2\nphases:\n  pre_build:\n    commands:\n      - aws ecr get-login-password --region $AWS_DEFAULT_REGION | docker login --username AWS --password-stdin $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com\n  build:\n    commands:\n      - docker build -t $IMAGE_REPO_NAME:$IMAGE_TAG .\n      - docker tag $IMAGE_REPO_NAME:$IMAGE_TAG $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com/$IMAGE_REPO_NAME:$IMAGE_TAG\n  post_build:\n    commands:\n      - docker push $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com/$IMAGE_REPO_NAME:$IMAGE_TAG\nartifacts:\n  files:\n    - taskdef.json\n";
        assert_eq!(judged(seeds), (Vec::new(), vec!["push".to_owned()]));
    }

    #[test]
    fn a_retry_that_would_fail_is_warned_of() {
        let (missed, warned) = changed(" || docker pull \"$IMAGE:$COMMIT\"", "");
        assert_eq!((missed, warned), (Vec::new(), vec!["again".to_owned()]));
    }
}
