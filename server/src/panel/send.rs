//! Sends one call: journalled first, its variables filled, its secrets resolved last.

use std::collections::BTreeMap;

use serde_json::Value;
use workshop::blueprint::{Call, Kind, Secret, Variables};

use super::Greenlight;
use super::crew::Crew;
use crate::error::Error;

/// What the person typed into password fields, by `<kind>.<key>`. It lives as long as the
/// request and is written nowhere.
#[derive(Clone, Default)]
pub(super) struct Typed(pub(super) BTreeMap<String, String>);

/// A password that Aurora takes: letters and digits that are hard to confuse, 143 bits.
const PASSWORD_LETTERS: &str = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const PASSWORD_LENGTH: usize = 24;

impl Greenlight {
    /// Sends `call` for `kind`. The journal has it before the account does. An error that the
    /// call takes for success is one.
    pub(super) async fn send(
        &self,
        crew: &mut Crew,
        kind: Kind,
        call: &Call,
        typed: &Typed,
    ) -> Result<(), Error> {
        let filled = filled(call, &crew.variables)?;
        let (store, clock) = (&self.parts().store, &self.parts().clock);
        let intent = store
            .intend(&crew.workspace.name, kind, &filled, clock.now())
            .await?;
        let sent = self.send_filled(crew, filled, typed).await;
        let outcome = match &sent {
            Ok(_) => "done",
            Err(error) if is_done(call, error) => "done already",
            Err(_) => "failed",
        };
        store.settle(intent, outcome, clock.now()).await?;
        match sent {
            Ok(answer) => {
                capture(call, &answer, &mut crew.variables);
                Ok(())
            }
            Err(_) if outcome == "done already" => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn send_filled(
        &self,
        crew: &Crew,
        mut call: Call,
        typed: &Typed,
    ) -> Result<Value, Error> {
        if let Value::Object(params) = &mut call.params {
            for value in params.values_mut() {
                if let Some(secret) = Secret::from_param(value) {
                    *value = Value::String(self.resolve(crew, &secret, typed).await?);
                }
            }
        }
        if call.service == "source" {
            self.send_to_source(crew, &call).await
        } else {
            Ok(crew.cloud.send(&call).await?)
        }
    }

    async fn resolve(&self, crew: &Crew, secret: &Secret, typed: &Typed) -> Result<String, Error> {
        match secret {
            Secret::Generate(_) => Ok(self.parts().chance.text(PASSWORD_LETTERS, PASSWORD_LENGTH)),
            Secret::Typed(field) => typed.0.get(field).cloned().ok_or_else(|| {
                Error::Refused(
                    "The password that you typed was not kept. Type it again, or leave it empty."
                        .to_owned(),
                )
            }),
            Secret::Parameter(name) => crew.cloud.secret(name).await?.ok_or_else(|| {
                Error::Refused(format!(
                    "The parameter {name} is not there any more. Create it again."
                ))
            }),
        }
    }
}

/// The call with its variables filled in, as the journal has it; secrets stay unresolved.
pub(super) fn filled(call: &Call, variables: &Variables) -> Result<Call, Error> {
    let mut call = call.clone();
    fill(&mut call.params, variables)?;
    Ok(call)
}

/// Fills the variables of every string, secrets' included.
fn fill(value: &mut Value, variables: &Variables) -> Result<(), Error> {
    match value {
        Value::String(text) => {
            *text = variables.fill(text).map_err(|missing| {
                Error::Refused(format!("{missing}. Do the step before this one first."))
            })?;
        }
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| fill(item, variables))?,
        Value::Object(fields) => fields
            .values_mut()
            .try_for_each(|field| fill(field, variables))?,
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

fn is_done(call: &Call, error: &Error) -> bool {
    matches!(error, Error::Cloud(error) if error.code().is_some_and(|code| call.done_if.iter().any(|done| done == code)))
}

fn capture(call: &Call, answer: &Value, variables: &mut Variables) {
    let Some(capture) = &call.capture else { return };
    let found = capture.path.split('.').try_fold(answer, at);
    if let Some(text) = found.and_then(Value::as_str) {
        variables.set(&capture.variable, text);
    }
}

/// One part of a captured path: `Role`, or the first of a list, `Listeners[0]`.
fn at<'a>(value: &'a Value, part: &str) -> Option<&'a Value> {
    match part.strip_suffix("[0]") {
        Some(list) => value.get(list)?.get(0),
        None => value.get(part),
    }
}
