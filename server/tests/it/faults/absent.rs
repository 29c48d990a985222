//! What is not there, or under another name, or elsewhere, or not there yet.

use aws_sdk_autoscaling::types::LaunchTemplateSpecification;
use aws_sdk_ec2::types::{InstanceType, RequestLaunchTemplateData};
use aws_sdk_ecs::types::{AutoScalingGroupProvider, ContainerDefinition};
use aws_sdk_elasticloadbalancingv2::types::ProtocolEnum;
use aws_sdk_ssm::types::ParameterType;
use serde_json::json;
use workshop::blueprint::Kind::{
    self, AlbSecurityGroup, AutoScalingGroup, CapacityProvider, Cluster, CodeDeployRole, DbCluster,
    DbPassword, DbReader, DbSecurityGroup, DbWriter, EcsSecurityGroup, ExecutionRole,
    ImageRepository, InstanceProfile, InstanceRole, LaunchTemplate, LoadBalancer, LogGroup,
    ProdTargetGroup, SourceRepository, TaskDefinition, TestTargetGroup,
};
use workshop::model::Outcome;

use super::account::{Finished, Hand};
use super::database::{CLUSTER, GROUP, OTHER, PASSWORD, READER, WRITER};
use super::fault::{Fault, try_all, wrong};

const VIRGINIA: [&str; 3] = [
    "none here, but one in us-east-1",
    "was set to us-east-1 when it was created",
    "Switch to eu-west-1, create it",
];
const OREGON: [&str; 3] = [
    "none here, but one in us-west-2",
    "was set to us-west-2",
    "delete the one in us-west-2",
];
const FRANKFURT: [&str; 3] = [
    "none here, but one in eu-central-1",
    "was set to eu-central-1",
    "delete the one in eu-central-1",
];

const LOGS: &str = "/ecs/tripmgmt-demo-taskdef";
const IMAGES: &str = "tripmgmt-demo";
const AGENT_IMAGE: &str =
    "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";

pub(super) fn faults() -> Vec<Fault> {
    named_wrongly()
        .into_iter()
        .chain(made_elsewhere())
        .collect()
}

fn named_wrongly() -> Vec<Fault> {
    let slip = |kind, [found, remedy]: [&'static str; 2], bring| {
        wrong(
            kind,
            "exists",
            "its name is a slip away",
            [found, "The name is a slip away", remedy],
            bring,
        )
        .starting_with_nothing()
    };
    vec![
        slip(
            ExecutionRole,
            [
                "none, but ecsTaskExecutionRol is there",
                "again as ecsTaskExecutionRole, and delete ecsTaskExecutionRol:",
            ],
            |hand| Box::pin(async move { hand.role("ecsTaskExecutionRol").await }),
        ),
        slip(
            InstanceRole,
            [
                "none, but ecsInstancesRole is there",
                "again as ecsInstanceRole, and delete ecsInstancesRole:",
            ],
            |hand| Box::pin(async move { hand.role("ecsInstancesRole").await }),
        ),
        slip(
            InstanceProfile,
            [
                "none, but EcsInstanceRole is there",
                "again as ecsInstanceRole, and delete EcsInstanceRole:",
            ],
            |hand| {
                Box::pin(async move {
                    let create = hand
                        .iam
                        .create_instance_profile()
                        .instance_profile_name("EcsInstanceRole");
                    create.send().await.expect("a profile");
                })
            },
        ),
        slip(
            CodeDeployRole,
            [
                "none, but ecsCodedeployRole is there",
                "again as ecsCodeDeployRole, and delete ecsCodedeployRole:",
            ],
            |hand| Box::pin(async move { hand.role("ecsCodedeployRole").await }),
        ),
        slip(
            LogGroup,
            [
                "none, but /ecs/tripmgmt-demo-taskdf is there",
                "again as /ecs/tripmgmt-demo-taskdef",
            ],
            |hand| Box::pin(async move { hand.log_group("/ecs/tripmgmt-demo-taskdf").await }),
        ),
        slip(
            DbSecurityGroup,
            [
                "none, but tripmgmt-dbcluster-gs is there",
                "again as tripmgmt-dbcluster-sg",
            ],
            |hand| Box::pin(async move { hand.group("tripmgmt-dbcluster-gs").await }),
        ),
        slip(
            DbPassword,
            [
                "none, but /tripmgmt/db-pasword is there",
                "again as /tripmgmt/db-password",
            ],
            |hand| Box::pin(async move { hand.parameter("/tripmgmt/db-pasword").await }),
        ),
        slip(
            DbCluster,
            [
                "none, but tripmgmt-dbclustr is there",
                "again as tripmgmt-dbcluster, and delete tripmgmt-dbclustr:",
            ],
            |hand| Box::pin(async move { hand.make_cluster("tripmgmt-dbclustr").await }),
        ),
        slip(
            DbWriter,
            [
                "none, but tripmgmt-dbcluster-instance1 is there",
                "again as tripmgmt-dbcluster-instance-1",
            ],
            |hand| {
                Box::pin(async move {
                    hand.make_cluster(OTHER).await;
                    hand.instance("tripmgmt-dbcluster-instance1", OTHER, None)
                        .await;
                })
            },
        ),
        slip(
            DbReader,
            [
                "none, but tripmgmt-dbcluster-instance2 is there",
                "again as tripmgmt-dbcluster-instance-2",
            ],
            |hand| {
                Box::pin(async move {
                    hand.make_cluster(OTHER).await;
                    hand.instance("tripmgmt-dbcluster-instance2", OTHER, None)
                        .await;
                })
            },
        ),
        slip(
            ImageRepository,
            [
                "none, but tripmgmt-dmeo is there",
                "again as tripmgmt-demo, and delete tripmgmt-dmeo:",
            ],
            |hand| Box::pin(async move { hand.images("tripmgmt-dmeo").await }),
        ),
        slip(
            EcsSecurityGroup,
            [
                "none, but tripmgmt-esc-sg is there",
                "again as tripmgmt-ecs-sg",
            ],
            |hand| Box::pin(async move { hand.group("tripmgmt-esc-sg").await }),
        ),
        slip(
            AlbSecurityGroup,
            [
                "none, but tripmgmt-abl-sg is there",
                "again as tripmgmt-alb-sg",
            ],
            |hand| Box::pin(async move { hand.group("tripmgmt-abl-sg").await }),
        ),
        slip(
            LaunchTemplate,
            [
                "none, but tripmgmt-demo-templat is there",
                "again as tripmgmt-demo-template",
            ],
            |hand| Box::pin(async move { hand.template("tripmgmt-demo-templat").await }),
        ),
        slip(
            Cluster,
            [
                "none, but tripmgmt-demo-clutser is there",
                "again as tripmgmt-demo-cluster",
            ],
            |hand| Box::pin(async move { hand.ecs_cluster("tripmgmt-demo-clutser").await }),
        ),
        slip(
            AutoScalingGroup,
            [
                "none, but tripmgmt-demo-agsg is there",
                "again as tripmgmt-demo-asg",
            ],
            |hand| Box::pin(async move { hand.scaling_group("tripmgmt-demo-agsg").await }),
        ),
        slip(
            CapacityProvider,
            [
                "none, but tripmgmt-demo-providr is there",
                "again as tripmgmt-demo-provider",
            ],
            |hand| Box::pin(async move { hand.provider("tripmgmt-demo-providr").await }),
        ),
        slip(
            TaskDefinition,
            [
                "none, but tripmgmt-demo-taskdf is there",
                "again as tripmgmt-demo-taskdef",
            ],
            |hand| Box::pin(async move { hand.family("tripmgmt-demo-taskdf").await }),
        ),
        slip(
            LoadBalancer,
            [
                "none, but tripmgmt-demo-abl is there",
                "again as tripmgmt-demo-alb",
            ],
            |hand| Box::pin(async move { hand.balancer("tripmgmt-demo-abl").await }),
        ),
        slip(
            ProdTargetGroup,
            [
                "none, but tripmgmt-prod-gt is there",
                "again as tripmgmt-prod-tg",
            ],
            |hand| Box::pin(async move { hand.target_group("tripmgmt-prod-gt").await }),
        ),
        slip(
            TestTargetGroup,
            [
                "none, but tripmgmt-tset-tg is there",
                "again as tripmgmt-test-tg",
            ],
            |hand| Box::pin(async move { hand.target_group("tripmgmt-tset-tg").await }),
        ),
    ]
}

fn made_elsewhere() -> Vec<Fault> {
    let in_region = |kind, [found, cause, remedy]: [&'static str; 3], bring| {
        wrong(
            kind,
            "exists",
            "it was made in another Region",
            [found, cause, remedy],
            bring,
        )
        .starting_with_nothing()
    };
    vec![
        in_region(LogGroup, VIRGINIA, |hand| {
            Box::pin(async move { hand.in_region("us-east-1").log_group(LOGS).await })
        }),
        in_region(DbSecurityGroup, FRANKFURT, |hand| {
            Box::pin(async move { hand.in_region("eu-central-1").group(GROUP).await })
        }),
        in_region(DbPassword, OREGON, |hand| {
            Box::pin(async move { hand.in_region("us-west-2").parameter(PASSWORD).await })
        }),
        in_region(DbCluster, VIRGINIA, |hand| {
            Box::pin(async move { hand.in_region("us-east-1").make_cluster(CLUSTER).await })
        }),
        in_region(DbWriter, VIRGINIA, |hand| {
            Box::pin(async move {
                let hand = hand.in_region("us-east-1");
                hand.make_cluster(OTHER).await;
                hand.instance(WRITER, OTHER, None).await;
            })
        }),
        in_region(DbReader, FRANKFURT, |hand| {
            Box::pin(async move {
                let hand = hand.in_region("eu-central-1");
                hand.make_cluster(OTHER).await;
                hand.instance(READER, OTHER, None).await;
            })
        }),
        in_region(ImageRepository, OREGON, |hand| {
            Box::pin(async move { hand.in_region("us-west-2").images(IMAGES).await })
        }),
        in_region(Cluster, VIRGINIA, |hand| {
            Box::pin(async move {
                let hand = hand.in_region("us-east-1");
                hand.ecs_cluster("tripmgmt-demo-cluster").await;
            })
        }),
        in_region(LoadBalancer, FRANKFURT, |hand| {
            Box::pin(async move {
                let hand = hand.in_region("eu-central-1");
                hand.balancer("tripmgmt-demo-alb").await;
            })
        }),
    ]
}

impl Hand {
    async fn role(&self, name: &str) {
        let principal = json!({ "Service": "ec2.amazonaws.com" });
        let statement =
            json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
        let create = self
            .iam
            .create_role()
            .role_name(name)
            .assume_role_policy_document(document);
        create.send().await.expect("a role");
    }

    async fn log_group(&self, name: &str) {
        self.logs
            .create_log_group()
            .log_group_name(name)
            .send()
            .await
            .expect("a log group");
    }

    async fn group(&self, name: &str) {
        let create = self
            .ec2
            .create_security_group()
            .group_name(name)
            .description("of a test");
        create.send().await.expect("a security group");
    }

    async fn parameter(&self, name: &str) {
        let put = self
            .ssm
            .put_parameter()
            .name(name)
            .r#type(ParameterType::SecureString);
        put.value("9f86d081884c7d659a2f")
            .send()
            .await
            .expect("a parameter");
    }

    async fn make_cluster(&self, name: &str) {
        self.cluster(name).send().await.expect("a cluster");
    }

    async fn images(&self, name: &str) {
        self.ecr
            .create_repository()
            .repository_name(name)
            .send()
            .await
            .expect("a repository");
    }
}

/// Of steps 5 and 6.
impl Hand {
    async fn template(&self, name: &str) {
        let data = RequestLaunchTemplateData::builder().image_id(AGENT_IMAGE);
        let data = data.instance_type(InstanceType::T3Small).build();
        let create = self.ec2.create_launch_template().launch_template_name(name);
        create
            .launch_template_data(data)
            .send()
            .await
            .expect("a template");
    }

    async fn ecs_cluster(&self, name: &str) {
        let create = self.ecs.create_cluster().cluster_name(name);
        create.send().await.expect("a cluster");
    }

    async fn scaling_group(&self, name: &str) {
        self.template("of-a-test").await;
        let template = LaunchTemplateSpecification::builder()
            .launch_template_name("of-a-test")
            .build();
        let create = self
            .autoscaling
            .create_auto_scaling_group()
            .auto_scaling_group_name(name)
            .launch_template(template)
            .min_size(0)
            .max_size(1)
            .availability_zones("eu-west-1a");
        create.send().await.expect("a group");
    }

    async fn provider(&self, name: &str) {
        self.scaling_group("of-a-test").await;
        let groups = self.autoscaling.describe_auto_scaling_groups().send().await;
        let groups = groups.expect("the groups");
        let arn = groups.auto_scaling_groups()[0].auto_scaling_group_arn();
        let group =
            AutoScalingGroupProvider::builder().auto_scaling_group_arn(arn.expect("an ARN"));
        let create = self.ecs.create_capacity_provider().name(name);
        let create = create.auto_scaling_group_provider(group.build().expect("a group"));
        create.send().await.expect("a provider");
    }

    async fn family(&self, name: &str) {
        let container = ContainerDefinition::builder()
            .name("app")
            .image("nginx")
            .memory(128);
        let register = self.ecs.register_task_definition().family(name);
        let register = register.container_definitions(container.build());
        register.send().await.expect("a task definition");
    }

    async fn balancer(&self, name: &str) {
        let subnets = self.ec2.describe_subnets().send().await;
        let subnets = subnets.expect("the subnets").subnets.unwrap_or_default();
        let subnets = subnets.into_iter().filter_map(|subnet| subnet.subnet_id);
        let create = self.elbv2.create_load_balancer().name(name);
        let create = create.set_subnets(Some(subnets.collect()));
        create.send().await.expect("a balancer");
    }

    pub(super) async fn target_group(&self, name: &str) {
        let vpcs = self.ec2.describe_vpcs().send().await.expect("the VPCs");
        let create = self
            .elbv2
            .create_target_group()
            .name(name)
            .protocol(ProtocolEnum::Http)
            .port(80)
            .set_vpc_id(vpcs.vpcs()[0].vpc_id().map(str::to_owned));
        create.send().await.expect("a target group");
    }
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}

#[tokio::test]
async fn what_was_not_created_is_named_with_its_exact_name() {
    let finished = Finished::make().await;
    let seen = finished.empty("nothing").await.see().await;
    assert_eq!(seen.0.len(), Kind::ALL.len(), "one row each");
    for (kind, name) in [
        (SourceRepository, "tripmgmt"),
        (ExecutionRole, "ecsTaskExecutionRole"),
        (InstanceRole, "ecsInstanceRole"),
        (InstanceProfile, "ecsInstanceRole"),
        (CodeDeployRole, "ecsCodeDeployRole"),
        (LogGroup, LOGS),
        (DbSecurityGroup, GROUP),
        (DbPassword, PASSWORD),
        (DbCluster, CLUSTER),
        (DbWriter, WRITER),
        (ImageRepository, IMAGES),
    ] {
        let finding = seen.of(kind, "exists");
        assert_eq!(
            (finding.outcome, finding.found.as_str()),
            (Outcome::Wrong, "none"),
            "{finding:#?}"
        );
        let remedy = finding.remedy.as_deref().unwrap_or_default();
        assert!(
            remedy.ends_with(&format!("named exactly {name}.")),
            "{kind:?}: {remedy}"
        );
    }
    let reader = seen.of(DbReader, "exists");
    assert_eq!(reader.outcome, Outcome::Passed);
    assert!(
        reader
            .warning
            .as_deref()
            .unwrap_or_default()
            .contains("A reader in a second zone"),
        "{reader:#?}"
    );
}

#[tokio::test]
async fn what_is_on_its_way_is_not_yet_there_and_then_passes_by_itself() {
    let finished = Finished::make().await;
    let hand = finished.copy("coming").await;
    hand.make_again_without_waiting().await;
    let seen = hand.see().await;
    for kind in [DbCluster, DbWriter, DbReader] {
        let status = seen.of(kind, "status");
        assert_eq!(
            (status.outcome, status.found.as_str()),
            (Outcome::NotYet, "creating"),
            "{status:#?}"
        );
        assert!(
            status
                .remedy
                .as_deref()
                .unwrap_or_default()
                .contains("looked at again by itself"),
            "{status:#?}"
        );
    }
    let wrong: Vec<_> = seen
        .0
        .values()
        .filter(|finding| finding.outcome == Outcome::Wrong)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    hand.wait();
    for finding in hand.see().await.0.values() {
        assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
    }
}
