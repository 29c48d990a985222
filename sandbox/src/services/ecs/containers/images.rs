//! Images, pulled from the account's registry or from somewhere else.

use sha2::{Digest, Sha256};

use super::Agent;
use crate::context::Cx;
use crate::services::{ecr, iam};

/// Pulls an image and gives its digest; or why Docker cannot, in the agent's words. What is not in
/// this account's registry is taken to be there.
pub(super) fn pull(cx: &mut Cx, agent: &Agent, image: &str) -> Result<String, String> {
    let Some(private) = Private::read(image) else {
        return Ok(format!("sha256:{}", hex::encode(Sha256::digest(image))));
    };
    let Agent { role, session } = agent;
    let may = |cx: &Cx, action: &str, resource: &str| {
        iam::authorize(cx, role, session, action, resource, &[])
    };
    may(cx, "ecr:GetAuthorizationToken", "*").map_err(|words| {
        let request = cx.account.ids.uuid();
        format!(
            "CannotPullECRContainerError: AccessDeniedException: {words} status code: 400, request id: {request}"
        )
    })?;
    let Private {
        registry,
        account,
        region,
        repository,
        reference,
    } = private;
    let refused =
        |words: &str| format!("CannotPullContainerError: Error response from daemon: {words}");
    let arn = format!("arn:aws:ecr:{region}:{account}:repository/{repository}");
    let denied = |words: String| {
        refused(&format!(
            "pull access denied for {registry}/{repository}, repository does not exist or may require \
             'docker login': denied: {words}"
        ))
    };
    for action in [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ] {
        may(cx, action, &arn).map_err(denied)?;
    }
    if account != cx.account.id {
        let name = role.rsplit('/').next().unwrap_or(role);
        return Err(denied(format!(
            "User: arn:aws:sts::{}:assumed-role/{name}/{session} is not authorized to perform: \
             ecr:BatchGetImage on resource: {arn} because no resource-based policy allows the \
             ecr:BatchGetImage action",
            cx.account.id
        )));
    }
    match ecr::pull(cx, region, repository, reference) {
        ecr::Pulled::Image(digest) => Ok(digest),
        ecr::Pulled::NoRepository => Err(refused(&format!(
            "repository {registry}/{repository} not found: name unknown: The repository with name \
             '{repository}' does not exist in the registry with id '{account}'"
        ))),
        ecr::Pulled::NoImage => Err(refused(&format!(
            "manifest for {image} not found: manifest unknown: Requested image not found"
        ))),
    }
}

/// The name of an image in a private registry of ECR.
#[derive(Debug, PartialEq, Eq)]
struct Private<'a> {
    registry: &'a str,
    account: &'a str,
    region: &'a str,
    repository: &'a str,
    /// A tag or a digest.
    reference: &'a str,
}

impl Private<'_> {
    fn read(image: &str) -> Option<Private<'_>> {
        let (registry, rest) = image.split_once('/')?;
        let (account, host) = registry.split_once(".dkr.ecr.")?;
        let region = host.strip_suffix(".amazonaws.com")?;
        let (repository, reference) = rest
            .split_once('@')
            .or_else(|| rest.split_once(':'))
            .unwrap_or((rest, "latest"));
        Some(Private {
            registry,
            account,
            region,
            // An image can be named by tag and digest both; the digest counts.
            repository: repository.split(':').next().unwrap_or(repository),
            reference,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_images() {
        let read = |name: &str| {
            let image = format!("123456789012.dkr.ecr.eu-central-1.amazonaws.com/{name}");
            let private = Private::read(&image).unwrap();
            assert_eq!(
                (private.account, private.region),
                ("123456789012", "eu-central-1")
            );
            (private.repository.to_owned(), private.reference.to_owned())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read("app"), pair("app", "latest"));
        assert_eq!(read("team/app:v1"), pair("team/app", "v1"));
        assert_eq!(read("app@sha256:00"), pair("app", "sha256:00"));
        assert_eq!(read("app:v1@sha256:00"), pair("app", "sha256:00"));
        for foreign in [
            "nginx",
            "nginx:1",
            "public.ecr.aws/nginx/nginx",
            "ghcr.io/a/b:c",
        ] {
            assert_eq!(Private::read(foreign), None, "{foreign}");
        }
    }
}
