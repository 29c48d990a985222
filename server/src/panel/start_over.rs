//! A fresh simulated account.

use workshop::model::AccountKind;

use super::Greenlight;
use crate::error::Error;

impl Greenlight {
    /// Forgets the workspace's simulated account, repository and progress. Keys stay, so that a
    /// configured CLI profile goes on working.
    pub(super) async fn start_workspace_over(
        &self,
        workspace: &str,
        typed: &str,
    ) -> Result<(), Error> {
        if self.parts().accounts.kind() == AccountKind::Aws {
            return Err(Error::Refused(
                "A real account cannot be started over; it has to be cleaned up.".to_owned(),
            ));
        }
        if typed.trim() != workspace {
            return Err(Error::Refused(format!(
                "Type “{workspace}” to start over. Nothing was changed."
            )));
        }
        let _turn = self.turn(workspace).await;
        self.parts().repositories.forget(workspace).await?;
        self.parts()
            .accounts
            .sandbox()
            .start_over(workspace)
            .await?;
        self.open_workspace(workspace).await
    }
}
