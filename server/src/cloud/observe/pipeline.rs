//! The pipeline, and what became of its first execution.

use aws_sdk_codepipeline::types::{PipelineDeclaration, PipelineExecutionSummary, TriggerType};
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, fact, workspace};
use super::{near, pipeline_structure};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `GetPipeline`, `ListPipelineExecutions`, `ListTagsForResource`; a missing one is looked for by
/// a near name (`ListPipelines`) and in other Regions.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some((pipeline, arn)) = find(clients, looked.name).await? {
        let facts = with_first_execution(
            clients,
            pipeline_structure::facts(&pipeline, &arn),
            looked.name,
        )
        .await;
        let tag = tag(clients, &arn).await;
        return Ok(Observation::Present(facts.tagged(tag)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The pipeline of that name, and its ARN.
async fn find(
    clients: &Clients,
    name: &str,
) -> Result<Option<(PipelineDeclaration, String)>, CloudError> {
    let asked = clients.codepipeline.get_pipeline().name(name).send();
    let found = absent(clients.ask("codepipeline", "GetPipeline", asked).await)?;
    Ok(found.and_then(|answer| {
        let arn = answer.metadata.and_then(|metadata| metadata.pipeline_arn);
        Some((answer.pipeline?, arn.unwrap_or_default()))
    }))
}

/// The Region's pipelines, the first page.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.codepipeline.list_pipelines().send();
    let answer = clients.ask("codepipeline", "ListPipelines", asked).await?;
    Ok(answer
        .pipelines
        .unwrap_or_default()
        .into_iter()
        .filter_map(|pipeline| pipeline.name)
        .collect())
}

async fn tag(clients: &Clients, arn: &str) -> Option<String> {
    let asked = clients
        .codepipeline
        .list_tags_for_resource()
        .resource_arn(arn)
        .send();
    let answer = clients
        .ask("codepipeline", "ListTagsForResource", asked)
        .await
        .ok()?;
    workspace(
        answer
            .tags()
            .iter()
            .map(|tag| (Some(tag.key()), Some(tag.value()))),
    )
}

/// The execution that making the pipeline started. It is the oldest of all; once a hundred others
/// came after it, it is over.
async fn with_first_execution(clients: &Clients, facts: Facts, name: &str) -> Facts {
    let asked = clients
        .codepipeline
        .list_pipeline_executions()
        .pipeline_name(name)
        .max_results(100)
        .send();
    let answer = clients
        .ask("codepipeline", "ListPipelineExecutions", asked)
        .await;
    let first = answer.map(|answer| {
        answer
            .pipeline_execution_summaries
            .unwrap_or_default()
            .into_iter()
            .find(is_first)
    });
    let id = first
        .as_ref()
        .ok()
        .and_then(|first| first.as_ref()?.pipeline_execution_id.clone());
    let word = first.map(|first| {
        let status = first.and_then(|first| first.status);
        vec![status.map_or_else(|| "over".to_owned(), |status| status.as_str().to_owned())]
    });
    let facts = facts.with_fact("first_execution", fact(word));
    match id {
        Some(id) => facts.with("first_execution_id", id),
        None => facts,
    }
}

fn is_first(execution: &PipelineExecutionSummary) -> bool {
    let trigger = execution
        .trigger()
        .and_then(|trigger| trigger.trigger_type());
    trigger == Some(&TriggerType::CreatePipeline)
}
