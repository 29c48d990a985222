//! AWS Signature Version 4, checked (IAM User Guide, "Create a signed AWS API request").
//!
//! The host looks the access key up and keeps the secrets; this says whether
//! the request was signed with one. Signatures in the header, which is what
//! every SDK and the CLI send; a pre-signed URL is refused as unsigned.

mod canonical;
mod refusal;

#[cfg(test)]
mod suite;

use bytes::Bytes;
use hmac::digest::CtOutput;
use hmac::{Hmac, Mac};
use http::Request;
use http::header::{AUTHORIZATION, HeaderMap};
use sha2::Sha256;

use crate::clock::{self, Millis};
use crate::protocol;

pub use refusal::{SignatureError, refuse};

/// How far a request's date may be from the present, both ways.
const WINDOW: Millis = 5 * 60 * 1000;

/// Whose request this claims to be: the access key id of its signature.
pub fn access_key_id(headers: &HeaderMap) -> Option<&str> {
    protocol::scope(headers).map(|scope| scope.access_key_id)
}

/// Whether the request was signed with `secret` within five minutes of `now`
/// (milliseconds since the epoch).
///
/// The request must be as it arrived: its path with the prefix under which the
/// host serves the account, its headers unchanged.
pub fn verify(request: &Request<Bytes>, secret: &str, now: Millis) -> Result<(), SignatureError> {
    let headers = request.headers();
    let authorization = text(headers, AUTHORIZATION.as_str()).ok_or(SignatureError::Missing)?;
    let incomplete =
        |what: &str| SignatureError::Incomplete(format!("{what} Authorization={authorization}"));
    let scope = protocol::scope(headers).ok_or_else(|| {
        incomplete("Authorization header requires a valid 'Credential' parameter.")
    })?;
    let signed = field(authorization, "SignedHeaders=")
        .ok_or_else(|| incomplete("Authorization header requires 'SignedHeaders' parameter."))?;
    let signature = field(authorization, "Signature=")
        .and_then(|signature| hex::decode(signature).ok())
        .ok_or_else(|| incomplete("Authorization header requires 'Signature' parameter."))?;
    let stamp = text(headers, "x-amz-date").ok_or_else(|| {
        incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        )
    })?;
    let date = clock::parse_amz_date(stamp).ok_or_else(|| {
        SignatureError::Incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{stamp}'."
        ))
    })?;
    if !signed.split(';').any(|name| name == "host") {
        return Err(SignatureError::Mismatch);
    }
    if !stamp.starts_with(scope.date) || scope.date.len() != 8 {
        return Err(SignatureError::Mismatch);
    }

    let key = [scope.date, scope.region, scope.service, "aws4_request"]
        .iter()
        .try_fold(format!("AWS4{secret}").into_bytes(), |key, part| {
            sign(&key, part).map(|next| next.into_bytes().to_vec())
        })?;
    let canonical =
        canonical::request(request, signed, scope.service).ok_or(SignatureError::Mismatch)?;
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{stamp}\n{}/{}/{}/aws4_request\n{}",
        scope.date,
        scope.region,
        scope.service,
        canonical::hash(canonical.as_bytes())
    );
    // `CtOutput` compares in constant time.
    let given = <[u8; 32]>::try_from(signature).map_err(|_| SignatureError::Mismatch)?;
    if sign(&key, &to_sign)? != CtOutput::new(given.into()) {
        return Err(SignatureError::Mismatch);
    }
    // After the signature, so that the clock is told to those alone who have the key.
    if (date - now).abs() > WINDOW {
        Err(SignatureError::Expired { date, now })
    } else {
        Ok(())
    }
}

fn sign(key: &[u8], text: &str) -> Result<CtOutput<Hmac<Sha256>>, SignatureError> {
    // A key of any length will do, so there is nothing else to say about one.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| SignatureError::Mismatch)?;
    mac.update(text.as_bytes());
    Ok(mac.finalize())
}

fn field<'a>(authorization: &'a str, name: &str) -> Option<&'a str> {
    let (_, fields) = authorization.split_once(' ')?;
    fields
        .split(',')
        .find_map(|field| field.trim().strip_prefix(name))
        .filter(|value| !value.is_empty())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
