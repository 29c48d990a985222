//! Systems Manager's Parameter Store.

mod delete;
mod describe;
mod history;
mod names;
mod public;
mod put;
mod read;
mod state;
mod tagging;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) use read::{plain, text};
pub(crate) use state::Ssm;

/// The code of what does not fit the model.
const CODE: &str = "ValidationException";

pub(crate) static SERVICE: Service = Service {
    name: "ssm",
    wire: Wire::Json {
        target: "AmazonSSM",
        version: "1.1",
    },
    refusal: |error| error.validation(CODE),
    secrets: &["Value"],
    operations: operations! {
        "PutParameter" => put::put_parameter,
        "GetParameter" => read::get_parameter,
        "GetParameters" => read::get_parameters,
        "GetParametersByPath" => read::get_parameters_by_path,
        "GetParameterHistory" => history::get_parameter_history,
        "DescribeParameters" => describe::describe_parameters,
        "DeleteParameter" => delete::delete_parameter,
        "DeleteParameters" => delete::delete_parameters,
        "AddTagsToResource" => tagging::add_tags_to_resource,
        "ListTagsForResource" => tagging::list_tags_for_resource,
        "RemoveTagsFromResource" => tagging::remove_tags_from_resource,
    },
};
