//! The ECS service, and whether the console made a deployment group for it.

use aws_sdk_ecs::types::{
    CapacityProviderStrategyItem, LoadBalancer, Service, ServiceField, TaskSet,
};
use aws_smithy_types::DateTime;
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, absent, fact, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeServices`; `ListDeploymentGroups` and `BatchGetDeploymentGroups` of `CodeDeploy` for
/// what the console's form may have made beside it.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let cluster = looked.variables.get("cluster").unwrap_or_default();
    if let Some(service) = find(clients, cluster, looked.name).await? {
        let group = console_group(clients, cluster, looked.name).await;
        let facts = facts(&service, looked).with_fact("console_group", fact(group));
        return Ok(Observation::Present(facts));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| {
        let cluster = cluster.to_owned();
        async move { Ok(find(&clients, &cluster, &name).await?.is_some()) }
    };
    Ok(near::regional(looked, names(clients, cluster).await, exists).await)
}

/// The service of that name; none where there is no such cluster. One that was deleted is still
/// told of for a while, as `INACTIVE`.
pub(super) async fn find(
    clients: &Clients,
    cluster: &str,
    name: &str,
) -> Result<Option<Service>, CloudError> {
    let asked = clients
        .ecs
        .describe_services()
        .cluster(cluster)
        .services(name)
        .include(ServiceField::Tags)
        .send();
    let answer = absent(clients.ask("ecs", "DescribeServices", asked).await)?;
    let services = answer.and_then(|answer| answer.services);
    Ok(services
        .unwrap_or_default()
        .into_iter()
        .find(|service| service.status() != Some("INACTIVE")))
}

/// The tasks that production gets. Under the controllers `CODE_DEPLOY` and `EXTERNAL` that is the
/// primary task set; ECS itself has deployments instead.
pub(super) struct Live<'a> {
    set: Option<&'a TaskSet>,
    service: &'a Service,
}

impl<'a> Live<'a> {
    pub(super) fn of(service: &'a Service) -> Self {
        let mut sets = service.task_sets().iter();
        let set = sets.find(|set| set.status() == Some("PRIMARY"));
        Self { set, service }
    }

    fn balancers(&self) -> &'a [LoadBalancer] {
        self.set
            .map_or(self.service.load_balancers(), TaskSet::load_balancers)
    }

    /// The ARN of its target group.
    pub(super) fn target_group(&self) -> Option<&'a str> {
        self.balancers().first()?.target_group_arn()
    }

    /// When it was begun.
    pub(super) fn begun(&self) -> Option<&'a DateTime> {
        self.set
            .map_or(self.service.created_at(), TaskSet::created_at)
    }

    /// How many of its tasks run.
    pub(super) fn running(&self) -> i32 {
        self.set
            .map_or(self.service.running_count(), TaskSet::running_count)
    }

    fn definition(&self) -> Option<&'a str> {
        self.set
            .and_then(TaskSet::task_definition)
            .or(self.service.task_definition())
    }

    /// `launch type EC2`, or a `capacity provider` with its name.
    fn placed(&self) -> Vec<String> {
        let strategy = self.set.map_or(
            self.service.capacity_provider_strategy(),
            TaskSet::capacity_provider_strategy,
        );
        let launch = self
            .set
            .map_or(self.service.launch_type(), TaskSet::launch_type);
        let provider = |item: &CapacityProviderStrategyItem| {
            format!("capacity provider {}", item.capacity_provider())
        };
        if strategy.is_empty() {
            let launch = launch.map(|launch| format!("launch type {}", launch.as_str()));
            return launch.into_iter().collect();
        }
        strategy.iter().map(provider).collect()
    }

    /// Whether a deployment made it, and not the service itself.
    fn is_deployed(&self) -> bool {
        self.set.is_some_and(|set| set.external_id().is_some())
    }
}

/// The names of the cluster's services, the first ten.
async fn names(clients: &Clients, cluster: &str) -> Result<Vec<String>, CloudError> {
    let asked = clients.ecs.list_services().cluster(cluster).send();
    let answer = clients.ask("ecs", "ListServices", asked).await?;
    let arns = answer.service_arns.unwrap_or_default();
    Ok(arns
        .iter()
        .map(|arn| last_part(arn, '/').to_owned())
        .collect())
}

/// The groups of the application that the console's form makes, as far as they name the service.
async fn console_group(
    clients: &Clients,
    cluster: &str,
    service: &str,
) -> Result<Vec<String>, CloudError> {
    let application = format!("AppECS-{cluster}-{service}");
    let asked = clients
        .codedeploy
        .list_deployment_groups()
        .application_name(&application)
        .send();
    let listed = absent(
        clients
            .ask("codedeploy", "ListDeploymentGroups", asked)
            .await,
    )?;
    let names = listed
        .and_then(|listed| listed.deployment_groups)
        .unwrap_or_default();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let asked = clients
        .codedeploy
        .batch_get_deployment_groups()
        .application_name(&application)
        .set_deployment_group_names(Some(names))
        .send();
    let answer = clients
        .ask("codedeploy", "BatchGetDeploymentGroups", asked)
        .await?;
    let names_it = |group: &aws_sdk_codedeploy::types::DeploymentGroupInfo| {
        group
            .ecs_services()
            .iter()
            .any(|own| own.cluster_name() == Some(cluster) && own.service_name() == Some(service))
    };
    Ok(answer
        .deployment_groups_info()
        .iter()
        .filter(|group| names_it(group))
        .filter_map(|group| group.deployment_group_name())
        .map(|group| format!("{group} of {application}"))
        .collect())
}

fn facts(service: &Service, looked: &Looked<'_>) -> Facts {
    let live = Live::of(service);
    let controller = service
        .deployment_controller()
        .map_or("ECS", |controller| controller.r#type().as_str());
    let grace = service.health_check_grace_period_seconds().unwrap_or(0);
    let groups: Vec<&str> = live
        .balancers()
        .iter()
        .filter_map(|balancer| balancer.target_group_arn())
        .map(group_name)
        .collect();
    let prod = looked.variables.get("prod_target_group");
    let shown = |name: &&str| {
        if live.is_deployed() && prod != Some(*name) {
            format!("{name}, by a deployment")
        } else {
            (*name).to_owned()
        }
    };
    let containers = live.balancers().iter();
    let (mut names, mut ports): (Vec<_>, Vec<_>) = containers
        .map(|balancer| {
            let port = balancer.container_port().unwrap_or_default();
            let name = balancer.container_name().unwrap_or_default();
            (name.to_owned(), port.to_string())
        })
        .unzip();
    names.dedup();
    ports.dedup();
    let arn = service.service_arn().unwrap_or_default();
    let facts = Facts::new(arn)
        .with("controller", controller)
        .with_all("launch", live.placed())
        .with_all(
            "task_definition",
            only(live.definition().map(|arn| last_part(arn, '/'))),
        )
        .with_all("target_groups", groups.iter().map(shown).collect())
        .with_all("container", names)
        .with_all("port", ports)
        .with("grace", format!("{grace} seconds"))
        .in_phase(phase(service.status()))
        .tagged(workspace(
            service.tags().iter().map(|tag| (tag.key(), tag.value())),
        ));
    match groups.first() {
        // A service that was made behind the wrong listener does not say where the others belong.
        Some(group) if live.is_deployed() || prod == Some(*group) => {
            facts.with("live_target_group", *group)
        }
        _ => facts,
    }
}

fn phase(status: Option<&str>) -> Phase {
    match status {
        Some(word @ "DRAINING") => Phase::Going(word.to_owned()),
        _ => Phase::Ready,
    }
}

/// `…:targetgroup/NAME/0123456789abcdef`.
fn group_name(arn: &str) -> &str {
    arn.split('/').nth(1).unwrap_or(arn)
}

fn last_part(text: &str, separator: char) -> &str {
    text.rsplit(separator).next().unwrap_or(text)
}
