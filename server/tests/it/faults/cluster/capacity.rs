//! Faults of the Auto Scaling group, the capacity provider, and what registered.

use aws_sdk_autoscaling::types::LaunchTemplateSpecification;
use aws_sdk_ecs::types::{
    AutoScalingGroupProvider, AutoScalingGroupProviderUpdate, ManagedScaling, ManagedScalingStatus,
    ManagedTerminationProtection,
};
use workshop::blueprint::Kind::{
    AutoScalingGroup, CapacityProvider, ContainerInstances, RunningTasks,
};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const GROUP: &str = "tripmgmt-demo-asg";
const PROVIDER: &str = "tripmgmt-demo-provider";
const CLUSTER: &str = "tripmgmt-demo-cluster";
const TEMPLATE: &str = "tripmgmt-demo-template";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = group();
    faults.extend(provider());
    faults.extend(registered());
    faults
}

fn group() -> Vec<Fault> {
    const SIZE: &str = "desired 2, minimum 2, maximum 4";
    vec![
        wrong(
            AutoScalingGroup,
            "template",
            "it launches from another template",
            [
                "other",
                "from something else",
                "choose the launch template tripmgmt-demo-template",
            ],
            |hand| Box::pin(async move { hand.launch_from_another_template().await }),
        ),
        wrong(
            AutoScalingGroup,
            "min",
            "the minimum is one",
            ["1", "room for twice the tasks", SIZE],
            |hand| Box::pin(async move { hand.size(1, 4, 2).await }),
        ),
        wrong(
            AutoScalingGroup,
            "max",
            "it may not grow past one",
            ["1", "may not even grow to two", SIZE],
            |hand| Box::pin(async move { hand.size(1, 1, 1).await }),
        )
        .also(&[(AutoScalingGroup, "min"), (AutoScalingGroup, "desired")]),
        wrong(
            AutoScalingGroup,
            "desired",
            "it keeps one instance",
            ["1", "fewer than two instances", SIZE],
            |hand| Box::pin(async move { hand.size(1, 4, 1).await }),
        )
        .also(&[(AutoScalingGroup, "min")]),
        wrong(
            AutoScalingGroup,
            "zones",
            "one subnet was chosen",
            [
                "eu-west-1a",
                "Only one subnet",
                "choose all subnets of the default VPC",
            ],
            |hand| Box::pin(async move { hand.one_zone().await }),
        ),
    ]
}

fn provider() -> Vec<Fault> {
    vec![
        wrong(
            CapacityProvider,
            "group",
            "it stands for another group",
            [
                "other",
                "stands for another group",
                "make it again for tripmgmt-demo-asg",
            ],
            |hand| Box::pin(async move { hand.provider_of_another_group().await }),
        ),
        warned(
            CapacityProvider,
            "scaling",
            "managed scaling is on",
            ["ENABLED", "may scale in under them"],
            |hand| Box::pin(async move { hand.managed_scaling().await }),
        ),
        warned(
            CapacityProvider,
            "protection",
            "termination protection is on",
            ["ENABLED", "take the protection off"],
            |hand| Box::pin(async move { hand.termination_protection().await }),
        )
        .also(&[(CapacityProvider, "scaling")]),
        wrong(
            CapacityProvider,
            "attached",
            "it was never added to the cluster",
            [
                "not set",
                "never added",
                "add the capacity provider tripmgmt-demo-provider",
            ],
            |hand| Box::pin(async move { hand.providers(&[]).await }),
        ),
    ]
}

fn registered() -> Vec<Fault> {
    vec![
        wrong(
            ContainerInstances,
            "registered",
            "one instance is not registered",
            ["1", "did not find the cluster", "the group starts new ones"],
            |hand| Box::pin(async move { hand.deregister(1).await }),
        )
        .also(&[(RunningTasks, "running"), (RunningTasks, "healthy")]),
        wrong(
            ContainerInstances,
            "exists",
            "no instance is registered",
            [
                "none",
                "by itself from the Auto Scaling group tripmgmt-demo-asg",
                "Check step 5",
            ],
            |hand| Box::pin(async move { hand.deregister(2).await }),
        )
        .also(&[(RunningTasks, "running"), (RunningTasks, "healthy")]),
        wrong(
            ContainerInstances,
            "agents",
            "an agent lost its connection",
            ["not all", "has lost the connection", "starts another one"],
            |hand| Box::pin(async move { hand.stop_one().await }),
        )
        // The tasks on it are gone with it.
        .also(&[
            (RunningTasks, "running"),
            (RunningTasks, "healthy"),
            (RunningTasks, "stopped"),
        ]),
    ]
}

impl Hand {
    async fn size(&self, min: i32, max: i32, desired: i32) {
        let update = self
            .autoscaling
            .update_auto_scaling_group()
            .auto_scaling_group_name(GROUP);
        let update = update.min_size(min).max_size(max).desired_capacity(desired);
        update.send().await.expect("a size");
    }

    async fn launch_from_another_template(&self) {
        self.other_template().await;
        let other = LaunchTemplateSpecification::builder()
            .launch_template_name("other")
            .version("$Default")
            .build();
        let update = self
            .autoscaling
            .update_auto_scaling_group()
            .auto_scaling_group_name(GROUP);
        update
            .launch_template(other)
            .send()
            .await
            .expect("a template");
    }

    async fn other_template(&self) {
        let version = self
            .ec2
            .describe_launch_template_versions()
            .launch_template_name(TEMPLATE)
            .versions("$Default")
            .send()
            .await
            .expect("the version");
        let data = version.launch_template_versions()[0]
            .launch_template_data()
            .expect("its data");
        let data = aws_sdk_ec2::types::RequestLaunchTemplateData::builder()
            .set_image_id(data.image_id().map(str::to_owned))
            .set_instance_type(data.instance_type().cloned())
            .build();
        let create = self
            .ec2
            .create_launch_template()
            .launch_template_name("other");
        create
            .launch_template_data(data)
            .send()
            .await
            .expect("a template");
    }

    async fn one_zone(&self) {
        let subnets = self
            .ec2
            .describe_subnets()
            .send()
            .await
            .expect("the subnets");
        let subnet = subnets
            .subnets()
            .iter()
            .find(|subnet| subnet.availability_zone() == Some("eu-west-1a"))
            .and_then(|subnet| subnet.subnet_id())
            .expect("one in the first zone");
        let update = self
            .autoscaling
            .update_auto_scaling_group()
            .auto_scaling_group_name(GROUP);
        update
            .vpc_zone_identifier(subnet)
            .send()
            .await
            .expect("a subnet");
    }

    async fn provider_of_another_group(&self) {
        let arn = self.another_group().await;
        self.providers(&[]).await;
        self.wait();
        let delete = self
            .ecs
            .delete_capacity_provider()
            .capacity_provider(PROVIDER);
        delete.send().await.expect("none");
        self.wait();
        self.provider_of(PROVIDER, &arn).await;
        self.providers(&[PROVIDER]).await;
        self.wait();
    }

    /// Makes a group without instances that has nothing to do with the workshop. Its ARN.
    pub(in crate::faults) async fn another_group(&self) -> String {
        self.other_template().await;
        let other = LaunchTemplateSpecification::builder()
            .launch_template_name("other")
            .version("$Default")
            .build();
        let create = self
            .autoscaling
            .create_auto_scaling_group()
            .auto_scaling_group_name("other");
        let create = create.launch_template(other).min_size(0).max_size(1);
        create
            .availability_zones("eu-west-1a")
            .send()
            .await
            .expect("a group");
        let groups = self.autoscaling.describe_auto_scaling_groups();
        let groups = groups
            .auto_scaling_group_names("other")
            .send()
            .await
            .expect("the group");
        let arn = groups.auto_scaling_groups()[0].auto_scaling_group_arn();
        arn.expect("its ARN").to_owned()
    }

    /// Makes a provider of this name for a group.
    pub(in crate::faults) async fn provider_of(&self, name: &str, group: &str) {
        let group = AutoScalingGroupProvider::builder().auto_scaling_group_arn(group);
        let create = self.ecs.create_capacity_provider().name(name);
        let create = create.auto_scaling_group_provider(group.build().expect("a group"));
        create.send().await.expect("a provider");
        self.wait();
    }

    async fn managed_scaling(&self) {
        let scaling = ManagedScaling::builder()
            .status(ManagedScalingStatus::Enabled)
            .build();
        let update = AutoScalingGroupProviderUpdate::builder().managed_scaling(scaling);
        self.update_provider(update.build()).await;
    }

    async fn termination_protection(&self) {
        let protect = self
            .autoscaling
            .update_auto_scaling_group()
            .auto_scaling_group_name(GROUP);
        let protect = protect.new_instances_protected_from_scale_in(true);
        protect.send().await.expect("protected instances");
        // Protection without managed scaling is refused.
        let scaling = ManagedScaling::builder()
            .status(ManagedScalingStatus::Enabled)
            .build();
        let update = AutoScalingGroupProviderUpdate::builder()
            .managed_scaling(scaling)
            .managed_termination_protection(ManagedTerminationProtection::Enabled);
        self.update_provider(update.build()).await;
    }

    async fn update_provider(&self, update: AutoScalingGroupProviderUpdate) {
        let call = self.ecs.update_capacity_provider().name(PROVIDER);
        let call = call.auto_scaling_group_provider(update);
        call.send().await.expect("a change");
        self.wait();
    }

    /// The cluster gets these providers.
    pub(in crate::faults) async fn providers(&self, names: &[&str]) {
        let put = self.ecs.put_cluster_capacity_providers().cluster(CLUSTER);
        let names = names.iter().map(|&name| name.to_owned()).collect();
        let put = put.set_capacity_providers(Some(names));
        let put = put.set_default_capacity_provider_strategy(Some(Vec::new()));
        put.send().await.expect("its providers");
    }

    async fn deregister(&self, count: usize) {
        let listed = self
            .ecs
            .list_container_instances()
            .cluster(CLUSTER)
            .send()
            .await;
        let listed = listed.expect("the instances");
        for arn in listed.container_instance_arns().iter().take(count) {
            let call = self.ecs.deregister_container_instance().cluster(CLUSTER);
            call.container_instance(arn)
                .force(true)
                .send()
                .await
                .expect("one less");
        }
    }

    async fn stop_one(&self) {
        let listed = self
            .ecs
            .list_container_instances()
            .cluster(CLUSTER)
            .send()
            .await;
        let first = listed.expect("the instances").container_instance_arns()[0].clone();
        let call = self.ecs.describe_container_instances().cluster(CLUSTER);
        let seen = call.container_instances(first).send().await.expect("it");
        let id = seen.container_instances()[0]
            .ec2_instance_id()
            .expect("its id");
        self.ec2
            .stop_instances()
            .instance_ids(id)
            .send()
            .await
            .expect("stopped");
    }
}
