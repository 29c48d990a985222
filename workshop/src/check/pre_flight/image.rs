//! Whether the builds may push the image that the next deployment names.

use std::collections::BTreeMap;

use super::super::judge::Row;
use super::Sights;
use crate::blueprint::{Inputs, Kind, Variables, find};
use crate::model::{Finding, Outcome};

/// The row about `latest`; none where the builds tag by commit, and none while `taskdef.json` does
/// not say, which its own row tells of.
pub(super) fn rows(sights: &Sights, variables: &Variables) -> Vec<Finding> {
    let Some(image) = sights.value(Kind::DeployFiles, "image") else {
        return Vec::new();
    };
    // What is tagged by commit is pushed once.
    if !image.ends_with(":latest") {
        return Vec::new();
    }
    let resource = find(Kind::ImageRepository);
    let row = Row {
        resource,
        variables,
    };
    let finding = |found: &str, outcome| {
        row.row(
            "mutability",
            "latest, pushed anew by every build",
            "the tag may move".to_owned(),
            found,
            outcome,
        )
    };
    match sights.value(Kind::ImageRepository, "mutability") {
        None => Vec::new(),
        Some("IMMUTABLE") => {
            let chosen = BTreeMap::new();
            let repair =
                (resource.repair)("mutability", &Inputs::new(resource, &chosen, variables));
            vec![Finding {
                cause: Some("The tags are immutable and step 8 took latest. taskdef.json names latest, so that every build has to push it again, and ECR would refuse: “tag invalid”.".to_owned()),
                remedy: Some("Exclude latest from the immutable tags, or let taskdef.json say <IMAGE1_NAME>, as step 12 proposes.".to_owned()),
                fixable: !repair.is_empty(),
                ..finding("IMMUTABLE", Outcome::Wrong)
            }]
        }
        Some(word) => vec![finding(word, Outcome::Passed)],
    }
}
