//! `DescribeLaunchTemplates`.

use serde::Deserialize;
use serde_json::Value;

use super::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::filters::Filter;
use crate::services::ec2::launching::template;
use crate::services::ec2::listing::{Asked, Kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeLaunchTemplates {
    #[serde(default)]
    launch_template_id: Vec<String>,
    #[serde(default)]
    launch_template_name: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "launchTemplates",
    id: "launchTemplateId",
    unknown: crate::services::ec2::launching::no_such_template,
    filters: &[
        ("create-time", "createTime"),
        ("launch-template-name", "launchTemplateName"),
        ("tag-key", "tagSet.key"),
    ],
    page: (1, 200),
};

/// `DescribeLaunchTemplates` (EC2 API Reference), by id, by name, or all.
pub(crate) fn describe_launch_templates(
    cx: &mut Cx,
    input: DescribeLaunchTemplates,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let ec2 = &cx.region().ec2;
    let mut ids = Vec::new();
    for id in &input.launch_template_id {
        ids.push(template(ec2, Some(id), None)?.id.clone());
    }
    for name in &input.launch_template_name {
        ids.push(template(ec2, None, Some(name))?.id.clone());
    }
    let templates = ec2.launch_templates.values();
    KIND.answer(
        templates
            .map(|template| shown::template(ec2, template))
            .collect(),
        Asked {
            ids,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}
