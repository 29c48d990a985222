//! ECR: the account's private registry of container images.

mod faults;
mod images;
mod layers;
mod policies;
mod pull;
mod repositories;
mod scans;
mod settings;
mod state;
mod tags;
mod tokens;

pub(crate) use images::{digest_of, images_in, push};
pub(crate) use pull::{Pulled, pull};
pub(crate) use scans::{Due, due};
pub(crate) use state::Ecr;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "ecr",
    wire: Wire::Json {
        target: "AmazonEC2ContainerRegistry_V20150921",
        version: "1.1",
    },
    refusal: faults::input,
    secrets: &["layerPartBlob"],
    operations: operations! {
        "CreateRepository" => repositories::create_repository,
        "DescribeRepositories" => repositories::describe_repositories,
        "DeleteRepository" => repositories::delete_repository,
        "PutImageTagMutability" => settings::put_image_tag_mutability,
        "PutImageScanningConfiguration" => settings::put_image_scanning_configuration,
        "PutImage" => images::put_image,
        "ListImages" => images::list_images,
        "DescribeImages" => images::describe_images,
        "BatchGetImage" => images::batch_get_image,
        "BatchDeleteImage" => images::batch_delete_image,
        "StartImageScan" => scans::start_image_scan,
        "DescribeImageScanFindings" => scans::describe_image_scan_findings,
        "BatchCheckLayerAvailability" => layers::batch_check_layer_availability,
        "InitiateLayerUpload" => layers::initiate_layer_upload,
        "UploadLayerPart" => layers::upload_layer_part,
        "CompleteLayerUpload" => layers::complete_layer_upload,
        "SetRepositoryPolicy" => policies::set_repository_policy,
        "GetRepositoryPolicy" => policies::get_repository_policy,
        "DeleteRepositoryPolicy" => policies::delete_repository_policy,
        "PutLifecyclePolicy" => policies::put_lifecycle_policy,
        "GetLifecyclePolicy" => policies::get_lifecycle_policy,
        "DeleteLifecyclePolicy" => policies::delete_lifecycle_policy,
        "TagResource" => tags::tag_resource,
        "UntagResource" => tags::untag_resource,
        "ListTagsForResource" => tags::list_tags_for_resource,
        "GetAuthorizationToken" => tokens::get_authorization_token,
    },
};
