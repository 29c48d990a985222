//! This attendee's values.

use std::sync::Arc;

use workshop::blueprint::Variables;
use workshop::model::AccountKind;

use super::Greenlight;
use super::address::set_db_sources;
use super::artifacts::set_artifact_bucket;
use crate::accounts::LOCAL;
use crate::store::{Progress, Workspace};

impl Greenlight {
    /// Everything that texts, commands and calls may name: names, account, Region, addresses, and
    /// what the steps yielded. No secret is among them.
    pub(super) fn variables(&self, workspace: &Arc<Workspace>, progress: &Progress) -> Variables {
        let parts = self.parts();
        let mut variables = parts.accounts.names(&workspace.name).variables();
        variables.set("region", parts.accounts.region());
        variables.set("gitlab", parts.gitlab.as_str());
        let base = format!("http://{}", parts.addr);
        match parts.accounts.kind() {
            AccountKind::Sandbox { speed } => {
                let repository = variables.get("source_repository").unwrap_or_default();
                let repository_url = format!("{base}/git/{}/{repository}.git", workspace.name);
                let full_repository_id = format!("{}/{repository}", workspace.name);
                variables.set("repository_url", repository_url);
                variables.set("full_repository_id", full_repository_id);
                variables.set("account", workspace.account_id.as_str());
                variables.set("account_kind", "sandbox");
                variables.set("speed", speed.to_string());
                variables.set("profile", format!("greenlight-{}", workspace.name));
                variables.set("endpoint_url", format!("{base}/sandbox"));
                variables.set("access_key_id", workspace.access_key_id.as_str());
                variables.set("git_base", format!("{base}/git"));
                variables.set("git_username", workspace.name.as_str());
                variables.set(
                    "sample_url",
                    format!("{base}/git/{}/sample.git", workspace.name),
                );
            }
            AccountKind::Aws => {
                variables.set("account_kind", "aws");
                variables.set(
                    "profile",
                    if workspace.name == LOCAL {
                        "default"
                    } else {
                        workspace.name.as_str()
                    },
                );
                variables.set("sample_url", "https://gitlab.com/ndzenyuy/tripmgmt.git");
            }
        }
        for (variable, value) in &progress.yields {
            variables.set(variable, value.as_str());
        }
        // At GitLab the repository is the project that was entered in step 1.
        if let Some(project) = variables.get("project_path").map(str::to_owned) {
            variables.set("full_repository_id", project);
        }
        set_db_sources(&mut variables);
        set_artifact_bucket(&mut variables);
        variables
    }
}
