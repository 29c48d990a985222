//! The server as a whole: the real router, a database of its own for each test, and the
//! simulated account for the world.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so, and one that waits for a process needs a real clock"
)]

mod accounts;
mod browser;
mod commands;
mod dependencies;
mod detour;
#[expect(clippy::too_many_lines, reason = "a table is as long as what it lists")]
mod faults;
mod guard;
mod isolation;
mod kept;
mod operations;
mod outages;
mod permissions;
mod pre_flight;
mod program;
mod recovery;
mod support;
mod up_to;
mod walk;
