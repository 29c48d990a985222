//! What things are called, computed from the workspace.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Variables;

/// The tag that every taggable resource made here carries; its value is the workspace.
pub const TAG_KEY: &str = "greenlight";

/// Where people land by mistake: the console's default and its most used neighbours. A resource
/// that is missing is looked for in these too, so that a wrong Region can be named.
pub const USUAL_REGIONS: [&str; 5] = [
    "us-east-1",
    "us-west-2",
    "eu-west-1",
    "eu-central-1",
    "ap-southeast-1",
];

/// The names of one attendee's resources.
///
/// Alone in an account they are exactly the seed's (`tripmgmt-dbcluster`); where several share
/// one, `suffix` keeps them apart (`tripmgmt-ada-dbcluster`, `ecsInstanceRole-ada`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The workspace, for the tag.
    pub workspace: String,
    /// What tells this attendee's names from the others' in the same account.
    pub suffix: Option<String>,
}

impl Names {
    /// The variables that follow from the names alone.
    pub fn variables(&self) -> Variables {
        let dash = self
            .suffix
            .as_ref()
            .map(|suffix| format!("-{suffix}"))
            .unwrap_or_default();
        let project = format!("tripmgmt{dash}");
        let cluster = format!("{project}-demo-cluster");
        // EC2 runs it at the first start; the agent reads the file.
        let user_data = format!("#!/bin/bash\necho ECS_CLUSTER={cluster} >> /etc/ecs/ecs.config\n");
        // A connection's name has 32 letters at most.
        let connection = match self.suffix {
            Some(_) => format!("gitlab-{project}"),
            None => format!("gitlab-connection-{project}"),
        };
        let mut variables = Variables::default();
        for (name, value) in [
            ("workspace", self.workspace.clone()),
            ("source_repository", project.clone()),
            ("execution_role", format!("ecsTaskExecutionRole{dash}")),
            ("instance_role", format!("ecsInstanceRole{dash}")),
            ("instance_profile", format!("ecsInstanceRole{dash}")),
            ("codedeploy_role", format!("ecsCodeDeployRole{dash}")),
            ("log_group", format!("/ecs/{project}-demo-taskdef")),
            ("db_security_group", format!("{project}-dbcluster-sg")),
            ("db_password_parameter", format!("/{project}/db-password")),
            ("db_cluster", format!("{project}-dbcluster")),
            ("db_writer", format!("{project}-dbcluster-instance-1")),
            ("db_reader", format!("{project}-dbcluster-instance-2")),
            // PostgreSQL allows no hyphen in it, and nobody shares a cluster.
            ("database_name", "tripmgmt".to_owned()),
            ("db_user", "postgres".to_owned()),
            ("image_repository", format!("{project}-demo")),
            ("task_family", format!("{project}-demo-taskdef")),
            ("container", format!("{project}-demo-container")),
            ("ecs_security_group", format!("{project}-ecs-sg")),
            ("launch_template", format!("{project}-demo-template")),
            ("cluster", cluster),
            ("instance_user_data", BASE64_STANDARD.encode(user_data)),
            ("auto_scaling_group", format!("{project}-demo-asg")),
            ("capacity_provider", format!("{project}-demo-provider")),
            ("alb_security_group", format!("{project}-alb-sg")),
            ("balancer", format!("{project}-demo-alb")),
            ("prod_target_group", format!("{project}-prod-tg")),
            ("test_target_group", format!("{project}-test-tg")),
            ("service", format!("{project}-demo-service")),
            (
                "build_role",
                format!("codebuild-{project}-demo-service-role"),
            ),
            ("build_project", format!("codebuild-{project}-demo")),
            ("connection", connection),
            (
                "deploy_application",
                format!("CodeDeploy-Tripmgmt-Demo-App{dash}"),
            ),
            ("deployment_group", format!("deploygrp-{project}-demo")),
            (
                "pipeline_role",
                format!("codepipeline-{project}-demo-service-role"),
            ),
            ("pipeline", format!("codepipeline-{project}-demo")),
            ("project", project),
        ] {
            variables.set(name, value);
        }
        variables
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alone_the_names_are_the_seeds() {
        let variables = Names {
            workspace: "local".into(),
            suffix: None,
        }
        .variables();
        assert_eq!(variables.get("db_cluster"), Some("tripmgmt-dbcluster"));
        assert_eq!(
            variables.get("execution_role"),
            Some("ecsTaskExecutionRole")
        );
        assert_eq!(variables.get("image_repository"), Some("tripmgmt-demo"));
    }

    #[test]
    fn two_attendees_of_one_account_share_no_name() {
        let ada = Names {
            workspace: "ada".into(),
            suffix: Some("ada".into()),
        }
        .variables();
        let ben = Names {
            workspace: "ben".into(),
            suffix: Some("ben".into()),
        }
        .variables();
        for (name, value) in ada.0 {
            if !matches!(name.as_str(), "database_name" | "db_user") {
                assert_ne!(ben.get(&name), Some(value.as_str()), "{name}");
            }
        }
    }
}
