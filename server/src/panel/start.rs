//! The first page: what one needs, checked where that is possible.

use std::sync::OnceLock;

use workshop::model::{AccountKind, Outcome, Prerequisite, StartPage, Who};

use super::Greenlight;
use crate::error::Error;

static GIT: OnceLock<String> = OnceLock::new();
static AWS_CLI: OnceLock<String> = OnceLock::new();

impl Greenlight {
    pub(super) async fn start_page(&self, who: &Who) -> Result<StartPage, Error> {
        let workspace = self.workspace(&who.workspace).await?;
        let cloud = self.parts().accounts.cloud(&workspace).await;
        let (account, git, cli) = tokio::join!(
            cloud.identity(),
            version("git", &GIT),
            version("aws", &AWS_CLI)
        );
        let mut prerequisites = vec![match &account {
            Ok(identity) => self.account_found(identity.account.as_str()),
            Err(error) => account_missing(error),
        }];
        prerequisites.push(tool(git, "git", "Git", "step 1 by hand and every push"));
        prerequisites.push(tool(
            cli,
            "aws",
            "AWS CLI",
            "the AWS CLI tabs; the forms work without it",
        ));
        prerequisites.extend(unseen(self.parts().accounts.kind()));
        let progress = self.parts().store.progress(&who.workspace).await?;
        let mut frame = self.frame(&workspace, &progress);
        frame.account.id = account
            .map(|identity| identity.account)
            .ok()
            .or(frame.account.id);
        Ok(StartPage {
            frame,
            prerequisites,
            begun: !progress.steps.is_empty(),
            variables: self.variables(&workspace, &progress),
        })
    }

    fn account_found(&self, account: &str) -> Prerequisite {
        let region = self.parts().accounts.region();
        let (title, detail) = match self.parts().accounts.kind() {
            AccountKind::Sandbox { .. } => (
                "A simulated account",
                format!(
                    "It is here, in this program: account {account}, Region {region}. Nothing is charged, nothing leaves this machine."
                ),
            ),
            AccountKind::Aws => (
                "An AWS account",
                format!(
                    "The pages change account {account} in {region}. What you create there costs money until you clean it up."
                ),
            ),
        };
        Prerequisite {
            title: title.to_owned(),
            detail,
            outcome: Some(Outcome::Passed),
            remedy: None,
        }
    }
}

fn account_missing(error: &crate::cloud::CloudError) -> Prerequisite {
    let trouble = error.trouble();
    Prerequisite {
        title: "An AWS account".to_owned(),
        detail: trouble.sentence,
        outcome: Some(Outcome::CouldNotTell),
        remedy: Some(trouble.remedy),
    }
}

fn tool(version: Option<String>, command: &str, title: &str, used_for: &str) -> Prerequisite {
    let found = version.is_some();
    Prerequisite {
        title: title.to_owned(),
        detail: version.unwrap_or_else(|| {
            format!("`{command}` was not found on this machine. It is needed for {used_for}.")
        }),
        outcome: Some(if found {
            Outcome::Passed
        } else {
            Outcome::Wrong
        }),
        remedy: (!found)
            .then(|| format!("Install {title}, open a new terminal and load this page again.")),
    }
}

/// What one needs and a program cannot see.
fn unseen(kind: AccountKind) -> Vec<Prerequisite> {
    let prerequisite = |title: &str, detail: &str| Prerequisite {
        title: title.to_owned(),
        detail: detail.to_owned(),
        outcome: None,
        remedy: None,
    };
    let mut list = vec![prerequisite(
        "A code editor",
        "Visual Studio Code or any other: one line of HTML will be changed.",
    )];
    if kind == AccountKind::Aws {
        list.push(prerequisite(
            "A GitLab account",
            "For a public project of your own; a free account will do.",
        ));
    }
    list
}

/// The first line of `<command> --version`, asked once; `None` where the command is not there,
/// which is asked again, for it may be installed meanwhile.
async fn version(command: &str, known: &OnceLock<String>) -> Option<String> {
    if let Some(version) = known.get() {
        return Some(version.clone());
    }
    let version = ask_version(command).await?;
    Some(known.get_or_init(|| version).clone())
}

async fn ask_version(command: &str) -> Option<String> {
    let run = tokio::process::Command::new(command)
        .arg("--version")
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(std::time::Duration::from_secs(5), run)
        .await
        .ok()?
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().to_owned())
}
