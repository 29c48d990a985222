//! What is there: one file a resource (the roles share one, and so do the instances), each of
//! which only reads.
//!
//! The keys of the facts are those of the blueprint's settings and yields, and the values the
//! words that its expectations compare with.

mod db_cluster;
mod db_instance;
pub(super) mod db_password;
mod db_security_group;
mod execution_role;
mod image_repository;
mod instance_profile;
mod log_group;
mod near;
mod policy;
mod reading;
mod role;

use workshop::blueprint::{Kind, Variables, find};
use workshop::model::{Observation, Trouble};

use super::Cloud;
use reading::Looked;

/// Looks at the resource of this kind.
pub(super) async fn look(cloud: &Cloud, kind: Kind, variables: &Variables) -> Observation {
    let name = match variables.fill(find(kind).name) {
        Ok(name) => name,
        Err(missing) => {
            return Observation::Unknown(Trouble {
                sentence: format!("Its name cannot be told: {missing}."),
                remedy: "Finish the steps before this one, then check again.".to_owned(),
            });
        }
    };
    let looked = Looked {
        cloud,
        here: cloud.here(),
        name: &name,
        variables,
    };
    let seen = match kind {
        Kind::SourceRepository => {
            return Observation::Unknown(Trouble {
                sentence: "The source repository is not in the AWS account.".to_owned(),
                remedy: "Look for it at the Git host.".to_owned(),
            });
        }
        Kind::ExecutionRole => execution_role::look(&looked).await,
        Kind::InstanceRole | Kind::CodeDeployRole => role::look(&looked).await,
        Kind::InstanceProfile => instance_profile::look(&looked).await,
        Kind::LogGroup => log_group::look(&looked).await,
        Kind::DbSecurityGroup => db_security_group::look(&looked).await,
        Kind::DbPassword => db_password::look(&looked).await,
        Kind::DbCluster => db_cluster::look(&looked).await,
        Kind::DbWriter | Kind::DbReader => db_instance::look(&looked).await,
        Kind::ImageRepository => image_repository::look(&looked).await,
    };
    seen.unwrap_or_else(|error| {
        tracing::warn!(%error, kind = kind.key(), "could not look");
        Observation::Unknown(error.trouble())
    })
}
