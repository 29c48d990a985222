//! What a use case works with: the workspace, its account and its values, gathered once.

use std::sync::Arc;

use workshop::blueprint::{Kind, Variables, find};
use workshop::model::{Facts, Observation, Trouble};

use super::Greenlight;
use super::address::{my_address, set_db_sources};
use super::artifacts::set_artifact_bucket;
use crate::cloud::Cloud;
use crate::error::Error;
use crate::store::Workspace;

/// Everything that a look at, or a change of, an account needs.
pub(super) struct Crew {
    pub(super) workspace: Arc<Workspace>,
    pub(super) cloud: Cloud,
    pub(super) variables: Variables,
    zones: Vec<String>,
    unknown: Unknown,
}

/// What could not be told of the account as a whole, and why. What is compared with it cannot be
/// judged, which is not the same as being wrong.
#[derive(Default)]
struct Unknown {
    account: Option<Trouble>,
    network: Option<Trouble>,
}

impl Greenlight {
    /// The crew of a workspace. The first time it looks round in the account and notes what was
    /// there before.
    pub(super) async fn crew(&self, workspace: &str) -> Result<Crew, Error> {
        let workspace = self.workspace(workspace).await?;
        let cloud = self.parts().accounts.cloud(&workspace).await;
        let progress = self.parts().store.progress(&workspace.name).await?;
        let mut variables = self.variables(&workspace, &progress);
        let mut unknown = Unknown::default();
        if variables.get("account").is_none() {
            match cloud.identity().await {
                Ok(identity) => variables.set("account", identity.account),
                Err(error) => unknown.account = Some(error.trouble()),
            }
        }
        let mut zones = Vec::new();
        match cloud.network().await {
            Ok(Some(network)) => {
                variables.set("vpc_id", network.vpc_id);
                variables.set("vpc_cidr", network.vpc_cidr);
                variables.set("subnet_ids", network.subnets.join(","));
                if let Some(group) = network.default_group {
                    variables.set("default_security_group_id", group);
                }
                zones = network.zones;
            }
            Ok(None) => {}
            // What an earlier look found still holds.
            Err(_) if variables.get("vpc_id").is_some() => {}
            Err(error) => unknown.network = Some(error.trouble()),
        }
        if variables.get("my_address").is_none()
            && let Some(address) = my_address(self.parts().accounts.kind()).await
        {
            variables.set("my_address", address.to_string());
        }
        set_db_sources(&mut variables);
        set_artifact_bucket(&mut variables);
        let mut crew = Crew {
            workspace,
            cloud,
            variables,
            zones,
            unknown,
        };
        crew.choose_second_zone();
        if crew.workspace.looked_round_at.is_none() {
            self.look_round(&crew).await?;
        }
        Ok(crew)
    }

    /// Looks at one resource.
    pub(super) async fn look(&self, crew: &Crew, kind: Kind) -> Observation {
        let Unknown { account, network } = &crew.unknown;
        match (kind, account, network) {
            (Kind::SourceRepository, ..) => self.look_at_source(crew).await,
            (Kind::Buildspec, ..) => self.look_at_buildspec(crew).await,
            (Kind::DeployFiles, ..) => self.look_at_deploy_files(crew).await,
            (_, Some(trouble), _) => Observation::Unknown(trouble.clone()),
            (kind, _, Some(trouble)) if is_judged_by_network(kind) => {
                Observation::Unknown(trouble.clone())
            }
            _ => {
                let now = self.parts().clock.now();
                crew.cloud.look(kind, &crew.variables, now).await
            }
        }
    }
}

/// Whether it is compared with the default VPC or its subnets.
fn is_judged_by_network(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::DbSecurityGroup
            | Kind::EcsSecurityGroup
            | Kind::AlbSecurityGroup
            | Kind::LoadBalancer
            | Kind::ProdTargetGroup
            | Kind::TestTargetGroup
    )
}

impl Crew {
    /// Takes over what a resource yields, for the calls and texts after it.
    pub(super) fn learn(&mut self, kind: Kind, facts: &Facts) -> Vec<(String, String)> {
        let mut learned = Vec::new();
        for item in find(kind).yields {
            if let Some(value) = facts.value(item.fact) {
                self.variables.set(item.variable, value);
                learned.push((item.variable.to_owned(), value.to_owned()));
            }
        }
        self.choose_second_zone();
        learned
    }

    /// A zone for the reader: another than the writer's, once that is known.
    fn choose_second_zone(&mut self) {
        let writer = self
            .variables
            .get("writer_zone")
            .or_else(|| self.zones.first().map(String::as_str));
        if let Some(zone) = self
            .zones
            .iter()
            .find(|zone| Some(zone.as_str()) != writer)
            .cloned()
        {
            self.variables.set("second_zone", zone);
        }
    }
}
