//! The actions that there are, and what each of them takes (CodePipeline User
//! Guide, "Action structure reference").

use super::declaration::{ActionTypeId, Category, Owner};

/// A kind of action.
#[derive(Debug)]
pub(crate) struct ActionType {
    pub(crate) category: Category,
    pub(crate) owner: Owner,
    pub(crate) provider: &'static str,
    /// The fewest and the most input artifacts.
    pub(crate) inputs: (usize, usize),
    pub(crate) outputs: (usize, usize),
    pub(crate) required: &'static [&'static str],
    pub(crate) optional: &'static [&'static str],
}

const NO_MORE: &[&str] = &[];
const CODE_BUILD: &[&str] = &[
    "PrimarySource",
    "EnvironmentVariables",
    "BatchEnabled",
    "CombineArtifacts",
];
const TEMPLATES: &[&str] = &[
    "TaskDefinitionTemplatePath",
    "AppSpecTemplatePath",
    "Image1ArtifactName",
    "Image1ContainerName",
    "Image2ArtifactName",
    "Image2ContainerName",
    "Image3ArtifactName",
    "Image3ContainerName",
    "Image4ArtifactName",
    "Image4ContainerName",
];

/// All of them; each has the version 1.
#[rustfmt::skip]
pub(crate) static ACTION_TYPES: &[ActionType] = &[
    aws(Category::Source, "CodeStarSourceConnection", (0, 0), (1, 1),
        &["ConnectionArn", "FullRepositoryId", "BranchName"], &["OutputArtifactFormat", "DetectChanges"]),
    aws(Category::Source, "CodeCommit", (0, 0), (1, 1),
        &["RepositoryName", "BranchName"], &["PollForSourceChanges", "OutputArtifactFormat"]),
    aws(Category::Source, "S3", (0, 0), (1, 1),
        &["S3Bucket", "S3ObjectKey"], &["PollForSourceChanges", "AllowOverrideForS3ObjectKey"]),
    aws(Category::Source, "ECR", (0, 0), (1, 1), &["RepositoryName"], &["ImageTag"]),
    aws(Category::Build, "CodeBuild", (1, 5), (0, 5), &["ProjectName"], CODE_BUILD),
    aws(Category::Test, "CodeBuild", (1, 5), (0, 5), &["ProjectName"], CODE_BUILD),
    aws(Category::Build, "ECRBuildAndPublish", (1, 1), (0, 0),
        &["ECRRepositoryName"], &["DockerFilePath", "ImageTags", "RegistryType"]),
    aws(Category::Compute, "Commands", (1, 10), (0, 1), NO_MORE, NO_MORE),
    aws(Category::Approval, "Manual", (0, 0), (0, 0),
        NO_MORE, &["CustomData", "ExternalEntityLink", "NotificationArn"]),
    aws(Category::Deploy, "CodeDeployToECS", (1, 5), (0, 0),
        &["ApplicationName", "DeploymentGroupName", "TaskDefinitionTemplateArtifact", "AppSpecTemplateArtifact"],
        TEMPLATES),
    aws(Category::Deploy, "CodeDeploy", (1, 1), (0, 0), &["ApplicationName", "DeploymentGroupName"], NO_MORE),
    aws(Category::Deploy, "ECS", (1, 1), (0, 0), &["ClusterName", "ServiceName"], &["FileName", "DeploymentTimeout"]),
    aws(Category::Deploy, "S3", (1, 1), (0, 0),
        &["BucketName", "Extract"], &["ObjectKey", "KMSEncryptionKeyARN", "CannedACL", "CacheControl"]),
    aws(Category::Deploy, "CloudFormation", (0, 10), (0, 1),
        &["ActionMode", "StackName"],
        &["ChangeSetName", "RoleArn", "Capabilities", "TemplatePath", "TemplateConfiguration", "ParameterOverrides",
          "OutputFileName"]),
    aws(Category::Invoke, "Lambda", (0, 5), (0, 5), &["FunctionName"], &["UserParameters"]),
    aws(Category::Invoke, "StepFunctions", (0, 1), (0, 1),
        &["StateMachineArn"], &["ExecutionNamePrefix", "InputType", "Input"]),
    ActionType {
        owner: Owner::ThirdParty,
        ..aws(Category::Source, "GitHub", (0, 0), (1, 1),
            &["Owner", "Repo", "Branch", "OAuthToken"], &["PollForSourceChanges"])
    },
];

const fn aws(
    category: Category,
    provider: &'static str,
    inputs: (usize, usize),
    outputs: (usize, usize),
    required: &'static [&'static str],
    optional: &'static [&'static str],
) -> ActionType {
    ActionType {
        category,
        owner: Owner::Aws,
        provider,
        inputs,
        outputs,
        required,
        optional,
    }
}

impl ActionType {
    /// The kind of that id.
    pub(crate) fn find(id: &ActionTypeId) -> Option<&'static ActionType> {
        ACTION_TYPES.iter().find(|known| {
            known.category == id.category
                && known.owner == id.owner
                && known.provider == id.provider
                && id.version == "1"
        })
    }

    /// Whether it has a configuration of that name.
    pub(crate) fn takes(&self, key: &str) -> bool {
        self.required.contains(&key) || self.optional.contains(&key)
    }
}
