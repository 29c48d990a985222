//! Names of images: `registry/repository:tag`.

/// A name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// With its tag: `latest` where none was given.
    pub(super) whole: String,
    pub(super) registry: String,
    pub(super) repository: String,
    pub(super) tag: String,
}

/// A private registry of ECR.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ecr<'a> {
    pub(super) account: &'a str,
    pub(super) region: &'a str,
}

/// Registries that answer everybody.
const PUBLIC: [&str; 6] = [
    "docker.io",
    "public.ecr.aws",
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "mcr.microsoft.com",
];

impl Name {
    pub(super) fn read(text: &str) -> Result<Name, String> {
        let invalid = || format!("invalid reference format: {text}");
        let (path, tag) = match text.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, tag),
            _ => (text, "latest"),
        };
        let in_tag = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
        let begins = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if !tag.starts_with(begins) || !tag.chars().all(in_tag) || tag.len() > 128 {
            return Err(invalid());
        }
        let (registry, repository) = match path.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (host, rest),
            _ => ("docker.io", path),
        };
        let in_part = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter)
        };
        let parts = || repository.split('/');
        let is_path = parts().all(|part| {
            !part.is_empty()
                && part.chars().all(in_part)
                && part.starts_with(|it: char| it.is_ascii_alphanumeric())
                && part.ends_with(|it: char| it.is_ascii_alphanumeric())
        });
        if !is_path {
            let upper = repository.chars().any(|letter| letter.is_ascii_uppercase());
            return Err(if upper {
                format!(
                    "invalid reference format: repository name ({repository}) must be lowercase"
                )
            } else {
                invalid()
            });
        }
        Ok(Name {
            whole: format!("{path}:{tag}"),
            registry: registry.to_owned(),
            repository: repository.to_owned(),
            tag: tag.to_owned(),
        })
    }
}

/// The ECR registry that a host is.
pub(super) fn ecr(host: &str) -> Option<Ecr<'_>> {
    let (account, rest) = host
        .strip_suffix(".amazonaws.com")?
        .split_once(".dkr.ecr.")?;
    let is_account = account.len() == 12 && account.chars().all(|it| it.is_ascii_digit());
    (is_account && !rest.is_empty()).then_some(Ecr {
        account,
        region: rest,
    })
}

pub(super) fn is_public(host: &str) -> bool {
    PUBLIC.contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        let name =
            Name::read("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1a2b").unwrap();
        assert_eq!(
            (name.repository.as_str(), name.tag.as_str()),
            ("team/app", "1a2b")
        );
        assert_eq!(
            ecr(&name.registry),
            Some(Ecr {
                account: "123456789012",
                region: "eu-west-1"
            })
        );
        assert_eq!(Name::read("app").unwrap().whole, "app:latest");
        assert_eq!(Name::read("localhost:5000/app").unwrap().tag, "latest");
        for bad in [
            "",
            "/app:1",
            "App",
            "app:",
            "app:a b",
            ".dkr.ecr..amazonaws.com/:latest",
            "a//b",
        ] {
            assert!(Name::read(bad).is_err(), "{bad}");
        }
        assert_eq!(ecr(".dkr.ecr.eu-west-1.amazonaws.com"), None);
    }
}
