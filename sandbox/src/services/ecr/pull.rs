//! What a container runtime finds that pulls an image.

use crate::context::Cx;

/// What became of a pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pulled {
    /// The digest of the image.
    Image(String),
    NoRepository,
    NoImage,
}

/// Looks for the image of that tag or digest in a repository of this account in `region`. Whether
/// the runtime's role may is for the caller to ask.
pub(crate) fn pull(cx: &Cx, region: &str, repository: &str, reference: &str) -> Pulled {
    let region = cx.account.regions.get(region);
    let Some(repository) = region.and_then(|region| region.ecr.repositories.get(repository)) else {
        return Pulled::NoRepository;
    };
    let image = repository
        .images
        .get(reference)
        .or_else(|| repository.tagged(reference));
    image.map_or(Pulled::NoImage, |image| Pulled::Image(image.digest.clone()))
}
