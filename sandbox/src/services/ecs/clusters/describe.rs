//! `DescribeClusters`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::{cluster_name, missing};
use crate::services::ecs::state::{Cluster, ServiceStatus, Task};
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeClusters {
    #[serde(default)]
    clusters: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
}

const INCLUDES: [&str; 5] = [
    "ATTACHMENTS",
    "CONFIGURATIONS",
    "SETTINGS",
    "STATISTICS",
    "TAGS",
];

/// `DescribeClusters` (ECS API Reference): those that were deleted too, as inactive; `default` where
/// none is named.
pub(crate) fn describe_clusters(cx: &mut Cx, input: DescribeClusters) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &INCLUDES)?;
    }
    if input.clusters.len() > 100 {
        return Err(invalid("clusters can have at most 100 items."));
    }
    let mut asked: Vec<Option<&str>> = input.clusters.iter().map(|name| Some(&**name)).collect();
    if asked.is_empty() {
        asked.push(None);
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for reference in asked {
        let name = cluster_name(cx, reference)?;
        match cx.region().ecs.clusters.get(&name).cloned() {
            Some(cluster) => {
                let wanted = |part: &str| input.include.iter().any(|included| included == part);
                found.push(described(cx, &cluster, wanted));
            }
            None => failures.push(missing(&cx.arn("ecs", &format!("cluster/{name}")))),
        }
    }
    Ok(json!({ "clusters": found, "failures": failures }))
}

/// For what is described with all its parts, as what makes or changes a cluster does.
pub(super) fn everything(part: &str) -> bool {
    part != "STATISTICS"
}

/// A cluster as ECS describes it, with those parts that are wanted.
pub(super) fn described(cx: &Cx, cluster: &Cluster, wanted: impl Fn(&str) -> bool) -> Value {
    let count = |of: fn(&Task) -> bool| cluster.tasks.values().filter(|task| of(task)).count();
    let services = cluster.services.values();
    let active = services.filter(|it| it.is(ServiceStatus::Active)).count();
    let settings = cluster.settings.iter();
    let settings = settings.map(|(name, value)| json!({ "name": name, "value": value }));
    let settings = if wanted("SETTINGS") {
        settings.collect()
    } else {
        json!([])
    };
    let tags = if wanted("TAGS") {
        tags::list(&cluster.tags)
    } else {
        json!([])
    };
    let being_made = cluster.attachments.iter().any(|it| it.until > cx.now);
    let attachments_status = if being_made {
        "UPDATE_IN_PROGRESS"
    } else {
        "UPDATE_COMPLETE"
    };
    let has_attachments = !cluster.attachments.is_empty() && wanted("ATTACHMENTS");
    json!({
        "clusterArn": cx.arn("ecs", &format!("cluster/{}", cluster.name)),
        "clusterName": cluster.name,
        "status": if cluster.active { "ACTIVE" } else { "INACTIVE" },
        "registeredContainerInstancesCount": cluster.instances.len(),
        "runningTasksCount": count(Task::is_running),
        "pendingTasksCount": count(Task::is_pending),
        "activeServicesCount": active,
        "statistics": if wanted("STATISTICS") { statistics(cluster) } else { json!([]) },
        "tags": tags,
        "settings": settings,
        "configuration": cluster.configuration.as_ref().filter(|_| wanted("CONFIGURATIONS")),
        "capacityProviders": cluster.capacity_providers,
        "defaultCapacityProviderStrategy": cluster.strategy,
        "attachments": has_attachments.then(|| attachments(cx, cluster)),
        "attachmentsStatus": has_attachments.then_some(attachments_status),
        "serviceConnectDefaults": cluster.namespace.as_ref().map(|namespace| json!({
            "namespace": namespace,
        })),
    })
}

fn attachments(cx: &Cx, cluster: &Cluster) -> Value {
    let attachments = cluster.attachments.iter().map(|it| {
        json!({
            "id": it.id,
            "type": "as_policy",
            "status": if it.until > cx.now { "CREATING" } else { "CREATED" },
            "details": [
                { "name": "capacityProviderName", "value": it.provider },
                { "name": "scalingPolicyName", "value": it.policy },
            ],
        })
    });
    attachments.collect()
}

/// `statistics`: tasks and services by launch type.
fn statistics(cluster: &Cluster) -> Value {
    let is_ec2 = |launch: Option<&str>| launch.is_none_or(|launch| launch == "EC2");
    let tasks = |of: fn(&Task) -> bool, ec2: bool| {
        let tasks = cluster.tasks.values().filter(|task| of(task));
        tasks
            .filter(|task| is_ec2(task.placement.launch_type.as_deref()) == ec2)
            .count()
    };
    let services = |status: ServiceStatus, ec2: bool| {
        let services = cluster.services.values().filter(|it| it.is(status));
        services
            .filter(|it| is_ec2(it.placement.launch_type.as_deref()) == ec2)
            .count()
    };
    let counts = [
        ("runningEC2TasksCount", tasks(Task::is_running, true)),
        ("runningFargateTasksCount", tasks(Task::is_running, false)),
        ("pendingEC2TasksCount", tasks(Task::is_pending, true)),
        ("pendingFargateTasksCount", tasks(Task::is_pending, false)),
        (
            "activeEC2ServiceCount",
            services(ServiceStatus::Active, true),
        ),
        (
            "activeFargateServiceCount",
            services(ServiceStatus::Active, false),
        ),
        (
            "drainingEC2ServiceCount",
            services(ServiceStatus::Draining, true),
        ),
        (
            "drainingFargateServiceCount",
            services(ServiceStatus::Draining, false),
        ),
    ];
    let counts = counts.iter();
    counts
        .map(|(name, count)| json!({ "name": name, "value": count.to_string() }))
        .collect()
}
