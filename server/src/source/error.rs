//! What may go wrong between the panel and a Git host.

use workshop::blueprint::MissingVariable;

/// Why a Git host did not do what it was asked. `Display` is for the log; what the person reads
/// is [`sentence`](Self::sentence).
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The name cannot be a repository's, or would leave the folder of the repositories.
    #[error("{0:?} cannot name a repository")]
    Name(String),
    /// The name is the sample's, which is for reading only.
    #[error("the sample repository is read-only")]
    ReadOnly,
    /// There is nothing of that name to change.
    #[error("there is no repository {0:?}")]
    Missing(String),
    /// There are commits, but none on the branch that the workshop releases from.
    #[error("no branch `main`, only {0:?}")]
    NoMain(Vec<String>),
    /// The sample application names a value that is not known.
    #[error("the sample application cannot be filled in")]
    Sample(#[source] MissingVariable),
    /// `git` ran and failed.
    #[error("git failed {doing}: {said}")]
    Git {
        /// What it was to do.
        doing: &'static str,
        /// What it wrote to its standard error.
        said: String,
    },
    /// The file system or the start of a process failed.
    #[error("input or output failed {doing}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// No HTTP client can be made here (no TLS).
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
    /// The host could not be reached, or broke off.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The base address that was asked.
        host: String,
        /// The cause.
        #[source]
        source: reqwest::Error,
    },
    /// The host limits how often it may be asked (429).
    #[error("{host} limits the requests")]
    Busy {
        /// The base address that was asked.
        host: String,
    },
    /// The host answered with a status that its documentation does not lead one to expect.
    #[error("{host} answered {status} to {path}")]
    Answer {
        /// The base address that was asked.
        host: String,
        /// The status.
        status: u16,
        /// What was asked for.
        path: String,
    },
    /// What the host answered is not what its documentation says.
    #[error("{host} answered something else than its API to {path}")]
    Garbled {
        /// The base address that was asked.
        host: String,
        /// What was asked for.
        path: String,
    },
    /// The panel holds no key for this host: the person does it there.
    #[error("{0}")]
    ByHand(String),
}

impl SourceError {
    pub(super) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }

    /// What the person is told: what happened and what helps, and nothing of our insides.
    pub fn sentence(&self) -> String {
        match self {
            Self::Name(name) => format!(
                "“{name}” cannot name a repository. Use letters, digits, “-”, “_” and “.”, and start with a letter or a digit."
            ),
            Self::ReadOnly => {
                "The sample is there to start from. Push to a repository of your own.".to_owned()
            }
            Self::Missing(name) => {
                format!("There is no repository “{name}” yet. Create it first, or push to it.")
            }
            Self::NoMain(branches) => format!(
                "The repository has commits on {} and no branch “main”. Rename the branch with `git branch -M main` and push again.",
                branches.join(", ")
            ),
            Self::Sample(missing) => {
                format!("The sample application needs a value that is not known yet: {missing}.")
            }
            Self::Git { .. } | Self::Io { .. } => {
                "The Git host failed on this. Nothing half-done was left; try again.".to_owned()
            }
            Self::Client(_) => "This machine cannot open an encrypted connection.".to_owned(),
            Self::Unreachable { host, .. } => {
                format!("{host} cannot be reached from here. Is the network up?")
            }
            Self::Busy { host } => {
                format!("{host} asks for fewer requests. Wait a minute and try again.")
            }
            Self::Answer { host, status, .. } => {
                format!("{host} answered with status {status}. Try again in a while.")
            }
            Self::Garbled { host, .. } => {
                format!("{host} does not answer as GitLab does. Is the address right?")
            }
            Self::ByHand(sentence) => sentence.clone(),
        }
    }
}
