//! The ECS cluster.

use serde_json::json;

use crate::blueprint::{Call, Field, FieldKind, Kind, Price, Resource, Step, TAG_KEY, Yield};

/// The cluster.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::Cluster,
    step: Step::Cluster,
    noun: "ECS cluster",
    name: "{{cluster}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/clusters/{{cluster}}?region={{region}}",
    fields: &[Field {
        key: "name",
        label: "Cluster name",
        help: "The instances register under this name, and the pipeline deploys to it.",
        kind: FieldKind::Fixed,
        default: "{{cluster}}",
    }],
    settings: &[],
    create: |_| {
        let create = json!({
            "clusterName": "{{cluster}}",
            "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
        });
        vec![Call::new("ecs", "CreateCluster", create)]
    },
    repair: |_, _| Vec::new(),
    delete: || {
        let delete = json!({ "cluster": "{{cluster}}" });
        vec![Call::new("ecs", "DeleteCluster", delete).done_if(&["ClusterNotFoundException"])]
    },
    yields: &[Yield {
        variable: "cluster_arn",
        label: "Cluster ARN",
        fact: "arn",
    }],
};
