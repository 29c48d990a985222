//! Who may read and push: the question that the Git host puts to the server.

use async_trait::async_trait;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// What somebody wants to do with a workspace's repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Clone and fetch.
    Read,
    /// Push, create, change.
    Write,
}

/// The name and the password that a request came with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name. Empty when only a token was sent.
    pub user: String,
    /// The password or the token.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    /// From `Authorization: Basic …` as `git` sends it, or `PRIVATE-TOKEN: …` as GitLab's API
    /// takes it.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        if let Some(token) = headers.get("private-token") {
            return Some(Self {
                user: String::new(),
                password: token.to_str().ok()?.to_owned(),
            });
        }
        let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, encoded) = value.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        Some(Self {
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }
}

/// The answer of a [`Gate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Come in.
    Allow,
    /// Say who you are: `git` asks the person for a name and a password.
    Ask,
    /// No, and another password would not help.
    Deny,
}

/// Decides who may touch a workspace's repositories. A workspace that does not exist must be
/// answered like one that is somebody else's, so that nobody can find out which there are.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Whether whoever holds `credentials` may have `access` to the repositories of `workspace`.
    /// Visibility does not enter into it: "public" means that the check passes, and attendees
    /// never reach each other's repositories.
    async fn admit(
        &self,
        workspace: &str,
        access: Access,
        credentials: Option<&Credentials>,
    ) -> Admission;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &'static str, value: &str) -> Option<Credentials> {
        Credentials::of(&HeaderMap::from_iter([(
            http::HeaderName::from_static(name),
            value.parse().unwrap(),
        )]))
    }

    #[test]
    fn reads_what_git_and_gitlabs_clients_send() {
        let ada = of("authorization", "Basic YWRhOnNlOmNyZXQ=").unwrap();
        assert_eq!(
            (ada.user.as_str(), ada.password.as_str()),
            ("ada", "se:cret")
        );
        assert_eq!(of("private-token", "t").unwrap().password, "t");
        assert_eq!(of("authorization", "Bearer x"), None);
        assert_eq!(of("authorization", "Basic ***"), None);
    }

    #[test]
    fn the_password_is_not_printed() {
        let ada = of("authorization", "Basic YWRhOnNlOmNyZXQ=").unwrap();
        assert_eq!(format!("{ada:?}"), "Credentials { user: \"ada\", .. }");
    }
}
