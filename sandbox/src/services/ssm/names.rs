//! Names of parameters, and what a reader may write after one.

use super::{CODE, public};
use crate::context::Cx;
use crate::fault::Fault;

/// How many levels a hierarchy may have.
const LEVELS: usize = 15;

/// The rules for a new parameter's name (Systems Manager User Guide,
/// "Requirements and constraints for parameter names").
pub(super) fn check(cx: &Cx, name: &str) -> Result<(), Fault> {
    let refused = |words: &str| Err(Fault::new(CODE, words));
    if name.is_empty() || cx.arn("ssm", "parameter").len() + name.len() > 1011 {
        return refused(
            "Parameter name: must be between 1 and 1011 characters long, its ARN included.",
        );
    }
    let bare = name.trim_start_matches('/').to_lowercase();
    let path = name.matches('/').count() > 1;
    if bare.starts_with("aws") && path {
        let words = format!("No access to reserved parameter name: {name}.");
        return Err(Fault::new("AccessDeniedException", words));
    }
    if !path && (bare.starts_with("aws") || bare.starts_with("ssm")) {
        return refused(
            "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).",
        );
    }
    if name.contains('/') && !name.starts_with('/') {
        return refused("Parameter name must be a fully qualified name.");
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-_/".contains(letter);
    if bare.starts_with("ssm")
        || !name.chars().all(allowed)
        || name.contains("//")
        || name.ends_with('/')
    {
        return refused(
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it \
             can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of \
             letters, numbers and the following 3 symbols .-_",
        );
    }
    if name.matches('/').count() > LEVELS {
        let words = format!(
            "The hierarchy can have a maximum of {LEVELS} levels. For more information, see Requirements and \
             constraints for parameter names in the AWS Systems Manager User Guide."
        );
        return Err(Fault::new("HierarchyLevelLimitExceededException", words));
    }
    Ok(())
}

/// A name as a reader writes it: the plain name or the ARN, with `:3` for a version.
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) selector: Option<String>,
}

impl Asked {
    pub(super) fn read(cx: &Cx, text: &str) -> Asked {
        // The ARN of `/app/x` ends in `parameter/app/x`, that of `x` in `parameter/x`.
        let public = format!("arn:aws:ssm:{}::parameter/", cx.region);
        let own = text.strip_prefix(&cx.arn("ssm", "parameter/"));
        let text = match own.or_else(|| text.strip_prefix(&public)) {
            Some(rest) if rest.contains('/') => format!("/{rest}"),
            Some(rest) => rest.to_owned(),
            None => text.to_owned(),
        };
        match text.split_once(':') {
            Some((name, selector)) => Asked {
                name: name.to_owned(),
                selector: Some(format!(":{selector}")),
            },
            None => Asked {
                name: text,
                selector: None,
            },
        }
    }
}

/// `arn:aws:ssm:…:parameter/app/x`; AWS's own parameters are in no account.
pub(super) fn arn(cx: &Cx, name: &str) -> String {
    if public::is_public(name) {
        return format!("arn:aws:ssm:{}::parameter{name}", cx.region);
    }
    cx.arn(
        "ssm",
        &format!("parameter/{}", name.trim_start_matches('/')),
    )
}
