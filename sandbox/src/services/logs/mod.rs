//! `CloudWatch` Logs: log groups, their streams and events.

mod events;
mod groups;
mod names;
mod retention;
mod state;
mod streams;
mod tagging;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) use events::{exists, open, write};
pub(crate) use state::Logs;

/// The code of what does not fit the model.
const CODE: &str = "InvalidParameterException";

pub(crate) static SERVICE: Service = Service {
    name: "logs",
    wire: Wire::Json {
        target: "Logs_20140328",
        version: "1.1",
    },
    refusal: |error| error.validation(CODE),
    secrets: &[],
    operations: operations! {
        "CreateLogGroup" => groups::create_log_group,
        "DescribeLogGroups" => groups::describe_log_groups,
        "DeleteLogGroup" => groups::delete_log_group,
        "CreateLogStream" => streams::create_log_stream,
        "DescribeLogStreams" => streams::describe_log_streams,
        "DeleteLogStream" => streams::delete_log_stream,
        "PutLogEvents" => events::put_log_events,
        "GetLogEvents" => events::get_log_events,
        "FilterLogEvents" => events::filter_log_events,
        "PutRetentionPolicy" => retention::put_retention_policy,
        "DeleteRetentionPolicy" => retention::delete_retention_policy,
        "TagResource" => tagging::tag_resource,
        "UntagResource" => tagging::untag_resource,
        "ListTagsForResource" => tagging::list_tags_for_resource,
        "TagLogGroup" => tagging::tag_log_group,
        "UntagLogGroup" => tagging::untag_log_group,
        "ListTagsLogGroup" => tagging::list_tags_log_group,
    },
};
