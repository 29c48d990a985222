//! Launch templates and their versions as EC2 shows them.

use serde_json::{Value, json};

use crate::protocol::timestamp;
use crate::services::ec2::state::{Ec2, LaunchTemplate, TemplateVersion};
use crate::services::ec2::tags;

pub(super) fn template(ec2: &Ec2, template: &LaunchTemplate) -> Value {
    json!({
        "launchTemplateId": template.id,
        "launchTemplateName": template.name,
        "createTime": timestamp(template.created),
        "createdBy": template.by,
        "defaultVersionNumber": template.default,
        "latestVersionNumber": template.latest(),
        "operator": { "managed": false },
        "tagSet": tags::set(ec2, &template.id),
    })
}

pub(super) fn version(template: &LaunchTemplate, number: u64, version: &TemplateVersion) -> Value {
    json!({
        "launchTemplateId": template.id,
        "launchTemplateName": template.name,
        "versionNumber": number,
        "versionDescription": version.description,
        "createTime": timestamp(version.created),
        "createdBy": version.by,
        "defaultVersion": number == template.default,
        "launchTemplateData": version.parameters.described(),
        "operator": { "managed": false },
    })
}
