//! What a pre-flight looks at beside the resources: what is free, and what is under way.

use aws_sdk_ecs::types::{ContainerInstance, Resource, Service};
use workshop::blueprint::Variables;
use workshop::model::{Instance, Resources, Surroundings, TaskCount};

use super::{container_instances, service, under_way};
use crate::cloud::clients::Clients;
use crate::cloud::{Cloud, CloudError};

/// Each part by itself, all at once, so that one that cannot be looked at spoils none of the others.
pub(in crate::cloud) async fn look(cloud: &Cloud, variables: &Variables) -> Surroundings {
    let clients = &cloud.here();
    let (instances, tasks, deployments, pipeline) = tokio::join!(
        instances(clients, variables),
        tasks(clients, variables),
        under_way::deployments(clients, variables),
        under_way::traffic(clients, variables),
    );
    Surroundings {
        instances: instances.map_err(|error| error.trouble()),
        tasks: tasks.map_err(|error| error.trouble()),
        deployments: deployments.map_err(|error| error.trouble()),
        pipeline: pipeline.map_err(|error| error.trouble()),
    }
}

/// `ListContainerInstances`, `DescribeContainerInstances`. An agent that has lost its connection
/// starts no task.
async fn instances(clients: &Clients, variables: &Variables) -> Result<Vec<Instance>, CloudError> {
    let cluster = variables.get("cluster").unwrap_or_default();
    let registered = container_instances::registered(clients, cluster).await?;
    Ok(registered
        .iter()
        .filter(|instance| instance.agent_connected)
        .map(offer)
        .collect())
}

fn offer(instance: &ContainerInstance) -> Instance {
    let left = instance.remaining_resources();
    let taken = named(left, "PORTS").map_or(&[][..], Resource::string_set_value);
    Instance {
        id: instance.ec2_instance_id().unwrap_or_default().to_owned(),
        whole: sizes(instance.registered_resources()),
        left: sizes(left),
        ports_taken: taken.iter().filter_map(|port| port.parse().ok()).collect(),
    }
}

fn sizes(resources: &[Resource]) -> Resources {
    let number = |name| named(resources, name).map_or(0, |found| i64::from(found.integer_value()));
    Resources {
        cpu: number("CPU"),
        memory: number("MEMORY"),
    }
}

fn named<'a>(resources: &'a [Resource], name: &str) -> Option<&'a Resource> {
    resources
        .iter()
        .find(|resource| resource.name() == Some(name))
}

/// `DescribeServices`.
async fn tasks(clients: &Clients, variables: &Variables) -> Result<Option<TaskCount>, CloudError> {
    let name = |variable| variables.get(variable).unwrap_or_default();
    let found = service::find(clients, name("cluster"), name("service")).await?;
    Ok(found.as_ref().map(count))
}

/// Under CodeDeploy the tasks belong to task sets, the original's and the replacement's.
fn count(service: &Service) -> TaskCount {
    let placed = match service.task_sets() {
        [] => service.running_count() + service.pending_count(),
        sets => sets
            .iter()
            .map(|set| set.running_count() + set.pending_count())
            .sum(),
    };
    TaskCount {
        desired: u32::try_from(service.desired_count()).unwrap_or_default(),
        placed: u32::try_from(placed).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_instance_offers_is_read_by_name() {
        let number = |name: &str, value| {
            let number = Resource::builder().name(name).integer_value(value);
            number.build()
        };
        let ports = Resource::builder().name("PORTS");
        let ports = ports.string_set_value("22").string_set_value("8080");
        let instance = ContainerInstance::builder()
            .ec2_instance_id("i-1")
            .registered_resources(number("CPU", 2048))
            .registered_resources(number("MEMORY", 1913))
            .remaining_resources(number("MEMORY", 1413))
            .remaining_resources(ports.build())
            .remaining_resources(number("CPU", 1792))
            .build();
        let whole = Resources {
            cpu: 2048,
            memory: 1913,
        };
        let left = Resources {
            cpu: 1792,
            memory: 1413,
        };
        let ports_taken = vec![22, 8080];
        let id = "i-1".to_owned();
        let wanted = Instance {
            id,
            whole,
            left,
            ports_taken,
        };
        assert_eq!(offer(&instance), wanted);
    }
}
