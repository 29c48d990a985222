//! Every setting, each as a flag and as an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cloud::permissions::Part;

/// The command line of `greenlight`.
#[derive(Debug, Parser)]
#[command(name = "greenlight", version, about = "The control panel of a blue/green workshop on AWS", long_about = LONG)]
pub struct Cli {
    /// Settings.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do; without it, serve.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const LONG: &str = "The control panel of a blue/green workshop on AWS.\n\n\
    Without a command it serves the workshop, by default on an account simulated in this process: \
    nothing is charged, and no AWS account is needed. Every setting is a flag or an environment variable.";

/// What the program can do besides serving.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the workshop (the default).
    Serve,
    /// Print the least IAM policy that the panel needs in a real account.
    Policy {
        /// Which of its permissions; each half is small enough for a managed policy.
        #[arg(long, value_enum, default_value_t = Part::Whole)]
        part: Part,
    },
    /// Make, list and open workspaces; works beside a running server.
    Workspace {
        /// Which of these.
        #[command(subcommand)]
        action: WorkspaceAction,
    },
}

/// What can be done with workspaces.
#[derive(Debug, Subcommand)]
pub enum WorkspaceAction {
    /// Make a workspace; prints its address and its keys for the AWS CLI.
    Add {
        /// Lower-case letters, digits and hyphens; at most 20.
        name: String,
    },
    /// Print a fresh address that opens a workspace in a browser.
    Open {
        /// Its name.
        name: String,
    },
    /// List the workspaces.
    List,
}

/// The settings.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Where to listen; a loopback address.
    #[arg(
        long,
        env = "GREENLIGHT_ADDR",
        default_value = "127.0.0.1:3000",
        value_parser = address,
        global = true
    )]
    pub addr: SocketAddr,

    /// The SQLite file that keeps progress and simulated accounts [default: the user's data folder].
    #[arg(long, env = "GREENLIGHT_DATABASE", value_name = "FILE", global = true)]
    pub database: Option<PathBuf>,

    /// Which account the workshop is done in.
    #[arg(long, env = "GREENLIGHT_ACCOUNT", value_enum, default_value_t = AccountSetting::Sandbox, global = true)]
    pub account: AccountSetting,

    /// The AWS Region.
    #[arg(long, env = "GREENLIGHT_REGION", default_value = "eu-west-1", value_parser = region, global = true)]
    pub region: String,

    /// How many times faster than AWS the simulated machines work, 1 to 100000.
    #[arg(long, env = "GREENLIGHT_SANDBOX_SPEED", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000), value_name = "TIMES", global = true)]
    pub sandbox_speed: u32,

    /// The GitLab that a real account's repository is on.
    #[arg(
        long,
        env = "GREENLIGHT_GITLAB",
        default_value = "https://gitlab.com",
        value_name = "URL",
        global = true
    )]
    pub gitlab: String,

    /// The folder with the built islands and styles [default: beside the program].
    #[arg(long, env = "GREENLIGHT_SITE", value_name = "FOLDER", global = true)]
    pub site: Option<PathBuf>,
}

/// Which account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountSetting {
    /// Simulated in this process.
    Sandbox,
    /// The real account that the AWS profile or environment names.
    Aws,
}

impl Settings {
    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.database
            .clone()
            .unwrap_or_else(|| data_folder().join("greenlight.db"))
    }

    /// The folder of the site.
    pub fn site(&self) -> PathBuf {
        self.site.clone().unwrap_or_else(|| {
            let beside = std::env::current_exe()
                .ok()
                .and_then(|exe| Some(exe.parent()?.parent()?.join("site")));
            beside
                .filter(|folder| folder.is_dir())
                .unwrap_or_else(|| PathBuf::from("target/site"))
        })
    }
}

/// `$XDG_DATA_HOME/greenlight`, or `~/.local/share/greenlight`, or this folder where there is no
/// home.
fn data_folder() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("XDG_DATA_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local/share")))
        .map_or_else(|| PathBuf::from("."), |folder| folder.join("greenlight"))
}

/// An IP address and a port; `localhost` is taken for 127.0.0.1.
fn address(text: &str) -> Result<SocketAddr, String> {
    let numbers = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numbers
        .parse()
        .map_err(|_| format!("“{text}” is no address; one looks like 127.0.0.1:3000"))
}

/// A Region looks like `eu-west-1`; whether AWS has it, AWS says.
fn region(text: &str) -> Result<String, String> {
    let parts: Vec<_> = text.split('-').collect();
    let is_word =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let fits = parts.len() >= 3
        && parts[..parts.len() - 1].iter().all(is_word)
        && parts
            .last()
            .is_some_and(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit()));
    if fits {
        Ok(text.to_owned())
    } else {
        Err(format!("“{text}” is no Region; one looks like eu-west-1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn addresses() {
        for good in ["127.0.0.1:3000", "[::1]:80", "localhost:4000"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in ["", "3000", "localhost", "example.com:80", "127.0.0.1:70000"] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn regions() {
        for good in ["eu-west-1", "us-gov-east-1", "ap-southeast-2"] {
            assert!(region(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "europe",
            "eu-west",
            "EU-WEST-1",
            "eu-west-1x",
            "../../etc",
        ] {
            assert!(region(bad).is_err(), "{bad}");
        }
    }
}
