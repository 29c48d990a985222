//! One call, three ways: a resource's creation is written once as calls. The CLI tab renders
//! them, the form fills them, the server sends them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A call of an AWS API (or of the Git host, whose `service` is `source`).
///
/// `params` are named as in the API reference. Strings may hold `{{variables}}`, and
/// a [`Secret`] may stand for a string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The service as the AWS CLI names it: `iam`, `rds`, …
    pub service: String,
    /// The operation as the API reference names it: `CreateRole`.
    pub operation: String,
    /// Its parameters.
    pub params: Value,
    /// The settings that this call brings about on a resource that already exists. The call that
    /// makes the resource names none.
    pub settles: Vec<String>,
    /// What to keep of the answer for the calls after it.
    pub capture: Option<Capture>,
    /// The error codes that mean that the effect is there already.
    pub done_if: Vec<String>,
}

/// A value of the answer that later calls need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The variable to set.
    pub variable: String,
    /// Where it stands in the answer, as a dotted path that `--query` understands too.
    pub path: String,
}

/// A string that must not be written down: it is made or read at the moment of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// A fresh password.
    Generate(String),
    /// What the person typed into this field; it lives only as long as the request.
    Typed(String),
    /// The value of this SSM parameter (`GetParameter` with decryption).
    Parameter(String),
}

impl Call {
    /// A call of `service` that makes the resource.
    pub fn new(service: &str, operation: &str, params: Value) -> Self {
        Self {
            service: service.to_owned(),
            operation: operation.to_owned(),
            params,
            settles: Vec::new(),
            capture: None,
            done_if: Vec::new(),
        }
    }

    /// Says which settings it brings about.
    pub fn settles(mut self, settings: &[&str]) -> Self {
        self.settles = settings.iter().map(|&setting| setting.to_owned()).collect();
        self
    }

    /// Keeps `path` of the answer as `variable`.
    pub fn capture(mut self, variable: &str, path: &str) -> Self {
        self.capture = Some(Capture {
            variable: variable.to_owned(),
            path: path.to_owned(),
        });
        self
    }

    /// Takes these error codes for success.
    pub fn done_if(mut self, codes: &[&str]) -> Self {
        self.done_if = codes.iter().map(|&code| code.to_owned()).collect();
        self
    }
}

impl Secret {
    /// As it stands among the parameters of a call.
    pub fn to_param(&self) -> Value {
        match self {
            Self::Generate(what) => json!({ "$generate": what }),
            Self::Typed(field) => json!({ "$typed": field }),
            Self::Parameter(name) => json!({ "$parameter": name }),
        }
    }

    /// Reads it back from a parameter.
    pub fn from_param(param: &Value) -> Option<Self> {
        let (key, value) = param
            .as_object()
            .filter(|object| object.len() == 1)?
            .iter()
            .next()?;
        let text = value.as_str()?.to_owned();
        match key.as_str() {
            "$generate" => Some(Self::Generate(text)),
            "$typed" => Some(Self::Typed(text)),
            "$parameter" => Some(Self::Parameter(text)),
            _ => None,
        }
    }
}
