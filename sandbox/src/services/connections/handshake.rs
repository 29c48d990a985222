//! The handshake with the Git host, which is a person's doing and no API's.

use super::state::Status;
use crate::clock::Millis;
use crate::handle::advance;
use crate::state::Account;

/// There is no connection of that ARN in that Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no such connection.")]
pub struct NoSuchConnection;

/// Finishes a connection's handshake, as a person does in the dialog of AWS's console: from then on
/// it is `AVAILABLE`. Doing it again changes nothing.
pub fn complete_handshake(
    account: &mut Account,
    region: &str,
    arn: &str,
    now: Millis,
) -> Result<(), NoSuchConnection> {
    advance(account, now);
    let connections = account
        .regions
        .get_mut(region)
        .map(|region| &mut region.connections.connections);
    let connection = connections.and_then(|connections| connections.get_mut(arn));
    connection.ok_or(NoSuchConnection)?.status = Status::Available;
    Ok(())
}
