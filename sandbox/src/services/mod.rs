//! The services, one folder each.
//!
//! **To add an operation**, write a function in the file of its resource,
//!
//! ```text
//! #[derive(Deserialize)]
//! #[serde(deny_unknown_fields, rename_all = "PascalCase")]
//! pub(crate) struct CreateThing { thing_name: String, size: Option<u32> }
//!
//! /// `CreateThing` (Thing API Reference): makes a thing.
//! pub(crate) fn create_thing(cx: &mut Cx, input: CreateThing) -> Result<Value, Fault> { … }
//! ```
//!
//! and add a line to `operations!` in the service's `mod.rs`. Field names are
//! those on the wire (botocore's `locationName` where there is one). What is
//! returned has the names on the wire too; [`crate::protocol::timestamp`] marks
//! an instant. `Value::Null` is an answer without content. An operation checks
//! everything before it changes anything. No `#[serde(flatten)]`: it would
//! lose the lenience towards the Query protocols' text.
//!
//! **To add a service**, make its folder with a `SERVICE`, add it to
//! [`SERVICES`] here and its state to `Account` or `Region` in `state.rs`, with
//! `#[serde(default)]`, so that accounts stored before can still be read.
//! What takes time is planned: see `agenda.rs`.

pub(crate) mod autoscaling;
pub(crate) mod codebuild;
pub(crate) mod codedeploy;
pub(crate) mod codepipeline;
pub(crate) mod connections;
pub(crate) mod ec2;
pub(crate) mod ecr;
pub(crate) mod ecs;
pub(crate) mod elb;
pub(crate) mod iam;
pub(crate) mod logs;
pub(crate) mod rds;
pub(crate) mod s3;
pub(crate) mod ssm;
mod sts;

use crate::context::Cx;
use crate::release::deployment;
use crate::service::Service;

/// Every service there is.
pub(crate) static SERVICES: &[&Service] = &[
    &sts::SERVICE,
    &iam::SERVICE,
    &ec2::SERVICE,
    &autoscaling::SERVICE,
    &ecr::SERVICE,
    &rds::SERVICE,
    &ssm::SERVICE,
    &logs::SERVICE,
    &elb::SERVICE,
    &ecs::SERVICE,
    &codedeploy::SERVICE,
    &connections::SERVICE,
    &connections::OLDER,
    &codebuild::SERVICE,
    &codepipeline::SERVICE,
    &s3::SERVICE,
];

/// The Regions an account has: those that are on without being asked for
/// (AWS Account Management Reference, "AWS Regions").
pub const REGIONS: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// What follows at once from a change of the account, whoever made it: what a service can only see
/// by looking at the others. It is asked after every call that changes something, and after
/// everything that came due.
pub(crate) fn consequences(cx: &mut Cx) {
    elb::observe(cx);
    ecs::observe(cx);
    deployment::observe(cx);
}

/// The service of that signing name.
pub(crate) fn find(name: &str) -> Option<&'static Service> {
    SERVICES
        .iter()
        .copied()
        .find(|service| service.name == name)
}

/// An operation that this crate answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationName {
    /// The service's signing name: `iam`, `rds` …
    pub service: &'static str,
    /// The operation: `CreateRole` …
    pub operation: &'static str,
}

/// Every operation of every service, in the order of the tables.
pub fn operations() -> impl Iterator<Item = OperationName> {
    SERVICES.iter().flat_map(|service| {
        let name = |operation: &'static str| OperationName {
            service: service.name,
            operation,
        };
        service
            .operations
            .iter()
            .map(move |operation| name(operation.name))
    })
}
