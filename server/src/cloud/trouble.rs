//! Errors as a person reads them: what happened, and what to do.

use workshop::model::Trouble;

use super::{CloudError, CloudErrorKind};

impl CloudError {
    /// What happened and what to do about it, a sentence or two each.
    pub fn trouble(&self) -> Trouble {
        let call = format!("{}:{}", self.service, self.operation);
        let said = self.said();
        let (sentence, remedy) = match &self.kind {
            CloudErrorKind::Denied { permission } => {
                let permission = permission.as_deref().unwrap_or(&call);
                (
                    format!("{permission} was denied."),
                    format!(
                        "Your credentials lack this permission. Ask whoever owns the account for {permission}, then try again."
                    ),
                )
            }
            CloudErrorKind::Expired => (
                "The session's token has expired.".to_owned(),
                "Run `aws sso login`, or renew the keys in the way your organisation gives them out, then try again.".to_owned(),
            ),
            CloudErrorKind::NoCredentials => (
                "There are no AWS credentials where the server runs.".to_owned(),
                "Run `aws configure sso` (or `aws configure`), name the profile in AWS_PROFILE, and start the server again.".to_owned(),
            ),
            CloudErrorKind::BadCredentials => (
                format!(
                    "AWS does not accept the credentials ({}).",
                    self.code().unwrap_or("no reason given")
                ),
                "Run `aws sts get-caller-identity` where the server runs: the keys were deleted, mistyped, or belong to another partition of AWS.".to_owned(),
            ),
            CloudErrorKind::Throttled => (
                format!("AWS asks for fewer calls: {call} was throttled."),
                "Others use the account's calls at the same time. Wait a minute, then try again.".to_owned(),
            ),
            CloudErrorKind::Unreachable => (
                format!("AWS did not answer {call}."),
                "Check the network (VPN, proxy, firewall) of the machine on which the server runs, then try again.".to_owned(),
            ),
            CloudErrorKind::NotFound => (
                format!("{call} found nothing by that name{said}."),
                "Check the step that makes it: it may have been deleted in the meantime.".to_owned(),
            ),
            CloudErrorKind::AlreadyThere => (
                format!("{call} found one there already{said}."),
                "Check the step: what is there may be what you want.".to_owned(),
            ),
            CloudErrorKind::Refused => (
                format!("AWS refused {call}{said}."),
                "Put right what AWS names, then try again.".to_owned(),
            ),
            CloudErrorKind::Failed => (
                format!("AWS failed to do {call}{said}."),
                "The fault is not yours. Wait a minute, then try again.".to_owned(),
            ),
            CloudErrorKind::Unsupported => (
                format!("This account does not offer {call}{said}."),
                "Do it in another way: by the console or the CLI.".to_owned(),
            ),
            CloudErrorKind::Invalid => (
                format!("{call} cannot be sent{said}."),
                "This is a fault of the workshop, not yours. Please report it, and use the CLI meanwhile.".to_owned(),
            ),
        };
        Trouble { sentence, remedy }
    }

    /// AWS's own words, to be put behind a clause: `: Cannot delete … (DeleteConflict)`.
    fn said(&self) -> String {
        let message = self
            .message
            .as_deref()
            .map(|message| message.trim_end_matches('.'));
        match (message, &self.code) {
            (Some(message), Some(code)) => format!(": {message} ({code})"),
            (Some(only), None) => format!(": {only}"),
            (None, Some(code)) => format!(" ({code})"),
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: CloudErrorKind, code: Option<&str>, message: Option<&str>) -> CloudError {
        CloudError {
            kind,
            service: "iam".into(),
            operation: "GetRole".into(),
            code: code.map(Into::into),
            message: message.map(Into::into),
            request_id: None,
            source: None,
        }
    }

    #[test]
    fn a_denial_names_the_permission_and_whom_to_ask() {
        let trouble = error(
            CloudErrorKind::Denied { permission: None },
            Some("AccessDenied"),
            Some("an encoded message that nobody can read"),
        )
        .trouble();
        assert_eq!(trouble.sentence, "iam:GetRole was denied.");
        assert!(
            trouble
                .remedy
                .contains("whoever owns the account for iam:GetRole")
        );
    }

    #[test]
    fn a_refusal_is_told_in_aws_words() {
        let trouble = error(
            CloudErrorKind::Refused,
            Some("DeleteConflict"),
            Some("Cannot delete entity, must detach all policies first."),
        )
        .trouble();
        assert_eq!(
            trouble.sentence,
            "AWS refused iam:GetRole: Cannot delete entity, must detach all policies first (DeleteConflict)."
        );
    }
}
