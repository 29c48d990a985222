//! Which workspace works in which account.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use workshop::blueprint::Names;
use workshop::model::AccountKind;

use super::{LOCAL, SandboxHost};
use crate::cloud::{Cloud, Connection};
use crate::config::AccountSetting;
use crate::store::Workspace;

/// Every workspace's way to its account.
#[derive(Clone)]
pub struct Accounts(Arc<Inner>);

struct Inner {
    setting: AccountSetting,
    region: String,
    sandbox: SandboxHost,
    clouds: Mutex<HashMap<String, Cloud>>,
}

impl Accounts {
    /// All work in `setting`, in `region`.
    pub fn new(setting: AccountSetting, region: &str, sandbox: SandboxHost) -> Self {
        Self(Arc::new(Inner {
            setting,
            region: region.to_owned(),
            sandbox,
            clouds: Mutex::default(),
        }))
    }

    /// The Region.
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// Simulated or real.
    pub fn kind(&self) -> AccountKind {
        match self.0.setting {
            AccountSetting::Sandbox => AccountKind::Sandbox {
                speed: self.0.sandbox.speed(),
            },
            AccountSetting::Aws => AccountKind::Aws,
        }
    }

    /// The simulated accounts.
    pub fn sandbox(&self) -> &SandboxHost {
        &self.0.sandbox
    }

    /// What this workspace's resources are called. Each has a simulated account to itself; a real
    /// one is shared, so that all but the workspace of a lone laptop carry a suffix.
    pub fn names(&self, workspace: &str) -> Names {
        let shared = self.0.setting == AccountSetting::Aws && workspace != LOCAL;
        Names {
            workspace: workspace.to_owned(),
            suffix: shared.then(|| workspace.to_owned()),
        }
    }

    /// Takes this way to the workspace's account from now on, in place of its own: a detour on
    /// which something may happen to the requests.
    pub fn detour(&self, workspace: &str, cloud: Cloud) {
        if let Ok(mut clouds) = self.0.clouds.lock() {
            clouds.insert(workspace.to_owned(), cloud);
        }
    }

    /// The way to the workspace's account.
    pub async fn cloud(&self, workspace: &Arc<Workspace>) -> Cloud {
        // A real account is shared, and so is the limit on how often it may be asked.
        let account = match self.0.setting {
            AccountSetting::Aws => "",
            AccountSetting::Sandbox => workspace.name.as_str(),
        };
        let known = self
            .0
            .clouds
            .lock()
            .ok()
            .and_then(|clouds| clouds.get(account).cloned());
        if let Some(cloud) = known {
            return cloud;
        }
        let region = self.0.region.clone();
        let cloud = Cloud::connect(match self.0.setting {
            AccountSetting::Aws => Connection::Aws { region },
            AccountSetting::Sandbox => Connection::Fixed {
                region,
                access_key_id: workspace.access_key_id.clone(),
                secret_access_key: workspace.secret_access_key.clone(),
                http: Some(self.0.sandbox.http_client(workspace)),
                endpoint: None,
            },
        })
        .await;
        if let Ok(mut clouds) = self.0.clouds.lock() {
            clouds.insert(account.to_owned(), cloud.clone());
        }
        cloud
    }
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accounts")
            .field("region", &self.0.region)
            .finish_non_exhaustive()
    }
}
