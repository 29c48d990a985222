//! The service and its task definition, made by hand.

use aws_sdk_ecs::operation::create_service::builders::CreateServiceFluentBuilder;
use aws_sdk_ecs::types::{
    ContainerDefinition, DeploymentController, DeploymentControllerType, DesiredStatus, LaunchType,
    LoadBalancer, Task, TaskDefinition,
};
use aws_smithy_types::DateTime;

use crate::faults::account::Hand;

pub(in crate::faults) const CLUSTER: &str = "tripmgmt-demo-cluster";
pub(in crate::faults) const SERVICE: &str = "tripmgmt-demo-service";
pub(in crate::faults) const FAMILY: &str = "tripmgmt-demo-taskdef";
pub(in crate::faults) const CONTAINER: &str = "tripmgmt-demo-container";
pub(in crate::faults) const PROD: &str = "tripmgmt-prod-tg";
pub(in crate::faults) const TEST: &str = "tripmgmt-test-tg";

type Service = CreateServiceFluentBuilder;

impl Hand {
    /// `CreateService` as the workshop wants it, under this name.
    pub(in crate::faults) async fn service(&self, name: &str) -> Service {
        let controller =
            DeploymentController::builder().r#type(DeploymentControllerType::CodeDeploy);
        self.ecs
            .create_service()
            .cluster(CLUSTER)
            .service_name(name)
            .task_definition(FAMILY)
            .desired_count(2)
            .launch_type(LaunchType::Ec2)
            .deployment_controller(controller.build().expect("a controller"))
            .set_load_balancers(Some(vec![self.behind(PROD, CONTAINER, 8080).await]))
            .health_check_grace_period_seconds(120)
    }

    /// A container behind a target group.
    pub(in crate::faults) async fn behind(
        &self,
        group: &str,
        container: &str,
        port: i32,
    ) -> LoadBalancer {
        LoadBalancer::builder()
            .target_group_arn(self.target_group_arn(group).await)
            .container_name(container)
            .container_port(port)
            .build()
    }

    /// Deletes the service with its tasks, and waits until it is gone.
    pub(in crate::faults) async fn delete_service(&self) {
        let delete = self.ecs.delete_service().cluster(CLUSTER);
        let delete = delete.service(SERVICE).force(true);
        delete.send().await.expect("a service less");
        self.wait();
    }

    /// Makes the service again with a change, and waits for its tasks.
    pub(in crate::faults) async fn make_service_again(
        &self,
        change: impl FnOnce(Service) -> Service,
    ) {
        self.delete_service().await;
        let service = self.service(SERVICE).await;
        change(service).send().await.expect("a service");
        self.wait();
    }

    /// Makes the service again from a revision with other containers. After it comes the right
    /// revision again, so that the family's latest is as the workshop wants it.
    pub(in crate::faults) async fn make_service_of(
        &self,
        spoil: impl FnOnce(&mut Vec<ContainerDefinition>),
        change: impl FnOnce(Service) -> Service,
    ) {
        self.delete_service().await;
        let right = self.definition().await;
        let mut spoilt = right.clone();
        spoil(spoilt.container_definitions.get_or_insert_default());
        self.register(FAMILY, &spoilt).await;
        let service = self.service(SERVICE).await;
        change(service).send().await.expect("a service");
        self.register(FAMILY, &right).await;
        self.wait();
    }

    /// The latest revision of the workshop's family.
    pub(in crate::faults) async fn definition(&self) -> TaskDefinition {
        let asked = self.ecs.describe_task_definition().task_definition(FAMILY);
        let answer = asked.send().await.expect("the latest revision");
        answer.task_definition.expect("the revision")
    }

    /// Registers a revision like `like`.
    pub(in crate::faults) async fn register(&self, family: &str, like: &TaskDefinition) {
        let call = self
            .ecs
            .register_task_definition()
            .family(family)
            .set_requires_compatibilities(like.requires_compatibilities.clone())
            .set_network_mode(like.network_mode.clone())
            .set_memory(like.memory.clone())
            .set_cpu(like.cpu.clone())
            .set_task_role_arn(like.task_role_arn.clone())
            .set_execution_role_arn(like.execution_role_arn.clone())
            .set_container_definitions(like.container_definitions.clone());
        call.send().await.expect("a revision");
    }

    /// Sets the number of tasks.
    pub(in crate::faults) async fn desire(&self, count: i32) {
        let update = self.ecs.update_service().cluster(CLUSTER).service(SERVICE);
        update.desired_count(count).send().await.expect("a number");
    }

    /// Sets the grace period, in seconds.
    pub(in crate::faults) async fn grace(&self, seconds: i32) {
        let update = self.ecs.update_service().cluster(CLUSTER).service(SERVICE);
        let update = update.health_check_grace_period_seconds(seconds);
        update.send().await.expect("a grace period");
    }

    /// Stops all tasks and lets ECS start them anew, as what was changed meanwhile has it.
    pub(in crate::faults) async fn start_anew(&self) {
        self.desire(0).await;
        self.wait();
        self.desire(2).await;
    }

    /// One of the tasks that stopped last.
    pub(in crate::faults) async fn stopped_task(&self) -> Task {
        let stopped = self.ecs.list_tasks().cluster(CLUSTER);
        let stopped = stopped.desired_status(DesiredStatus::Stopped).send().await;
        let arns = stopped.expect("the tasks").task_arns;
        let tasks = self.ecs.describe_tasks().cluster(CLUSTER).set_tasks(arns);
        let tasks = tasks.send().await.expect("the tasks").tasks;
        let ended = tasks.unwrap_or_default().into_iter();
        let last = ended.max_by_key(|task| task.stopped_at().map(DateTime::as_nanos));
        last.expect("a task that stopped")
    }
}
