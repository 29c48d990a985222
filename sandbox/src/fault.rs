//! What an operation answers when it refuses.

use std::borrow::Cow;

/// An error answer: AWS's own code, message and HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct Fault {
    /// The wire code, as the service's model names it in `error.code`.
    pub(crate) code: Cow<'static, str>,
    /// The sentence that the service says.
    pub(crate) message: String,
    /// The HTTP status.
    pub(crate) status: u16,
}

impl Fault {
    /// 400: the request is at fault. Most refusals.
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Fault {
        Fault {
            code: code.into(),
            message: message.into(),
            status: 400,
        }
    }

    /// 404: no such thing.
    pub(crate) fn not_found(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Fault {
        Fault::new(code, message).with_status(404)
    }

    /// 409: there already, or in use.
    pub(crate) fn conflict(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Fault {
        Fault::new(code, message).with_status(409)
    }

    /// AWS's common validation: the value of a parameter breaks a rule of the
    /// model. `code` is the service's own, `rule` a sentence on the member.
    pub(crate) fn constraint(code: &'static str, member: &str, value: &str, rule: &str) -> Fault {
        Fault::new(
            code,
            format!(
                "1 validation error detected: Value '{value}' at '{member}' failed to satisfy \
                 constraint: {rule}"
            ),
        )
    }

    pub(crate) fn with_status(self, status: u16) -> Fault {
        Fault { status, ..self }
    }
}
