//! Why a request is not let in, in the words of the service that it asks.

use bytes::Bytes;
use http::{Request, Response};

use crate::clock::{Millis, amz_date};
use crate::fault::Fault;
use crate::ids;
use crate::protocol::{self, Wire};

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// There is none.
    #[error("Request is missing Authentication Token")]
    Missing,
    /// It lacks a part; the sentence says which.
    #[error("{0}")]
    Incomplete(String),
    /// Nobody has that access key. For the host to say: only it knows the keys.
    #[error("The security token included in the request is invalid.")]
    UnknownKey,
    /// It was made with another secret or for another request.
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS \
         Secret Access Key and signing method. Consult the service documentation for details."
    )]
    Mismatch,
    /// The request's date is too far from the present; both in milliseconds since the epoch.
    #[error("{}", expired(*date, *now))]
    Expired {
        /// When it was signed.
        date: Millis,
        /// When it arrived.
        now: Millis,
    },
}

fn expired(date: Millis, now: Millis) -> String {
    let (sent, present) = (amz_date(date), amz_date(now));
    if date < now {
        let limit = amz_date(now - super::WINDOW);
        format!("Signature expired: {sent} is now earlier than {limit} ({present} - 5 min.)")
    } else {
        let limit = amz_date(now + super::WINDOW);
        format!(
            "Signature not yet current: {sent} is still later than {limit} ({present} + 5 min.)"
        )
    }
}

/// The refusal as the answer to the request, in its service's protocol and codes.
pub fn refuse(request: &Request<Bytes>, error: &SignatureError) -> Response<Bytes> {
    let wire = protocol::wire(request);
    let (code, status) = match (wire, error) {
        (Wire::Rest { .. }, SignatureError::Missing) => ("AccessDenied", 403),
        (Wire::Rest { .. }, SignatureError::UnknownKey) => ("InvalidAccessKeyId", 403),
        (Wire::Rest { .. }, SignatureError::Expired { .. }) => ("RequestTimeTooSkewed", 403),
        (Wire::Rest { .. }, SignatureError::Incomplete(_)) => ("AuthorizationHeaderMalformed", 400),
        (Wire::Ec2 { .. }, SignatureError::Expired { .. }) => ("RequestExpired", 400),
        (Wire::Ec2 { .. }, SignatureError::UnknownKey | SignatureError::Mismatch) => {
            ("AuthFailure", 401)
        }
        (Wire::Json { .. } | Wire::Cbor, SignatureError::UnknownKey) => {
            ("UnrecognizedClientException", 400)
        }
        (
            Wire::Json { .. } | Wire::Cbor,
            SignatureError::Mismatch | SignatureError::Expired { .. },
        ) => ("InvalidSignatureException", 400),
        (Wire::Json { .. } | Wire::Cbor, SignatureError::Missing) => {
            ("MissingAuthenticationTokenException", 400)
        }
        (Wire::Json { .. } | Wire::Cbor, SignatureError::Incomplete(_)) => {
            ("IncompleteSignatureException", 400)
        }
        (_, SignatureError::Missing) => ("MissingAuthenticationToken", 403),
        (_, SignatureError::Incomplete(_)) => ("IncompleteSignature", 400),
        (_, SignatureError::UnknownKey) => ("InvalidClientTokenId", 403),
        (_, SignatureError::Mismatch | SignatureError::Expired { .. }) => {
            ("SignatureDoesNotMatch", 403)
        }
    };
    // No account answers here: the request id follows from what was sent.
    let sent = format!("{:?}", request.headers().get(http::header::AUTHORIZATION));
    let fault = Fault::new(code, error.to_string()).with_status(status);
    protocol::failure(wire, &fault, &ids::uuid_of(&sent))
}
