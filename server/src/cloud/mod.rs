//! AWS through its SDK. Nobody else in this program calls it.
//!
//! [`Cloud`] is an account as the panel sees it. [`observe`] looks, one file a resource, and
//! changes nothing; [`send`] sends the blueprint's calls, one adapter an operation.

mod account;
mod client;
mod clients;
mod error;
mod limiter;
mod observe;
pub mod permissions;
mod send;
mod trouble;

pub use account::{Identity, Network};
pub use client::{Cloud, Connection};
pub use error::{CloudError, CloudErrorKind};
