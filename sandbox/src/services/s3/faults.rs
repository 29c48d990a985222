//! S3's refusals (S3 API Reference, "Error responses").

use super::state::Bucket;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

/// S3's words for input that does not fit its model: XML of another form, or a parameter.
pub(super) fn input(error: InputError) -> Fault {
    match error.problem {
        Problem::Type(_) if !error.path.contains('.') => invalid(&error.path),
        _ => malformed(),
    }
}

pub(super) fn malformed() -> Fault {
    Fault::new(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

pub(super) fn invalid(what: &str) -> Fault {
    Fault::new("InvalidArgument", format!("Invalid argument: {what}"))
}

pub(super) fn no_such_key() -> Fault {
    Fault::not_found("NoSuchKey", "The specified key does not exist.")
}

/// The bucket of that name, which has to be the expected owner's.
pub(super) fn found<'a>(
    cx: &'a mut Cx,
    name: &str,
    owner: Option<&str>,
) -> Result<&'a mut Bucket, Fault> {
    let account = &mut *cx.account;
    let bucket =
        account.s3.buckets.get_mut(name).ok_or_else(|| {
            Fault::not_found("NoSuchBucket", "The specified bucket does not exist")
        })?;
    match owner {
        Some(owner) if owner != account.id => {
            Err(Fault::new("AccessDenied", "Access Denied").with_status(403))
        }
        _ => Ok(bucket),
    }
}
