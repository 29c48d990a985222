//! Tells the simulated account of what was pushed, as GitLab tells AWS.

use workshop::model::AccountKind;

use super::Greenlight;
use crate::error::{Error, chain};
use crate::source::{RepositoryRef, SAMPLE};

impl Greenlight {
    /// Tells the owner's simulated account what stands at the tip of `branch`, unless it knows that
    /// already. At AWS, GitLab tells.
    pub async fn deliver(&self, repository: &RepositoryRef, branch: &str) -> Result<(), Error> {
        let (repositories, accounts) = (&self.parts().repositories, &self.parts().accounts);
        if accounts.kind() == AccountKind::Aws {
            return Ok(());
        }
        let branches = repositories.branches(repository).await?;
        let Some(tip) = branches.unwrap_or_default().remove(branch) else {
            return Ok(());
        };
        let owner = self.workspace(&repository.owner).await?;
        let path = format!("{}/{}", repository.owner, repository.name);
        let told = accounts.sandbox().tip(&owner, &path, branch).await?;
        if told.as_deref() == Some(tip.id.as_str()) {
            return Ok(());
        }
        let Some(snapshot) = repositories.snapshot(repository, branch).await? else {
            return Ok(());
        };
        let commit = sandbox::Commit {
            id: snapshot.commit,
            message: snapshot.message,
            author: snapshot.author,
            tree: snapshot.files.into_iter().collect(),
        };
        let push = sandbox::Push {
            repository: path,
            branch: branch.to_owned(),
            commit,
        };
        accounts.sandbox().push(&owner, push).await
    }

    /// Compares every repository with what its owner's account was told last: a killed process may
    /// have taken a push and not have told it.
    pub async fn deliver_all(&self) {
        if let Err(error) = self.deliver_missed().await {
            tracing::error!(error = %chain(&error), "the repositories could not be compared with the accounts");
        }
    }

    async fn deliver_missed(&self) -> Result<(), Error> {
        let repositories = &self.parts().repositories;
        for owner in repositories.owners().await? {
            if self.parts().store.workspace(&owner).await?.is_none() {
                continue;
            }
            for repository in repositories.of(&owner).await? {
                if repository.name == SAMPLE {
                    continue;
                }
                let branches = repositories.branches(&repository).await?;
                for branch in branches.unwrap_or_default().keys() {
                    self.deliver(&repository, branch).await?;
                }
            }
        }
        Ok(())
    }
}
