//! The server as a whole: the real router, a database of its own for each test, and the
//! simulated account for the world.

mod browser;
mod commands;
mod dependencies;
mod detour;
mod faults;
mod guard;
mod isolation;
mod kept;
mod program;
mod recovery;
mod support;
