//! The parameters of a call, taken out one by one.

use aws_smithy_types::{Blob, base64};
use serde_json::{Map, Value};
use workshop::blueprint::{Call, Secret};

use crate::cloud::CloudError;

/// What is left of a call's parameters, or of an object among them. Each `take` is `Ok(None)`
/// when there is none, and an error when it has another type.
pub(super) struct Params {
    service: String,
    operation: String,
    /// Where this object stands in the call, for the error: `IpPermissions.IpRanges.`.
    path: String,
    left: Map<String, Value>,
}

impl Params {
    /// The parameters of `call`.
    pub(super) fn of(call: &Call) -> Result<Self, CloudError> {
        match &call.params {
            Value::Object(params) => Ok(Self {
                service: call.service.clone(),
                operation: call.operation.clone(),
                path: String::new(),
                left: params.clone(),
            }),
            _ => Err(CloudError::invalid(
                &call.service,
                &call.operation,
                "its parameters are not an object".to_owned(),
            )),
        }
    }

    /// The operation's name.
    pub(super) fn operation(&self) -> &str {
        &self.operation
    }

    /// A string. A secret that nobody has put the value of in its place is an error.
    pub(super) fn take_string(&mut self, key: &str) -> Result<Option<String>, CloudError> {
        self.take(key, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// `true` or `false`.
    pub(super) fn take_bool(&mut self, key: &str) -> Result<Option<bool>, CloudError> {
        self.take(key, "true or false", |value| value.as_bool())
    }

    /// A whole number.
    pub(super) fn take_i32(&mut self, key: &str) -> Result<Option<i32>, CloudError> {
        self.take(key, "a whole number", |value| {
            i32::try_from(value.as_i64()?).ok()
        })
    }

    /// Bytes, written in base64.
    pub(super) fn take_blob(&mut self, key: &str) -> Result<Option<Blob>, CloudError> {
        self.take(key, "bytes in base64", |value| {
            base64::decode(value.as_str()?).ok().map(Blob::new)
        })
    }

    /// Strings in a list.
    pub(super) fn take_strings(&mut self, key: &str) -> Result<Option<Vec<String>>, CloudError> {
        self.take(key, "a list of strings", |value| match value {
            Value::Array(items) => items
                .into_iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        })
    }

    /// An object of which each value is a string, as its pairs.
    pub(super) fn take_pairs(
        &mut self,
        key: &str,
    ) -> Result<Option<Vec<(String, String)>>, CloudError> {
        self.take(key, "an object of strings", |value| match value {
            Value::Object(pairs) => pairs
                .into_iter()
                .map(|(key, value)| Some((key, value.as_str()?.to_owned())))
                .collect(),
            _ => None,
        })
    }

    /// An object, of which `read` must take everything.
    pub(super) fn take_object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self) -> Result<T, CloudError>,
    ) -> Result<Option<T>, CloudError> {
        match self.left.remove(key) {
            None => Ok(None),
            Some(value) => self.read_object(key, value, read).map(Some),
        }
    }

    /// Objects in a list, of each of which `read` must take everything.
    pub(super) fn take_objects<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Self) -> Result<T, CloudError>,
    ) -> Result<Option<Vec<T>>, CloudError> {
        match self.left.remove(key) {
            None => Ok(None),
            Some(Value::Array(items)) => items
                .into_iter()
                .map(|item| self.read_object(key, item, &mut read))
                .collect::<Result<_, _>>()
                .map(Some),
            Some(_) => Err(self.mistake(&format!("{key} must be a list of objects"))),
        }
    }

    /// Says that everything was taken.
    pub(super) fn finish(self) -> Result<(), CloudError> {
        self.all_taken()
    }

    /// No adapter knows the operation.
    pub(super) fn unknown(&self) -> CloudError {
        self.mistake("no adapter knows this operation")
    }

    /// The SDK does not take an object for complete.
    pub(super) fn incomplete(&self, error: &impl std::error::Error) -> CloudError {
        self.mistake(&error.to_string())
    }

    fn take<T>(
        &mut self,
        key: &str,
        kind: &str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, CloudError> {
        let Some(value) = self.left.remove(key) else {
            return Ok(None);
        };
        if Secret::from_param(&value).is_some() {
            return Err(self.mistake(&format!("{key} is a secret without its value")));
        }
        // The value itself stays out of the message: it may be a password.
        read(value)
            .map(Some)
            .ok_or_else(|| self.mistake(&format!("{key} must be {kind}")))
    }

    fn read_object<T>(
        &self,
        key: &str,
        value: Value,
        read: impl FnOnce(&mut Self) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        let Value::Object(left) = value else {
            return Err(self.mistake(&format!("{key} must be an object")));
        };
        let mut inner = Self {
            service: self.service.clone(),
            operation: self.operation.clone(),
            path: format!("{}{key}.", self.path),
            left,
        };
        let read = read(&mut inner)?;
        inner.all_taken()?;
        Ok(read)
    }

    fn all_taken(&self) -> Result<(), CloudError> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(key) => Err(self.mistake(&format!("{key} is not a parameter that is sent"))),
        }
    }

    fn mistake(&self, what: &str) -> CloudError {
        CloudError::invalid(
            &self.service,
            &self.operation,
            format!("{}{what}", self.path),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::CloudErrorKind;
    use serde_json::json;

    fn params(params: Value) -> Params {
        Params::of(&Call::new("iam", "CreateRole", params)).unwrap()
    }

    fn says(error: CloudError, words: &str) {
        assert_eq!(error.kind, CloudErrorKind::Invalid);
        assert!(error.to_string().contains(words), "{error}");
    }

    #[test]
    fn what_is_left_is_an_error() {
        let mut call = params(json!({ "RoleName": "a", "Path": "/" }));
        assert_eq!(call.take_string("RoleName").unwrap().as_deref(), Some("a"));
        assert_eq!(call.take_string("RoleName").unwrap(), None);
        says(call.finish().unwrap_err(), "Path is not a parameter");
    }

    #[test]
    fn what_is_left_deep_inside_is_one_too_and_says_where() {
        let mut call = params(json!({ "Tags": [{ "Key": "a", "Colour": "red" }] }));
        let error = call
            .take_objects("Tags", |tag| tag.take_string("Key"))
            .unwrap_err();
        says(error, "Tags.Colour is not a parameter");
    }

    #[test]
    fn a_wrong_type_is_an_error() {
        let mut call =
            params(json!({ "n": 1, "b": "yes", "s": ["x", 1], "big": 1_i64 << 40, "bytes": "?" }));
        says(call.take_string("n").unwrap_err(), "n must be a string");
        says(call.take_bool("b").unwrap_err(), "b must be true or false");
        says(
            call.take_strings("s").unwrap_err(),
            "s must be a list of strings",
        );
        says(
            call.take_i32("big").unwrap_err(),
            "big must be a whole number",
        );
        says(
            call.take_blob("bytes").unwrap_err(),
            "bytes must be bytes in base64",
        );
        assert!(Params::of(&Call::new("iam", "CreateRole", json!([]))).is_err());
    }

    #[test]
    fn a_secret_without_its_value_is_never_sent() {
        let mut call = params(json!({ "Value": Secret::Generate("password".into()).to_param() }));
        says(
            call.take_string("Value").unwrap_err(),
            "secret without its value",
        );
    }
}
