//! Every expected setting of every resource, changed alone, is named by its check.
//!
//! The faults are written by hand, one file a step: what somebody did, and the words that the
//! finding must have. Each is brought about in a copy of a finished account. The blueprint only
//! says whether one is missing.

mod absent;
mod account;
mod balancer;
mod cluster;
mod completeness;
mod database;
mod fault;
mod registry;
mod roles;
mod source_code;
mod troubles;
