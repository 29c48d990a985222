//! The images that `CodeBuild` keeps for builds.

use serde_json::{Value, json};

use super::credentials::Nothing;
use crate::context::Cx;
use crate::fault::Fault;

/// Platform, and its images with what AWS says of each
/// (User Guide, "Docker images provided by `CodeBuild`").
const CURATED: [(&str, &[(&str, &str)]); 3] = [
    (
        "AMAZON_LINUX",
        &[
            (
                "aws/codebuild/amazonlinux-x86_64-standard:4.0",
                "AWS CodeBuild - Docker image, Amazon Linux 2, x86_64",
            ),
            (
                "aws/codebuild/amazonlinux-x86_64-standard:5.0",
                "AWS CodeBuild - Docker image, Amazon Linux 2023, x86_64",
            ),
            (
                "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
                "AWS CodeBuild - Docker image, Amazon Linux 2023, x86_64",
            ),
            (
                "aws/codebuild/amazonlinux-aarch64-standard:2.0",
                "AWS CodeBuild - Docker image, Amazon Linux 2, aarch64",
            ),
            (
                "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                "AWS CodeBuild - Docker image, Amazon Linux 2023, aarch64",
            ),
        ],
    ),
    (
        "UBUNTU",
        &[
            (
                "aws/codebuild/standard:5.0",
                "AWS CodeBuild - Docker image, Ubuntu 20.04",
            ),
            (
                "aws/codebuild/standard:6.0",
                "AWS CodeBuild - Docker image, Ubuntu 22.04",
            ),
            (
                "aws/codebuild/standard:7.0",
                "AWS CodeBuild - Docker image, Ubuntu 22.04",
            ),
        ],
    ),
    (
        "WINDOWS_SERVER",
        &[
            (
                "aws/codebuild/windows-base:2019-3.0",
                "AWS CodeBuild - Docker image, Windows Server 2019",
            ),
            (
                "aws/codebuild/windows-base:2022-1.0",
                "AWS CodeBuild - Docker image, Windows Server 2022",
            ),
        ],
    ),
];

/// Whether a build's environment can have this image: one of `CodeBuild`'s own has to be there, of
/// any other registry it is believed.
pub(super) fn can_be_pulled(image: &str) -> bool {
    let mut names = CURATED
        .iter()
        .flat_map(|(_, images)| *images)
        .map(|(name, _)| *name);
    !image.starts_with("aws/codebuild/") || names.any(|name| name == image)
}

/// `ListCuratedEnvironmentImages` (`CodeBuild` API Reference).
#[expect(clippy::unnecessary_wraps, reason = "an operation like the others")]
pub(crate) fn list_curated_environment_images(_: &mut Cx, _: Nothing) -> Result<Value, Fault> {
    let platforms = CURATED.iter().map(|(platform, images)| {
        let images = images.iter().map(|(name, description)| {
            json!({ "name": name, "description": description, "versions": [name] })
        });
        json!({
            "platform": platform,
            "languages": [{ "language": "BASE", "images": images.collect::<Vec<_>>() }],
        })
    });
    Ok(json!({ "platforms": platforms.collect::<Vec<_>>() }))
}
