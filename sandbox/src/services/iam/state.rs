//! What IAM keeps: names are unique without regard to case, as on AWS.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::linked_deletion::Deletion;
use crate::clock::Millis;
use crate::ids::Ids;
use crate::tags::Tags;

/// The account's IAM, the same in every Region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Iam {
    pub(crate) roles: BTreeMap<String, Role>,
    pub(crate) instance_profiles: BTreeMap<String, InstanceProfile>,
    /// Customer managed policies, by ARN.
    pub(crate) policies: BTreeMap<String, Policy>,
    /// Deletions of service-linked roles, by task.
    #[serde(default)]
    pub(crate) deletions: BTreeMap<String, Deletion>,
    /// The one user, whose keys the account's are.
    pub(crate) user: User,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) created: Millis,
    /// The trust policy, as it was given.
    pub(crate) trust: String,
    pub(crate) description: Option<String>,
    /// In seconds.
    pub(crate) max_session: u32,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Tags,
    /// ARNs of managed policies, in the order in which they were attached.
    pub(crate) attached: Vec<String>,
    /// Inline policies: name and document.
    pub(crate) inline: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct InstanceProfile {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) created: Millis,
    pub(crate) tags: Tags,
    /// The name of its role: there is room for one.
    pub(crate) role: Option<String>,
}

/// A customer managed policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) created: Millis,
    pub(crate) description: Option<String>,
    pub(crate) tags: Tags,
    pub(crate) document: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) created: Millis,
    pub(crate) attached: Vec<String>,
    /// What the user may do, where that is limited: then nothing is attached.
    #[serde(default)]
    pub(crate) policy: Option<String>,
}

impl Iam {
    /// IAM as it is in a fresh account: an administrator, and nothing else.
    pub(crate) fn new(account: &str, ids: &mut Ids, now: Millis) -> Iam {
        Iam {
            roles: BTreeMap::new(),
            instance_profiles: BTreeMap::new(),
            policies: BTreeMap::new(),
            deletions: BTreeMap::new(),
            user: User {
                name: "admin".to_owned(),
                id: ids.unique("AIDA"),
                arn: format!("arn:aws:iam::{account}:user/admin"),
                created: now,
                attached: vec!["arn:aws:iam::aws:policy/AdministratorAccess".to_owned()],
                policy: None,
            },
        }
    }
}
