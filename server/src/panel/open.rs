//! What is done once when a workspace is opened: a look round, and the sample to start from.

use std::collections::BTreeMap;

use workshop::model::AccountKind;

use super::Greenlight;
use crate::accounts::LOCAL;
use crate::error::{Error, chain};

impl Greenlight {
    /// Opens a workspace: notes what the account holds already, keeps its network's numbers for
    /// the forms, and offers the sample application to clone. Safe to repeat.
    pub async fn open_workspace(&self, workspace: &str) -> Result<(), Error> {
        if matches!(self.parts().accounts.kind(), AccountKind::Sandbox { .. }) {
            let progress = self.parts().store.progress(workspace).await?;
            let variables = self.variables(&self.workspace(workspace).await?, &progress);
            self.parts()
                .repositories
                .offer_sample(workspace, &variables)
                .await?;
        }
        let crew = self.crew(workspace).await?;
        self.parts()
            .store
            .save_yields(workspace, &crew.surroundings())
            .await?;
        self.parts().hub.changed(workspace);
        Ok(())
    }

    /// Opens the workspace of whoever is alone on this laptop. An account that does not answer
    /// now is asked again by the first check.
    pub async fn open_local(&self) {
        if let Err(error) = self.open_workspace(LOCAL).await {
            tracing::warn!(error = %chain(&error), "the account could not be looked at yet");
        }
    }
}

impl super::crew::Crew {
    /// What is known of the account as a whole.
    pub(super) fn surroundings(&self) -> BTreeMap<String, String> {
        let known = |name: &&str| Some(((*name).to_owned(), self.variables.get(name)?.to_owned()));
        [
            "account",
            "vpc_id",
            "vpc_cidr",
            "subnet_ids",
            "default_security_group_id",
            "my_address",
        ]
        .iter()
        .filter_map(known)
        .collect()
    }
}
