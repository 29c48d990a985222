//! AWS managed policies, as AWS published them.
//!
//! `managed.json` has those that the roles of a container pipeline use and a
//! few that people attach in their place, with AWS's own documents; `linked.json`
//! those that only service-linked roles have.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Managed {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) default_version_id: String,
    pub(super) create_date: String,
    pub(super) update_date: String,
    pub(super) document: Value,
}

impl Managed {
    pub(super) fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }
}

/// All of them. The files are part of the program; a test reads them.
pub(super) static MANAGED: LazyLock<Vec<Managed>> = LazyLock::new(|| {
    let files = [include_str!("managed.json"), include_str!("linked.json")];
    let read = |file| serde_json::from_str::<Vec<Managed>>(file).unwrap_or_default();
    files.into_iter().flat_map(read).collect()
});

pub(super) fn find(arn: &str) -> Option<&'static Managed> {
    MANAGED.iter().find(|policy| policy.arn() == arn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::iam::policy::{Kind, parse};

    #[test]
    fn every_document_is_a_policy() {
        assert!(MANAGED.len() > 10);
        for policy in MANAGED.iter() {
            assert_eq!(
                parse(&policy.document.to_string(), Kind::Identity).err(),
                None,
                "{}",
                policy.name
            );
        }
    }

    #[test]
    fn the_path_is_part_of_the_arn() {
        assert!(
            find("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy").is_some()
        );
        assert!(find("arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy").is_none());
        assert!(find("arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS").is_some());
        let linked = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy";
        assert!(find(linked).is_some());
    }
}
