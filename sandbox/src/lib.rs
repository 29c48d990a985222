//! An AWS account in a process.
//!
//! State, request and time go in; state and answer come out. The crate does no
//! I/O, reads no clock and draws no randomness, so an account can be copied,
//! stored, replayed and hurried. It speaks AWS's own wire protocols: unmodified
//! SDKs and the `aws` CLI are its clients.
//!
//! A host does four things for each HTTP request:
//!
//! 1. [`sigv4::access_key_id`] says whose request it is; the host finds the account.
//! 2. [`sigv4::verify`] checks the signature; [`sigv4::refuse`] words the refusal.
//! 3. [`handle`] answers.
//! 4. If [`Answer::changed`], the host stores the account *before* it answers.
//!
//! A host that serves the account under a prefix takes that off between 2 and 3 ([`below`]): S3's
//! buckets and objects are paths.
//!
//! Between requests, [`next_due`] says when to wake and [`advance`] moves time on.
//!
//! How to add an operation or a service is said in `services/mod.rs`; how a
//! request becomes a call and a value an answer, in `protocol/`.

// `json!` recurses once a field, and a database cluster has many.
#![recursion_limit = "256"]

mod agenda;
mod authorization;
mod clock;
mod context;
mod events;
mod fault;
mod handle;
mod ids;
mod mount;
mod page;
mod protocol;
mod release;
mod service;
mod services;
pub mod sigv4;
mod state;
mod tags;
mod wildcard;

pub use clock::Millis;
pub use events::Event;
pub use handle::{Answer, advance, handle, next_due};
pub use mount::below;
pub use release::{BuiltImage, Commit, Push, Tree, built_image, push, tip};
pub use services::connections::{NoSuchConnection, complete_handshake};
pub use services::iam::PolicyError;
pub use services::{OperationName, REGIONS, operations};
pub use state::Account;
