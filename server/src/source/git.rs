//! Running the `git` program, shut off from the settings of whoever runs the server.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::SourceError;

/// Nothing here takes seconds; what does hangs.
const LIMIT: Duration = Duration::from_mins(1);

/// A `git` to be run with `dir` as its repository.
pub(super) fn git(dir: &Path) -> Command {
    let mut command = bare();
    command.arg("--git-dir").arg(dir);
    command
}

/// A `git` to change the repository at `dir`. It ends what it has begun also when whoever asked
/// has gone away: stopped half-way it would leave its lock behind.
pub(super) fn changing(dir: &Path) -> Command {
    let mut command = git(dir);
    command.kill_on_drop(false);
    command
}

/// A `git` without a repository.
pub(super) fn bare() -> Command {
    isolated(Path::new("git"))
}

/// A program of Git with an environment of its own: none of the server's variables (its AWS keys
/// among them; a `GIT_DIR` where the server was started from a hook), no system or user settings.
pub(super) fn isolated(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().kill_on_drop(true);
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("LC_ALL", "C")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_TERMINAL_PROMPT", "0")
        // The folder is ours though a mounted volume may say otherwise.
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*");
    command
}

/// Runs it with `input` and gives what it printed; a failure says what it was `doing`
/// ("making a repository").
pub(super) async fn run(
    mut command: Command,
    input: &[u8],
    doing: &'static str,
) -> Result<Vec<u8>, SourceError> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(SourceError::io(doing))?;
    let stdin = child.stdin.take();
    let feed = async move {
        if let Some(mut stdin) = stdin {
            // A git that stops reading says why on its standard error.
            let _ = stdin.write_all(input).await;
        }
    };
    let both = async { tokio::join!(feed, child.wait_with_output()).1 };
    let output = tokio::time::timeout(LIMIT, both)
        .await
        .map_err(|_| SourceError::Git {
            doing,
            said: "nothing for a minute".to_owned(),
        })?
        .map_err(SourceError::io(doing))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(SourceError::Git {
            doing,
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}

/// Where `git-http-backend` is: not in the `PATH`, but with the rest of Git.
pub(super) async fn http_backend() -> Result<PathBuf, SourceError> {
    let mut command = bare();
    command.arg("--exec-path");
    let folder = run(command, b"", "looking for git").await?;
    let folder = String::from_utf8_lossy(&folder).trim_end().to_owned();
    Ok(Path::new(&folder).join("git-http-backend"))
}
