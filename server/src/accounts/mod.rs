//! The account that a workspace works in: simulated in this process, or real.

mod directory;
mod in_process;
mod sandbox_host;
mod workspace;

pub use directory::Accounts;
pub use sandbox_host::SandboxHost;
pub use workspace::{LOCAL, is_workspace_name, new_link, new_workspace, token_hash};
