//! What may go wrong between the panel and an account: one error for every service.

use std::error::Error;
use std::fmt;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// Why a call did not succeed. `Display` is for the log; what a person reads is
/// [`trouble`](Self::trouble).
#[derive(Debug, thiserror::Error)]
#[error("{service}:{operation}: {}", Shown(self))]
pub struct CloudError {
    /// What kind of failure it was.
    pub kind: CloudErrorKind,
    /// The service, as a policy's action names it: `iam`, `logs`.
    pub service: Box<str>,
    /// The operation, as the API reference names it.
    pub operation: Box<str>,
    /// AWS's code, as it came over the wire: `NoSuchEntity`.
    pub code: Option<Box<str>>,
    /// AWS's message, or what this program has to say.
    pub message: Option<Box<str>>,
    /// AWS's id of the request, by which its support finds it.
    pub request_id: Option<Box<str>>,
    /// The cause. Answers are not part of it: one may hold a secret.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// The kinds of failure that are handled differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloudErrorKind {
    /// The credentials may not do this.
    Denied {
        /// The missing permission, where AWS names it: `iam:GetRole`.
        permission: Option<String>,
    },
    /// The session is over.
    Expired,
    /// There are no credentials.
    NoCredentials,
    /// AWS does not know the credentials.
    BadCredentials,
    /// Too many calls.
    Throttled,
    /// No answer: no connection, or not in time.
    Unreachable,
    /// There is no such thing.
    NotFound,
    /// There is such a thing already.
    AlreadyThere,
    /// Refused for another reason, which the message says.
    Refused,
    /// AWS failed, or its answer could not be read.
    Failed,
    /// The account's endpoint has no such operation.
    Unsupported,
    /// The call itself is not one that this program can send: a mistake in the blueprint.
    Invalid,
}

impl CloudError {
    /// AWS's error code.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// A call that this program cannot send, and why.
    pub(super) fn invalid(service: &str, operation: &str, message: String) -> Self {
        Self {
            kind: CloudErrorKind::Invalid,
            service: service.into(),
            operation: operation.into(),
            code: None,
            message: Some(message.into()),
            request_id: None,
            source: None,
        }
    }

    /// What the SDK reports, whichever service it is of.
    pub(super) fn from_sdk<E>(
        service: &str,
        operation: &str,
        error: SdkError<E, HttpResponse>,
    ) -> Self
    where
        E: Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let status = error.raw_response().map(|raw| raw.status().as_u16());
        let answered = error.as_service_error();
        let code: Option<Box<str>> = answered.and_then(|error| error.code()).map(Into::into);
        let message: Option<Box<str>> = answered.and_then(|error| error.message()).map(Into::into);
        let request_id = error.request_id().map(Into::into);
        let kind = match &error {
            SdkError::ConstructionFailure(_) => CloudErrorKind::Invalid,
            SdkError::TimeoutError(_) => CloudErrorKind::Unreachable,
            SdkError::DispatchFailure(_) => of_dispatch(&error),
            _ => of_answer(code.as_deref(), message.as_deref(), status),
        };
        Self {
            kind,
            service: service.into(),
            operation: operation.into(),
            code,
            message,
            request_id,
            source: error.into_source().ok(),
        }
    }
}

/// A request that was never sent: without credentials, or without a connection.
fn of_dispatch(error: &(dyn Error + 'static)) -> CloudErrorKind {
    let mut cause = Some(error);
    let mut credentials = None;
    let mut words = String::new();
    while let Some(error) = cause {
        credentials = credentials.or(error.downcast_ref::<CredentialsError>());
        words.push_str(&error.to_string().to_lowercase());
        cause = error.source();
    }
    match credentials {
        None | Some(CredentialsError::ProviderTimedOut(_)) => CloudErrorKind::Unreachable,
        Some(_) if words.contains("expired") => CloudErrorKind::Expired,
        Some(_) => CloudErrorKind::NoCredentials,
    }
}

/// An answer that is an error. The codes are those of "Common Errors" in each service's API
/// reference and of the operations that the workshop uses.
fn of_answer(code: Option<&str>, message: Option<&str>, status: Option<u16>) -> CloudErrorKind {
    if let Some(permission) = message.and_then(unnamed) {
        let permission = Some(permission.to_owned());
        return CloudErrorKind::Denied { permission };
    }
    match code.unwrap_or_default() {
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "NotAuthorized" => {
            CloudErrorKind::Denied {
                permission: message.and_then(permission),
            }
        }
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => CloudErrorKind::Expired,
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "AuthFailure"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken" => CloudErrorKind::BadCredentials,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "SlowDown" => CloudErrorKind::Throttled,
        "InvalidAction" | "UnknownOperationException" | "NotImplemented" => {
            CloudErrorKind::Unsupported
        }
        code if code.starts_with("NoSuch")
            || code.contains("NotFound")
            || code.contains("DoesNotExist") =>
        {
            CloudErrorKind::NotFound
        }
        code if code.contains("AlreadyExists") || code.ends_with(".Duplicate") => {
            CloudErrorKind::AlreadyThere
        }
        _ => match status {
            // An answer to HEAD has no body, and so no code.
            Some(403) if code.is_none() => CloudErrorKind::Denied { permission: None },
            Some(429) => CloudErrorKind::Throttled,
            Some(501) => CloudErrorKind::Unsupported,
            Some(400..=499) => CloudErrorKind::Refused,
            _ => CloudErrorKind::Failed,
        },
    }
}

/// The action in "… is not authorized to perform: iam:GetRole on resource: …".
fn permission(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let action = rest.split_whitespace().next()?.trim_end_matches(['.', ',']);
    action.contains(':').then(|| action.to_owned())
}

/// The permission that is missing where AWS describes it and names none: what a service does in
/// the caller's name, it refuses in its own words.
fn unnamed(message: &str) -> Option<&'static str> {
    let has = |words| message.contains(words);
    if has("permission to create service linked role")
        || has("Unable to assume the service linked role")
    {
        Some("iam:CreateServiceLinkedRole")
    } else if has("not authorized to use launch template") {
        Some("ec2:RunInstances, ec2:CreateTags or iam:PassRole")
    } else {
        None
    }
}

/// What is known of an error, in a line.
struct Shown<'a>(&'a CloudError);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.code, &self.0.message) {
            (Some(code), Some(message)) => write!(out, "{code}: {message}")?,
            (Some(only), None) | (None, Some(only)) => out.write_str(only)?,
            (None, None) => write!(out, "{:?}", self.0.kind)?,
        }
        match &self.0.request_id {
            Some(id) => write!(out, " (request {id})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fall_into_kinds() {
        let kind = |code, status| of_answer(Some(code), None, Some(status));
        assert_eq!(kind("NoSuchEntity", 404), CloudErrorKind::NotFound);
        assert_eq!(kind("InvalidGroup.NotFound", 400), CloudErrorKind::NotFound);
        assert_eq!(kind("NoSuchBucket", 404), CloudErrorKind::NotFound);
        assert_eq!(
            kind("ApplicationDoesNotExistException", 400),
            CloudErrorKind::NotFound
        );
        assert_eq!(kind("DBInstanceNotFound", 404), CloudErrorKind::NotFound);
        assert_eq!(
            kind("ApplicationDoesNotExistException", 400),
            CloudErrorKind::NotFound
        );
        assert_eq!(
            kind("InvalidGroup.Duplicate", 400),
            CloudErrorKind::AlreadyThere
        );
        assert_eq!(
            kind("EntityAlreadyExists", 409),
            CloudErrorKind::AlreadyThere
        );
        assert_eq!(kind("RequestLimitExceeded", 503), CloudErrorKind::Throttled);
        assert_eq!(kind("DeleteConflict", 409), CloudErrorKind::Refused);
        assert_eq!(kind("InternalFailure", 500), CloudErrorKind::Failed);
        assert_eq!(kind("ExpiredToken", 403), CloudErrorKind::Expired);
        assert_eq!(
            of_answer(None, None, Some(501)),
            CloudErrorKind::Unsupported
        );
        assert_eq!(
            of_answer(None, None, Some(403)),
            CloudErrorKind::Denied { permission: None }
        );
    }

    #[test]
    fn a_refusal_names_the_permission() {
        let message = "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: iam:GetRole on resource: role ecsInstanceRole because no identity-based policy allows the iam:GetRole action";
        assert_eq!(
            of_answer(Some("AccessDenied"), Some(message), Some(403)),
            CloudErrorKind::Denied {
                permission: Some("iam:GetRole".to_owned())
            }
        );
        let vague = "You are not authorized to perform this operation.";
        assert_eq!(
            of_answer(Some("UnauthorizedOperation"), Some(vague), Some(403)),
            CloudErrorKind::Denied { permission: None }
        );
    }

    #[test]
    fn a_refusal_in_a_services_own_words_names_the_permission_too() {
        let kind = |code, message| of_answer(Some(code), Some(message), Some(400));
        let denied = |permission: &str| CloudErrorKind::Denied {
            permission: Some(permission.to_owned()),
        };
        let rds = "Unable to create the resource. Verify that you have permission to create service linked role. Otherwise wait and try again later";
        assert_eq!(
            kind("InvalidParameterValue", rds),
            denied("iam:CreateServiceLinkedRole")
        );
        let group = "You are not authorized to use launch template: lt-0123";
        assert_eq!(
            kind("AccessDenied", group),
            denied("ec2:RunInstances, ec2:CreateTags or iam:PassRole")
        );
        assert_eq!(
            of_answer(None, None, Some(403)),
            CloudErrorKind::Denied { permission: None }
        );
    }

    #[test]
    fn a_request_without_credentials_is_told_from_one_without_an_answer() {
        let expired = CredentialsError::provider_error("the SSO session has expired");
        assert_eq!(of_dispatch(&expired), CloudErrorKind::Expired);
        let none = CredentialsError::not_loaded("no profile");
        assert_eq!(of_dispatch(&none), CloudErrorKind::NoCredentials);
        let refused = std::io::Error::other("connection refused");
        assert_eq!(of_dispatch(&refused), CloudErrorKind::Unreachable);
    }
}
