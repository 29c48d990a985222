//! AWS's wire protocols, in and out.
//!
//! [`call`] reads a request into a service, an operation and one `Value`;
//! [`answer`] writes a `Value` or a fault in the same protocol. Neither knows
//! any operation: what a list's elements are called is all that a service adds.

mod answer;
mod call;
mod cbor;
mod input;
mod input_error;
mod query;
mod rest;
mod wire;
mod xml;

pub(crate) use answer::{failure, success};
pub(crate) use call::{Call, Scope, decode, scope, spoken, wire};
pub(crate) use input::Input;
pub(crate) use input_error::{InputError, Problem};
pub(crate) use rest::{From, Gives, On, Route};
pub(crate) use wire::{Wire, instant, timestamp};
