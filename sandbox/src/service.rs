//! What a service is: its name on the wire, how it speaks, what it does.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::{Input, InputError, Wire};

/// One AWS service. Each declares itself as `SERVICE` in its own folder.
pub(crate) struct Service {
    /// The name in the scope of a signature: `iam`, `rds` …
    pub(crate) name: &'static str,
    /// The protocol and its particulars.
    pub(crate) wire: Wire,
    /// The service's own words for input that does not fit its model.
    pub(crate) refusal: fn(InputError) -> Fault,
    /// Top-level parameters that no history may show.
    pub(crate) secrets: &'static [&'static str],
    /// Every operation there is, by [`operations!`].
    pub(crate) operations: &'static [Operation],
}

/// One operation of a service.
pub(crate) struct Operation {
    /// AWS's name for it: `CreateRole` …
    pub(crate) name: &'static str,
    /// Reads its input and does it.
    pub(crate) run: fn(&mut Cx, Input) -> Result<Value, Failure>,
}

impl Operation {
    /// Whether it leaves the account as it is, which in AWS's API its name says.
    pub(crate) fn only_reads(&self) -> bool {
        const READS: [&str; 8] = [
            "Get",
            "Head",
            "List",
            "Describe",
            "Simulate",
            "BatchGet",
            "BatchCheck",
            "Lookup",
        ];
        READS.iter().any(|verb| self.name.starts_with(verb))
    }
}

impl Service {
    pub(crate) fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
    }
}

/// Why an operation did not happen.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input does not have the operation's shape.
    Input(InputError),
    /// The operation refused it.
    Fault(Fault),
}

/// Reads the typed input and calls the function: what every [`Operation::run`] is.
pub(crate) fn run<I: DeserializeOwned>(
    cx: &mut Cx,
    input: Input,
    function: fn(&mut Cx, I) -> Result<Value, Fault>,
) -> Result<Value, Failure> {
    let input = input.read().map_err(Failure::Input)?;
    function(cx, input).map_err(Failure::Fault)
}

/// The list of a service's operations: `operations! { "CreateRole" => roles::create_role, … }`.
macro_rules! operations {
    ($($name:literal => $function:path),* $(,)?) => {
        &[$($crate::service::Operation {
            name: $name,
            run: |cx, input| $crate::service::run(cx, input, $function),
        }),*]
    };
}
pub(crate) use operations;
