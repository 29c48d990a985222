//! What the files of this folder have in common.

use std::sync::Arc;

use workshop::blueprint::{TAG_KEY, Variables};
use workshop::model::{Fact, Timestamp};

use crate::cloud::clients::Clients;
use crate::cloud::{Cloud, CloudError, CloudErrorKind};

/// A look at one resource: where, and by which name.
pub(super) struct Looked<'a> {
    /// The account.
    pub cloud: &'a Cloud,
    /// The clients of the workspace's Region.
    pub here: Arc<Clients>,
    /// What the resource should be called.
    pub name: &'a str,
    /// The attendee's values.
    pub variables: &'a Variables,
    /// The time.
    pub now: Timestamp,
}

/// "There is none" as `None`; every other failure stays one.
pub(super) fn absent<T>(answer: Result<T, CloudError>) -> Result<Option<T>, CloudError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind == CloudErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What was found, or why this part of the resource could not be looked at.
pub(super) fn fact(found: Result<Vec<String>, CloudError>) -> Fact {
    match found {
        Ok(values) => Fact::Found(values),
        Err(error) => Fact::Unknown(error.trouble()),
    }
}

/// The workspace in a resource's tags, given as keys and values.
pub(super) fn workspace<'a>(
    tags: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>,
) -> Option<String> {
    tags.into_iter()
        .find(|(key, _)| *key == Some(TAG_KEY))
        .and_then(|(_, value)| value)
        .map(str::to_owned)
}

/// The single value of a setting, or none where the account has none.
pub(super) fn only(value: Option<&str>) -> Vec<String> {
    value.map(str::to_owned).into_iter().collect()
}
