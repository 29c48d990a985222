//! Every expected setting of every resource, changed alone, is named by its check.
//!
//! The faults are written by hand, one file a step: what somebody did, and the words that the
//! finding must have. Each is brought about in a copy of a finished account. The blueprint only
//! says whether one is missing.

mod absent;
mod account;
mod balancer;
mod build;
mod cluster;
mod common_issues;
mod completeness;
mod database;
mod deploy;
mod fault;
mod grants;
mod image_designs;
mod pipeline;
mod registry;
mod roles;
mod service;
mod source_code;
mod troubles;
