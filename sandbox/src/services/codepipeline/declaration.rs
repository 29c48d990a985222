//! What a pipeline is made of, in the shape that the API has for it
//! (CodePipeline User Guide, "CodePipeline pipeline structure reference").

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `pipeline`: kept as it was given, with AWS's defaults for what was not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Declaration {
    pub(crate) name: String,
    pub(crate) role_arn: String,
    pub(crate) artifact_store: Option<ArtifactStore>,
    /// By Region, where actions are in several.
    pub(crate) artifact_stores: Option<BTreeMap<String, ArtifactStore>>,
    pub(crate) stages: Vec<Stage>,
    #[serde(default = "one")]
    pub(crate) version: u32,
    #[serde(default)]
    pub(crate) execution_mode: ExecutionMode,
    #[serde(default)]
    pub(crate) pipeline_type: PipelineType,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) variables: Vec<Variable>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) triggers: Vec<Trigger>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ArtifactStore {
    #[serde(rename = "type")]
    pub(crate) kind: ArtifactStoreType,
    /// The bucket.
    pub(crate) location: String,
    pub(crate) encryption_key: Option<EncryptionKey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ArtifactStoreType {
    S3,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct EncryptionKey {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: EncryptionKeyType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EncryptionKeyType {
    #[serde(rename = "KMS")]
    Kms,
}

/// `executionMode`: what becomes of an execution that another one follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ExecutionMode {
    Queued,
    #[default]
    Superseded,
    Parallel,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PipelineType {
    #[default]
    V1,
    V2,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Stage {
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) blockers: Vec<Blocker>,
    pub(crate) actions: Vec<Action>,
    pub(crate) on_failure: Option<OnFailure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Blocker {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: BlockerType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum BlockerType {
    Schedule,
}

/// What happens by itself when the stage fails; conditions there are none of here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct OnFailure {
    pub(crate) result: Option<FailureResult>,
    pub(crate) retry_configuration: Option<RetryConfiguration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum FailureResult {
    Rollback,
    Fail,
    Retry,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RetryConfiguration {
    pub(crate) retry_mode: Option<RetryMode>,
}

/// `retryMode`: the failed actions again, or the whole stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RetryMode {
    FailedActions,
    AllActions,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the API's")]
pub(crate) struct Action {
    pub(crate) name: String,
    pub(crate) action_type_id: ActionTypeId,
    #[serde(default = "one")]
    pub(crate) run_order: u32,
    #[serde(default)]
    pub(crate) configuration: BTreeMap<String, String>,
    pub(crate) commands: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) output_artifacts: Vec<OutputArtifact>,
    #[serde(default)]
    pub(crate) input_artifacts: Vec<InputArtifact>,
    pub(crate) output_variables: Option<Vec<String>>,
    pub(crate) role_arn: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) timeout_in_minutes: Option<u32>,
    pub(crate) environment_variables: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ActionTypeId {
    pub(crate) category: Category,
    pub(crate) owner: Owner,
    pub(crate) provider: String,
    pub(crate) version: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Category {
    Source,
    Build,
    Deploy,
    Test,
    Invoke,
    Approval,
    Compute,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Owner {
    #[serde(rename = "AWS")]
    Aws,
    ThirdParty,
    Custom,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct OutputArtifact {
    pub(crate) name: String,
    pub(crate) files: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct InputArtifact {
    pub(crate) name: String,
}

/// A variable of the pipeline, whose value an execution can be started with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default_value: Option<String>,
    pub(crate) description: Option<String>,
}

/// Which pushes start the pipeline; without one every push to the branch does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Trigger {
    pub(crate) provider_type: TriggerProvider,
    pub(crate) git_configuration: GitConfiguration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TriggerProvider {
    CodeStarSourceConnection,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GitConfiguration {
    pub(crate) source_action_name: String,
    pub(crate) push: Option<Vec<PushFilter>>,
    pub(crate) pull_request: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PushFilter {
    pub(crate) tags: Option<Globs>,
    pub(crate) branches: Option<Globs>,
    pub(crate) file_paths: Option<Globs>,
}

/// Patterns in which `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Globs {
    pub(crate) includes: Option<Vec<String>>,
    pub(crate) excludes: Option<Vec<String>>,
}

fn one() -> u32 {
    1
}

impl Declaration {
    pub(crate) fn stage(&self, name: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    /// The bucket for the artifacts of that Region.
    pub(crate) fn bucket(&self, region: &str) -> &str {
        let own = self.artifact_store.as_ref();
        let regional = || self.artifact_stores.as_ref()?.get(region);
        own.or_else(regional).map_or("", |store| &store.location)
    }
}

impl Stage {
    pub(crate) fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }
}
