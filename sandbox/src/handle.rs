//! A request in, an answer out; and time, moved on.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::authorization;
use crate::clock::Millis;
use crate::context::Cx;
use crate::events::{Event, masked};
use crate::fault::Fault;
use crate::protocol::{self, Call, Scope};
use crate::service::{Failure, Service};
use crate::services::{self, REGIONS};
use crate::state::Account;

/// What [`handle`] gives back.
#[derive(Debug)]
pub struct Answer {
    /// What goes to the client.
    pub response: Response<Bytes>,
    /// Whether the account is another than before. If so, the host stores it
    /// before it sends the response. A call that only reads leaves a trace in
    /// [`Account::events`], but that alone is no reason to store.
    pub changed: bool,
}

/// Answers a request to the account at the instant `now`, in milliseconds
/// since the epoch. What has come due happens first.
///
/// Service and Region are those of the signature, which the host has verified
/// ([`crate::sigv4::verify`]). Errors are answers, in AWS's own codes and words.
///
/// The path is taken as it is seen from where the host serves the account: a host that does so
/// under a prefix takes the prefix off once it has verified the signature ([`crate::below`]), for S3
/// says in the path which bucket and object it is about.
pub fn handle(account: &mut Account, request: &Request<Bytes>, now: Millis) -> Answer {
    let mut answer = answered(account, request, now);
    if request.method() == Method::HEAD {
        *answer.response.body_mut() = Bytes::new();
    }
    answer
}

fn answered(account: &mut Account, request: &Request<Bytes>, now: Millis) -> Answer {
    let happened = settle(account, now);
    let request_id = account.request_ids.uuid();
    let (scope, service) = match addressed(request) {
        Ok(addressed) => addressed,
        Err(fault) => {
            let response = protocol::failure(protocol::wire(request), &fault, &request_id);
            return Answer {
                response,
                changed: happened,
            };
        }
    };
    let wire = protocol::spoken(service, request);
    let call = match decoded(&scope, service, request) {
        Ok(call) => call,
        Err(fault) => {
            let response = protocol::failure(wire, &fault, &request_id);
            return Answer {
                response,
                changed: happened,
            };
        }
    };
    let Call { operation, input } = call;
    let parameters = masked(input.value(), service.secrets);
    let drawn = account.ids.drawn();
    let mut cx = Cx {
        now: account.now,
        account,
        region: scope.region,
    };
    let allowed = authorization::check(&cx, service, operation.name, input.value());
    let outcome = allowed.and_then(|()| {
        (operation.run)(&mut cx, input).map_err(|failure| match failure {
            Failure::Input(error) => (service.refusal)(error),
            Failure::Fault(fault) => fault,
        })
    });
    if !operation.only_reads() {
        services::consequences(&mut cx);
    }
    account.history.record(Event {
        time: account.now,
        region: scope.region.to_owned(),
        service: service.name.to_owned(),
        operation: operation.name.to_owned(),
        read_only: operation.only_reads(),
        parameters,
        error: outcome.as_ref().err().map(|fault| fault.code.to_string()),
        request_id: request_id.clone(),
    });
    let response = match outcome {
        Ok(value) => protocol::success(wire, operation.name, &value, &request_id),
        Err(fault) => protocol::failure(wire, &fault, &request_id),
    };
    // A read may open a Region, whose network is made then: that draws ids.
    let made = account.ids.drawn() != drawn;
    Answer {
        response,
        changed: happened || made || !operation.only_reads(),
    }
}

/// Lets everything happen that is due at `now` or before, in order.
///
/// `advance(a)` and then `advance(b)` is `advance(b)`. Time never goes back.
pub fn advance(account: &mut Account, now: Millis) {
    settle(account, now);
}

/// When something happens next by itself, if anything is under way.
pub fn next_due(account: &Account) -> Option<Millis> {
    account.agenda.next()
}

/// As [`advance`]; whether anything happened.
fn settle(account: &mut Account, now: Millis) -> bool {
    let now = now.max(account.now);
    let mut happened = false;
    while let Some((at, plan)) = account.agenda.take(now) {
        // Made in the past of the account, it happens at once.
        account.now = at.max(account.now);
        let mut cx = Cx {
            now: account.now,
            account,
            region: &plan.region,
        };
        plan.due.happen(&mut cx);
        services::consequences(&mut cx);
        happened = true;
    }
    account.now = now;
    happened
}

fn addressed(request: &Request<Bytes>) -> Result<(Scope<'_>, &'static Service), Fault> {
    let scope = protocol::scope(request.headers()).ok_or_else(|| {
        Fault::new(
            "MissingAuthenticationToken",
            "Request is missing Authentication Token",
        )
        .with_status(403)
    })?;
    let service = services::find(scope.service).ok_or_else(|| {
        let words = format!(
            "The service {} is not available in this account.",
            scope.service
        );
        Fault::new("UnrecognizedClientException", words).with_status(403)
    })?;
    Ok((scope, service))
}

fn decoded(scope: &Scope, service: &Service, request: &Request<Bytes>) -> Result<Call, Fault> {
    if !REGIONS.contains(&scope.region) {
        let words = "Credential should be scoped to a valid region.";
        return Err(Fault::new("SignatureDoesNotMatch", words).with_status(403));
    }
    protocol::decode(service, request)
}
