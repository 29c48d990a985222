//! Reads the configuration, wires, serves.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use server::chance::Chance;
use server::clock::Clock;
use server::cloud::permissions;
use server::config::{Cli, Command};
use server::{command, web};
use tracing_subscriber::EnvFilter;

/// The exit status for a setting that cannot be used, as clap's own.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("GREENLIGHT_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    let is_read_by_a_person = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_read_by_a_person)
        .with_writer(std::io::stderr)
        .init();
    let (clock, chance) = (Clock::system(), Chance::system());
    let done = match &cli.command {
        None | Some(Command::Serve) => web::serve(&cli.settings, clock, chance)
            .await
            .map(|()| String::new()),
        Some(Command::Policy { part }) => Ok(permissions::policy(*part)),
        Some(Command::Workspace { action }) => {
            command::workspace(action, &cli.settings, &clock, &chance).await
        }
    };
    match done {
        Ok(text) => {
            #[expect(
                clippy::print_stdout,
                reason = "this is the output that the command was run for"
            )]
            {
                print!("{text}");
            }
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            #[expect(
                clippy::print_stderr,
                reason = "this is for the person who started the program"
            )]
            {
                eprintln!("greenlight: {sentence}");
            }
            ExitCode::from(USAGE)
        }
    }
}
