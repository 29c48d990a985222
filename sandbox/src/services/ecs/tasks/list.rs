//! `ListTasks`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, no_such_service, one_of};
use crate::services::ecs::names::{cluster, listed, short};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTasks {
    cluster: Option<String>,
    container_instance: Option<String>,
    family: Option<String>,
    next_token: Option<String>,
    max_results: Option<usize>,
    started_by: Option<String>,
    service_name: Option<String>,
    desired_status: Option<String>,
    launch_type: Option<String>,
}

/// `ListTasks` (ECS API Reference): those that are to run, unless the stopped ones are asked for.
pub(crate) fn list_tasks(cx: &mut Cx, input: ListTasks) -> Result<Value, Fault> {
    let desired = input.desired_status.as_deref().unwrap_or("RUNNING");
    one_of("desiredStatus", desired, &["RUNNING", "PENDING", "STOPPED"])?;
    let launch_type = input.launch_type.as_deref();
    if let Some(launch_type) = launch_type {
        let known = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];
        one_of("launchType", launch_type, &known)?;
    }
    let part = |kind, reference: &Option<String>| match reference {
        Some(reference) => short(cx, kind, reference).map(|name| Some(name.to_owned())),
        None => Ok(None),
    };
    let service = part("service", &input.service_name)?;
    let instance = part("container-instance", &input.container_instance)?;
    if service.is_some() && input.started_by.is_some() {
        return Err(invalid(
            "serviceName and startedBy cannot both be specified.",
        ));
    }
    let arn = cx.arn("ecs", "task/");
    let cluster = cluster(cx, input.cluster.as_deref())?;
    if let Some(service) = &service
        && !cluster.services.contains_key(service)
    {
        return Err(no_such_service());
    }
    if let Some(instance) = &instance
        && !cluster.instances.contains_key(instance)
    {
        return Err(invalid("The referenced container instance was not found."));
    }
    let fits = |asked: Option<&String>, own: Option<&String>| asked.is_none() || asked == own;
    let tasks = cluster.tasks.values().filter(|task| {
        let family = task
            .definition
            .split_once(':')
            .map(|(family, _)| family.to_owned());
        // PENDING lists nothing: ECS never sets a task's desired status to that.
        (desired == "STOPPED") == task.stops
            && desired != "PENDING"
            && fits(service.as_ref(), task.service.as_ref())
            && fits(instance.as_ref(), task.instance.as_ref())
            && fits(input.family.as_ref(), family.as_ref())
            && fits(input.started_by.as_ref(), task.started_by.as_ref())
            && launch_type
                .is_none_or(|asked| task.placement.launch_type.as_deref().unwrap_or("EC2") == asked)
    });
    let arns = tasks.map(|task| format!("{arn}{}/{}", cluster.name, task.id));
    let page = listed(
        arns.collect(),
        input.next_token.as_deref(),
        input.max_results,
        100,
    )?;
    Ok(json!({ "taskArns": page.items, "nextToken": page.next }))
}
