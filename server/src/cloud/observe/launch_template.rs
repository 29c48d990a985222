//! The launch template: what its default version says.

use aws_sdk_ec2::types::{LaunchTemplate, ResponseLaunchTemplateData};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, fact, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeLaunchTemplates`, `DescribeLaunchTemplateVersions`, `DescribeImages`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(template) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(clients, &template).await?));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<LaunchTemplate>, CloudError> {
    let asked = clients
        .ec2
        .describe_launch_templates()
        .launch_template_names(name)
        .send();
    let found = absent(clients.ask("ec2", "DescribeLaunchTemplates", asked).await)?;
    Ok(found.and_then(|answer| answer.launch_templates?.into_iter().next()))
}

/// The Region's templates, the first two hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ec2.describe_launch_templates().send();
    let answer = clients.ask("ec2", "DescribeLaunchTemplates", asked).await?;
    Ok(answer
        .launch_templates
        .unwrap_or_default()
        .into_iter()
        .filter_map(|template| template.launch_template_name)
        .collect())
}

async fn facts(clients: &Clients, template: &LaunchTemplate) -> Result<Facts, CloudError> {
    let id = template.launch_template_id().unwrap_or_default();
    let data = default_version(clients, id).await?;
    let profile = data.iam_instance_profile().and_then(|profile| {
        // By name, or by an ARN that ends in it.
        let arn = profile.arn().and_then(|arn| arn.rsplit('/').next());
        profile.name().or(arn)
    });
    Ok(Facts::new(id)
        .with("id", id)
        .with_fact("image", fact(image(clients, data.image_id()).await))
        .with_all(
            "type",
            only(
                data.instance_type()
                    .map(aws_sdk_ec2::types::InstanceType::as_str),
            ),
        )
        .with_all("profile", only(profile))
        .with_all("security_groups", security_groups(&data))
        .with_all("cluster", cluster(data.user_data()).into_iter().collect())
        .tagged(workspace(
            template.tags().iter().map(|tag| (tag.key(), tag.value())),
        )))
}

async fn default_version(
    clients: &Clients,
    id: &str,
) -> Result<ResponseLaunchTemplateData, CloudError> {
    let asked = clients
        .ec2
        .describe_launch_template_versions()
        .launch_template_id(id)
        .versions("$Default")
        .send();
    let answer = clients
        .ask("ec2", "DescribeLaunchTemplateVersions", asked)
        .await?;
    let version = answer.launch_template_versions.unwrap_or_default();
    Ok(version
        .into_iter()
        .find_map(|version| version.launch_template_data)
        .unwrap_or_else(|| ResponseLaunchTemplateData::builder().build()))
}

/// Of the template itself, or of its network interfaces.
fn security_groups(data: &ResponseLaunchTemplateData) -> Vec<String> {
    let interfaces = data
        .network_interfaces()
        .iter()
        .flat_map(aws_sdk_ec2::types::LaunchTemplateInstanceNetworkInterfaceSpecification::groups);
    data.security_group_ids()
        .iter()
        .chain(interfaces)
        .cloned()
        .collect()
}

/// What the image is, in words.
async fn image(clients: &Clients, id: Option<&str>) -> Result<Vec<String>, CloudError> {
    let Some(id) = id else {
        return Ok(Vec::new());
    };
    if let Some(parameter) = id.strip_prefix("resolve:ssm:") {
        return Ok(vec![described(parameter)]);
    }
    let asked = clients.ec2.describe_images().image_ids(id).send();
    let answer = absent(clients.ask("ec2", "DescribeImages", asked).await)?;
    let name = answer
        .and_then(|answer| answer.images?.into_iter().next())
        .and_then(|image| image.name);
    Ok(vec![name.map_or_else(
        || format!("{id}, which is not there"),
        |name| described(&name),
    )])
}

/// AWS's images and the parameters that name them are recognised by their names
/// ("Amazon ECS-optimized Linux AMIs" in the ECS developer guide).
fn described(name: &str) -> String {
    let known = [
        ("amazon-linux-2023", "Amazon Linux 2023, ECS-optimized"),
        ("al2023-ami-ecs-", "Amazon Linux 2023, ECS-optimized"),
        ("amazon-linux-2/", "Amazon Linux 2, ECS-optimized"),
        ("amzn2-ami-ecs-", "Amazon Linux 2, ECS-optimized"),
    ];
    let is_arm = name.contains("arm64");
    known
        .iter()
        .find(|(part, _)| name.contains(part) && !is_arm)
        .map_or_else(|| name.to_owned(), |(_, words)| (*words).to_owned())
}

/// The cluster that the agent is told to look for.
fn cluster(user_data: Option<&str>) -> Option<String> {
    let script = BASE64_STANDARD.decode(user_data?).ok()?;
    let script = String::from_utf8(script).ok()?;
    let (_, rest) = script.split_once("ECS_CLUSTER=")?;
    let end = rest
        .find(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)))
        .unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_by_their_names() {
        let parameter = "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id";
        assert_eq!(described(parameter), "Amazon Linux 2, ECS-optimized");
        assert_eq!(
            described("al2023-ami-ecs-hvm-2023.0.20261101-kernel-6.1-x86_64"),
            "Amazon Linux 2023, ECS-optimized"
        );
        let arm = "al2023-ami-ecs-hvm-2023.0.20261101-kernel-6.1-arm64";
        assert_eq!(described(arm), arm);
    }

    #[test]
    fn the_cluster_is_read_from_the_user_data() {
        let read = |script: &str| cluster(Some(&BASE64_STANDARD.encode(script)));
        let script = "#!/bin/bash\necho ECS_CLUSTER=demo-cluster >> /etc/ecs/ecs.config\n";
        assert_eq!(read(script).as_deref(), Some("demo-cluster"));
        assert_eq!(read("#!/bin/bash\n"), None);
        assert_eq!(cluster(Some("no base64!")), None);
    }
}
