//! Whether the roles may do what a release does, as IAM's simulator says.

use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum, PolicyEvaluationDecisionType};

use crate::faults::account::Hand;

const PIPELINE: &str = "codepipeline-tripmgmt-demo-service-role";
const BUILD: &str = "codebuild-tripmgmt-demo-service-role";
const EXECUTION: &str = "ecsTaskExecutionRole";

/// What each role does on the way from a push to running tasks, and on what.
const NEEDED: [(&str, &[&str], &str); 12] = [
    (
        PIPELINE,
        &["codeconnections:UseConnection"],
        "{{connection_arn}}",
    ),
    (
        PIPELINE,
        &["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
        "arn:aws:codebuild:{{region}}:{{account}}:project/{{build_project}}",
    ),
    (
        PIPELINE,
        &["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
        "arn:aws:codedeploy:{{region}}:{{account}}:deploymentgroup:{{deploy_application}}/{{deployment_group}}",
    ),
    (
        PIPELINE,
        &[
            "codedeploy:GetApplication",
            "codedeploy:RegisterApplicationRevision",
        ],
        "arn:aws:codedeploy:{{region}}:{{account}}:application:{{deploy_application}}",
    ),
    (PIPELINE, &["ecs:RegisterTaskDefinition"], "*"),
    (
        PIPELINE,
        &["s3:GetObject", "s3:PutObject"],
        "arn:aws:s3:::{{artifact_bucket}}/run/SourceArti/1",
    ),
    (BUILD, &["ecr:GetAuthorizationToken"], "*"),
    (
        BUILD,
        &[
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage",
            // For a commit whose image is there already.
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
        ],
        "{{image_repository_arn}}",
    ),
    (
        BUILD,
        &["s3:GetObject", "s3:PutObject"],
        "arn:aws:s3:::{{artifact_bucket}}/run/BuildArtif/1",
    ),
    (EXECUTION, &["ecr:GetAuthorizationToken"], "*"),
    (
        EXECUTION,
        &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "{{image_repository_arn}}",
    ),
    (
        EXECUTION,
        &["ssm:GetParameters"],
        "{{db_password_parameter_arn}}",
    ),
];

/// Nothing on the way is denied.
pub(super) async fn may_release(hand: &Hand) {
    for (role, actions, resource) in NEEDED {
        hand.is_allowed(role, actions, resource, None).await;
    }
    let tasks = Some("ecs-tasks.amazonaws.com");
    hand.is_allowed(PIPELINE, &["iam:PassRole"], "{{execution_role_arn}}", tasks)
        .await;
}

impl Hand {
    async fn is_allowed(
        &self,
        role: &str,
        actions: &[&str],
        resource: &str,
        passed_to: Option<&str>,
    ) {
        let variables = self.variables().await;
        let resource = variables.fill(resource).expect("a known resource");
        let account = &self.workspace.account_id;
        let passed_to = passed_to.map(|service| {
            let entry = ContextEntry::builder()
                .context_key_name("iam:PassedToService")
                .context_key_type(ContextKeyTypeEnum::String)
                .context_key_values(service);
            vec![entry.build()]
        });
        let asked = self.iam.simulate_principal_policy();
        let asked = asked
            .policy_source_arn(format!("arn:aws:iam::{account}:role/{role}"))
            .set_action_names(Some(actions.iter().map(|&it| it.to_owned()).collect()))
            .resource_arns(&resource)
            .set_context_entries(passed_to);
        let answer = asked.send().await.expect("a simulation");
        let results = answer.evaluation_results.unwrap_or_default();
        assert_eq!(results.len(), actions.len(), "{role} {actions:?}");
        for result in results {
            assert_eq!(
                result.eval_decision,
                PolicyEvaluationDecisionType::Allowed,
                "{role} {} on {resource}",
                result.eval_action_name
            );
        }
    }
}
