//! The subcommands, which work beside a running server.

use crate::accounts::{LOCAL, is_workspace_name, new_link, new_workspace};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{AccountSetting, Settings, WorkspaceAction};
use crate::error::chain;
use crate::store::Store;

/// Runs `greenlight workspace …`; its output, or a sentence on why not.
pub async fn workspace(
    action: &WorkspaceAction,
    settings: &Settings,
    clock: &Clock,
    chance: &Chance,
) -> Result<String, String> {
    let store = Store::open(&settings.database())
        .await
        .map_err(|error| format!("{}.", chain(&error)))?;
    let done = run(action, settings, &store, clock, chance).await;
    store.close().await;
    done
}

async fn run(
    action: &WorkspaceAction,
    settings: &Settings,
    store: &Store,
    clock: &Clock,
    chance: &Chance,
) -> Result<String, String> {
    let failed = |error: crate::store::StoreError| format!("{}.", chain(&error));
    match action {
        WorkspaceAction::List => {
            let names = store.workspace_names().await.map_err(failed)?;
            Ok(names.into_iter().map(|name| name + "\n").collect())
        }
        WorkspaceAction::Open { name } => {
            if store.workspace(name).await.map_err(failed)?.is_none() {
                return Err(format!(
                    "There is no workspace “{name}”. `greenlight workspace list` shows those that there are."
                ));
            }
            link(name, settings, store, clock, chance).await
        }
        WorkspaceAction::Add { name } => {
            if !is_workspace_name(name) || name == "sample" {
                return Err(format!(
                    "“{name}” cannot be a workspace. Use up to 20 lower-case letters, digits and single hyphens, a letter first."
                ));
            }
            let workspace = new_workspace(name, chance);
            if name == LOCAL
                || !store
                    .add_workspace(&workspace, clock.now())
                    .await
                    .map_err(failed)?
            {
                return Err(format!(
                    "There is a workspace “{name}” already. `greenlight workspace open {name}` opens it."
                ));
            }
            let address = link(name, settings, store, clock, chance).await?;
            Ok(match settings.account {
                AccountSetting::Aws => address,
                AccountSetting::Sandbox => format!(
                    "{address}\nFor the AWS CLI, profile greenlight-{name}:\n  aws_access_key_id     = {}\n  \
                     aws_secret_access_key = {}\n  region                = {}\n  endpoint_url          = http://{}/sandbox\n",
                    workspace.access_key_id,
                    workspace.secret_access_key,
                    settings.region,
                    settings.addr
                ),
            })
        }
    }
}

async fn link(
    name: &str,
    settings: &Settings,
    store: &Store,
    clock: &Clock,
    chance: &Chance,
) -> Result<String, String> {
    let (token, link) = new_link(name, chance, clock.now());
    store
        .add_open_link(&link)
        .await
        .map_err(|error| format!("{}.", chain(&error)))?;
    Ok(format!(
        "Open workspace {name}, once, within a day:\n  http://{}/open/{token}\n",
        settings.addr
    ))
}
