//! From an operation to the actions that IAM asks for, which are mostly called the same (AWS's
//! Service Authorization Reference).

/// The actions that an operation needs, as a policy names them: its own and those of whatever else
/// it does as the panel calls it, such as to tag what it makes.
pub fn needs(service: &str, operation: &str) -> Vec<String> {
    let own = own(service, operation).map(str::to_owned);
    let own = own.or_else(|| (service != "sts").then(|| operation.to_owned()));
    let own = own.map(|action| format!("{service}:{action}"));
    let more = more(service, operation).iter();
    own.into_iter()
        .chain(more.map(|action| (*action).to_owned()))
        .collect()
}

/// The action where it has another name than the operation.
fn own(service: &str, operation: &str) -> Option<&'static str> {
    let action = match (service, operation) {
        ("s3", "ListBuckets") => "ListAllMyBuckets",
        ("s3", "HeadBucket" | "ListObjectsV2") => "ListBucket",
        ("s3", "ListObjectVersions") => "ListBucketVersions",
        ("s3", "HeadObject") => "GetObject",
        ("s3", "DeleteObjects") => "DeleteObject",
        ("s3", "GetPublicAccessBlock") => "GetBucketPublicAccessBlock",
        ("s3", "PutPublicAccessBlock") => "PutBucketPublicAccessBlock",
        ("s3", "GetBucketEncryption") => "GetEncryptionConfiguration",
        ("s3", "PutBucketEncryption") => "PutEncryptionConfiguration",
        _ => return None,
    };
    Some(action)
}

/// What else it does: tags, hands over a role, makes a service's own role at its first use.
fn more(service: &str, operation: &str) -> &'static [&'static str] {
    match (service, operation) {
        // By the template, which names a profile; AWS asks whether the caller might launch it.
        ("autoscaling", "CreateAutoScalingGroup") => &[
            "ec2:RunInstances",
            "ec2:CreateTags",
            "iam:PassRole",
            "iam:CreateServiceLinkedRole",
        ],
        ("autoscaling", "UpdateAutoScalingGroup") => {
            &["ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"]
        }
        ("codebuild", "CreateProject" | "UpdateProject")
        | ("codedeploy", "CreateDeploymentGroup" | "UpdateDeploymentGroup")
        | ("iam", "AddRoleToInstanceProfile") => &["iam:PassRole"],
        ("codepipeline", "CreatePipeline" | "UpdatePipeline") => {
            &["iam:PassRole", "codeconnections:PassConnection"]
        }
        ("ec2", "CreateSecurityGroup" | "CreateLaunchTemplate") => &["ec2:CreateTags"],
        ("ecr", "CreateRepository") => &["ecr:TagResource"],
        ("ecs", "CreateCluster" | "CreateService") => {
            &["ecs:TagResource", "iam:CreateServiceLinkedRole"]
        }
        ("ecs", "CreateCapacityProvider") => &["ecs:TagResource"],
        ("ecs", "RegisterTaskDefinition") => &["ecs:TagResource", "iam:PassRole"],
        ("elasticloadbalancing", "CreateLoadBalancer") => &[
            "elasticloadbalancing:AddTags",
            "iam:CreateServiceLinkedRole",
        ],
        ("elasticloadbalancing", "CreateTargetGroup" | "CreateListener") => {
            &["elasticloadbalancing:AddTags"]
        }
        ("iam", "CreateRole") => &["iam:TagRole"],
        ("iam", "CreateInstanceProfile") => &["iam:TagInstanceProfile"],
        ("logs", "CreateLogGroup") => &["logs:TagResource"],
        ("rds", "CreateDBCluster") => &["rds:AddTagsToResource", "iam:CreateServiceLinkedRole"],
        ("rds", "CreateDBInstance") => &["rds:AddTagsToResource"],
        ("ssm", "PutParameter") => &["ssm:AddTagsToResource"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_needs_its_action_and_those_of_what_else_it_does() {
        assert_eq!(needs("iam", "GetRole"), ["iam:GetRole"]);
        assert_eq!(needs("s3", "HeadBucket"), ["s3:ListBucket"]);
        assert_eq!(
            needs("iam", "CreateRole"),
            ["iam:CreateRole", "iam:TagRole"]
        );
        // Whoever has keys may ask whose they are.
        assert_eq!(needs("sts", "GetCallerIdentity"), [""; 0]);
    }
}
