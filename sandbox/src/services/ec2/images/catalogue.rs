//! The images there are: those that AWS's public parameters name
//! (release notes of the ECS-optimized AMIs and of Amazon Linux, November 2026).

use crate::ids;

/// One of Amazon's images; its id differs from Region to Region.
#[derive(Debug)]
pub(crate) struct Image {
    pub(crate) name: &'static str,
    /// What it was built from.
    pub(crate) source: &'static str,
    pub(crate) version: &'static str,
    pub(crate) os: &'static str,
    pub(crate) architecture: &'static str,
    /// When it was made, and two years later, when it is deprecated.
    pub(crate) created: &'static str,
    pub(crate) deprecated: &'static str,
    pub(crate) root_device: &'static str,
    /// In GiB.
    pub(crate) root_size: u32,
    pub(crate) root_kind: &'static str,
    /// The account of Amazon's that owns it.
    pub(crate) owner: &'static str,
    /// The public parameters whose value is its id; of an ECS-optimized image, those above
    /// `/recommended`.
    pub(crate) parameters: &'static [&'static str],
    /// What an ECS-optimized image brings along.
    pub(crate) software: Option<Software>,
}

/// The container agent and what it runs on.
#[derive(Debug)]
pub(crate) struct Software {
    pub(crate) agent: &'static str,
    pub(crate) docker: &'static str,
}

impl Image {
    /// The image's id in a Region: always the same one.
    pub(crate) fn id(&self, region: &str) -> String {
        ids::hex_of("ami-", 17, &format!("{region} {}", self.name))
    }

    /// The id of the snapshot that its root volume is made from.
    pub(super) fn snapshot(&self, region: &str) -> String {
        ids::hex_of("snap-", 17, &format!("{region} {}", self.name))
    }

    pub(crate) fn is_al2023(&self) -> bool {
        self.os == AL2023
    }
}

/// Every image there is.
pub(crate) fn all() -> &'static [Image] {
    &IMAGES
}

/// The image of that id in a Region.
pub(crate) fn find(region: &str, id: &str) -> Option<&'static Image> {
    IMAGES.iter().find(|image| image.id(region) == id)
}

const AL2023: &str = "Amazon Linux 2023";
const AL2: &str = "Amazon Linux 2";
/// Who publishes the ECS-optimized images, and who Amazon Linux.
const ECS: &str = "591542846629";
const LINUX: &str = "137112412989";

/// An ECS-optimized image of Amazon Linux 2023.
const fn ecs_al2023(
    name: &'static str,
    source: &'static str,
    architecture: &'static str,
    parameters: &'static [&'static str],
) -> Image {
    Image {
        name,
        source,
        version: "2023.0.20261113",
        os: AL2023,
        architecture,
        created: "2026-11-13T01:22:04.000Z",
        deprecated: "2028-11-13T01:22:04.000Z",
        root_device: "/dev/xvda",
        root_size: 30,
        root_kind: "gp3",
        owner: ECS,
        parameters,
        software: Some(Software {
            agent: "1.108.3",
            docker: "25.0.18",
        }),
    }
}

/// An ECS-optimized image of Amazon Linux 2.
const fn ecs_al2(
    name: &'static str,
    source: &'static str,
    architecture: &'static str,
    parameters: &'static [&'static str],
) -> Image {
    Image {
        name,
        source,
        version: "2.0.20260924",
        os: AL2,
        architecture,
        created: "2026-09-25T23:41:37.000Z",
        deprecated: "2028-09-25T23:41:37.000Z",
        root_device: "/dev/xvda",
        root_size: 30,
        root_kind: "gp2",
        owner: ECS,
        parameters,
        software: Some(Software {
            agent: "1.107.0",
            docker: "25.0.16",
        }),
    }
}

/// Amazon Linux 2023 as it is.
const fn al2023(
    name: &'static str,
    architecture: &'static str,
    parameters: &'static [&'static str],
) -> Image {
    Image {
        name,
        source: "",
        version: "2023.12.20261112.0",
        os: AL2023,
        architecture,
        created: "2026-11-12T18:04:51.000Z",
        deprecated: "2027-02-10T18:05:00.000Z",
        root_device: "/dev/xvda",
        root_size: 8,
        root_kind: "gp3",
        owner: LINUX,
        parameters,
        software: None,
    }
}

static IMAGES: [Image; 8] = [
    ecs_al2023(
        "al2023-ami-ecs-hvm-2023.0.20261113-kernel-6.1-x86_64",
        "al2023-ami-minimal-2023.12.20261112.0-kernel-6.1-x86_64",
        "x86_64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2023"],
    ),
    ecs_al2023(
        "al2023-ami-ecs-hvm-2023.0.20261113-kernel-6.1-arm64",
        "al2023-ami-minimal-2023.12.20261112.0-kernel-6.1-arm64",
        "arm64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64"],
    ),
    ecs_al2023(
        "al2023-ami-ecs-gpu-hvm-2023.0.20261113-kernel-6.1-x86_64-ebs",
        "al2023-ami-minimal-2023.12.20261112.0-kernel-6.1-x86_64",
        "x86_64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu"],
    ),
    ecs_al2(
        "amzn2-ami-ecs-hvm-2.0.20260924-x86_64-ebs",
        "amzn2-ami-minimal-hvm-2.0.20260923.0-x86_64-ebs",
        "x86_64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2"],
    ),
    ecs_al2(
        "amzn2-ami-ecs-hvm-2.0.20260924-arm64-ebs",
        "amzn2-ami-minimal-hvm-2.0.20260923.0-arm64-ebs",
        "arm64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2/arm64"],
    ),
    ecs_al2(
        "amzn2-ami-ecs-gpu-hvm-2.0.20260924-x86_64-ebs",
        "amzn2-ami-minimal-hvm-2.0.20260923.0-x86_64-ebs",
        "x86_64",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2/gpu"],
    ),
    al2023(
        "al2023-ami-2023.12.20261112.0-kernel-6.1-x86_64",
        "x86_64",
        &[
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64",
        ],
    ),
    al2023(
        "al2023-ami-2023.12.20261112.0-kernel-6.1-arm64",
        "arm64",
        &[
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_an_id_of_its_own_in_every_region() {
        let mut ids = std::collections::BTreeSet::new();
        for region in crate::services::REGIONS {
            for image in all() {
                let id = image.id(region);
                assert_eq!(id.len(), "ami-".len() + 17);
                assert_eq!(find(region, &id).map(|found| found.name), Some(image.name));
                assert!(ids.insert(id));
            }
        }
    }
}
