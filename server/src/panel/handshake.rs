//! The handshake with the Git host, which no API does: in a simulated account the panel stands in
//! for the dialog of AWS's console.

use workshop::blueprint::{Kind, Step};
use workshop::model::{AccountKind, Observation};

use super::Greenlight;
use crate::error::Error;

impl Greenlight {
    /// Finishes the handshake of the workspace's connection, then checks the step. Doing it again
    /// changes nothing.
    pub(super) async fn shake_hands(&self, workspace: &str) -> Result<(), Error> {
        if self.parts().accounts.kind() == AccountKind::Aws {
            return Err(Error::Refused(
                "AWS lets only its console do this: Settings, Connections, “Update pending connection”."
                    .to_owned(),
            ));
        }
        let _turn = self.turn(workspace).await;
        let mut crew = self.crew(workspace).await?;
        let Observation::Present(connection) = self.look(&crew, Kind::Connection).await else {
            return Err(Error::Refused(
                "There is no connection to finish; create it first.".to_owned(),
            ));
        };
        let accounts = &self.parts().accounts;
        accounts
            .sandbox()
            .complete_handshake(&crew.workspace, accounts.region(), &connection.identifier)
            .await?;
        self.check_with(&mut crew, Step::Connection).await?;
        Ok(())
    }
}
