//! What can go wrong, with two messages: one for the person, one for the operator's log.

use workshop::panel::PanelError;

use crate::chance::Chance;
use crate::cloud::CloudError;
use crate::source::SourceError;
use crate::store::StoreError;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// The account said no or did not answer.
    #[error("the account did not do it")]
    Cloud(#[from] CloudError),
    /// The Git host said no or did not answer.
    #[error("the Git host did not do it")]
    Source(#[from] SourceError),
    /// It cannot be done like this; the sentence says what would do.
    #[error("{0}")]
    Refused(String),
    /// It is not there.
    #[error("{0}")]
    NotFound(String),
}

impl Error {
    /// For the person. What is not the person's to mend is logged here, once, under an id that
    /// both messages carry.
    pub fn told(self, chance: &Chance) -> PanelError {
        match self {
            Self::Refused(sentence) => PanelError::Refused(sentence),
            Self::NotFound(sentence) => PanelError::NotFound(sentence),
            Self::Cloud(error) => {
                let trouble = error.trouble();
                tracing::warn!(error = %chain(&error), "the account did not do it");
                PanelError::Account(format!("{} {}", trouble.sentence, trouble.remedy))
            }
            Self::Source(error) => {
                tracing::warn!(error = %chain(&error), "the Git host did not do it");
                PanelError::Account(error.sentence())
            }
            Self::Store(error) => {
                let request = chance.text("abcdefghijkmnpqrstuvwxyz23456789", 8);
                tracing::error!(%request, error = %chain(&error), "request {request} failed");
                PanelError::Internal(request)
            }
        }
    }
}

/// An error with its causes, for the log.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
