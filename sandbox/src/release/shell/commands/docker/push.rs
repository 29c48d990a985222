//! `docker push` and `docker pull`, to and from the account's own registry.

use super::login;
use super::names::{self, Name};
use crate::release::BuiltImage;
use crate::release::shell::commands::lines;
use crate::release::shell::execute::{Ran, Shell};
use crate::release::shell::machine::LocalImage;
use crate::services::{ecr, iam};

/// What a push asks of ECR, in this order (ECR User Guide, "Required IAM permissions for pushing").
const PUSH: [&str; 5] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
];

const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

pub(super) fn push(shell: &mut Shell, arguments: &[String]) -> Ran {
    let name = match only(arguments) {
        Ok(name) => name,
        Err(ran) => return ran,
    };
    let Some(image) = shell.machine.images.get(&name.whole).cloned() else {
        let words = format!(
            "An image does not exist locally with the tag: {}/{}",
            name.registry, name.repository
        );
        return Ran::failed(1, words);
    };
    let mut log = vec![format!(
        "The push refers to repository [{}/{}]",
        name.registry, name.repository
    )];
    shell.takes(10);
    let region = match registry(shell, &name, &PUSH) {
        Ok(region) => region,
        Err(problem) => {
            return Ran::out(lines(log))
                .and_err(&format!("{problem}\n"))
                .with_status(1);
        }
    };
    let (manifest, layers) = manifest(&image, &shell.surroundings.revision);
    let mut there = shell.cx.elsewhere(&region);
    match ecr::push(&mut there, &name.repository, &name.tag, manifest, &layers) {
        Ok(digest) => {
            shell.takes(80);
            log.push(format!(
                "{}: digest: {digest} size: {}",
                name.tag,
                layers.len()
            ));
            shell.cx.account.images.remember(BuiltImage {
                digest,
                revision: shell.surroundings.revision.clone(),
                files: image.files,
            });
            Ran::out(lines(log))
        }
        Err(fault) => {
            let kind = match fault.code.as_ref() {
                "RepositoryNotFoundException" => "name unknown",
                "ImageTagAlreadyExistsException" => "tag invalid",
                _ => "denied",
            };
            let words = format!("{kind}: {}\n", fault.message);
            Ran::out(lines(log)).and_err(&words).with_status(1)
        }
    }
}

pub(super) fn pull(shell: &mut Shell, arguments: &[String]) -> Ran {
    let name = match only(arguments) {
        Ok(name) => name,
        Err(ran) => return ran,
    };
    shell.takes(50);
    if names::is_public(&name.registry) {
        let image = LocalImage {
            content: hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&name.whole)),
            size: 0,
            files: crate::release::Tree::default(),
        };
        shell.machine.images.insert(name.whole.clone(), image);
        return Ran::out(format!(
            "Status: Downloaded newer image for {}\n",
            name.whole
        ));
    }
    let region = match registry(shell, &name, &PULL) {
        Ok(region) => region,
        Err(problem) => return Ran::failed(1, format!("Error response from daemon: {problem}")),
    };
    let mut there = shell.cx.elsewhere(&region);
    match ecr::digest_of(&mut there, &name.repository, &name.tag) {
        Ok(Some(digest)) => {
            let known = shell.cx.account.images.get(&digest);
            let image = LocalImage {
                content: digest.trim_start_matches("sha256:").to_owned(),
                size: 0,
                files: known.map(|known| known.files.clone()).unwrap_or_default(),
            };
            shell.machine.images.insert(name.whole.clone(), image);
            Ran::out(format!(
                "Digest: {digest}\nStatus: Downloaded newer image for {}\n",
                name.whole
            ))
        }
        Ok(None) => {
            let words = format!(
                "Error response from daemon: manifest for {0} not found: manifest unknown: Requested image not found",
                name.whole
            );
            Ran::failed(1, words)
        }
        Err(fault) => Ran::failed(
            1,
            format!(
                "Error response from daemon: name unknown: {}",
                fault.message
            ),
        ),
    }
}

fn only(arguments: &[String]) -> Result<Name, Ran> {
    let mut names = arguments
        .iter()
        .filter(|it| !matches!(it.as_str(), "-q" | "--quiet"));
    match (names.next(), names.next()) {
        (Some(name), None) if name.starts_with('-') => {
            Err(Ran::failed(125, format!("unknown flag: {name}")))
        }
        (Some(name), None) => Name::read(name).map_err(|problem| Ran::failed(1, problem)),
        _ => Err(Ran::failed(1, "docker: this command requires 1 argument")),
    }
}

/// The Region of the account's registry that the name is in, if the build may do all that there.
fn registry(shell: &Shell, name: &Name, actions: &[&str]) -> Result<String, String> {
    let Some(ecr) = names::ecr(&name.registry) else {
        return Err(if names::is_public(&name.registry) {
            "denied: requested access to the resource is denied".to_owned()
        } else {
            login::no_such_host(&name.registry)
        });
    };
    if !shell.machine.logins.contains(&name.registry) {
        return Err("no basic auth credentials".to_owned());
    }
    let around = shell.surroundings;
    let resource = format!(
        "arn:aws:ecr:{}:{}:repository/{}",
        ecr.region, ecr.account, name.repository
    );
    for action in actions {
        iam::authorize(
            shell.cx,
            &around.role,
            &around.session,
            action,
            &resource,
            &[],
        )
        .map_err(|why| format!("denied: {why}"))?;
    }
    Ok(ecr.region.to_owned())
}

/// The manifest of an image and the blobs that it names, each with its size.
fn manifest(image: &LocalImage, revision: &str) -> (String, Vec<(String, u64)>) {
    let digest = |part: &str| {
        let bytes = <sha2::Sha256 as sha2::Digest>::digest(format!("{part} {}", image.content));
        format!("sha256:{}", hex::encode(bytes))
    };
    let blobs = vec![(digest("config"), 7_000), (digest("layer"), image.size)];
    let manifest = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": blobs[0].1,
            "digest": blobs[0].0,
        },
        "layers": [{
            "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "size": blobs[1].1,
            "digest": blobs[1].0,
        }],
        "annotations": { "org.opencontainers.image.revision": revision },
    });
    (manifest.to_string(), blobs)
}
