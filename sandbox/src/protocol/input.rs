//! From the one `Value` to an operation's typed input.
//!
//! The Query protocols carry text only. There "5" is read as a number and
//! "true" as a boolean where the input wants one, so that the same struct
//! serves every protocol; JSON is taken at its word.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::input_error::InputError;

/// The parameters of a call.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    value: Value,
    lenient: bool,
}

impl Input {
    pub(crate) fn new(value: Value, lenient: bool) -> Input {
        Input { value, lenient }
    }

    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    pub(crate) fn read<I: DeserializeOwned>(&self) -> Result<I, InputError> {
        I::deserialize(Typed {
            value: &self.value,
            lenient: self.lenient,
        })
    }
}

#[derive(Clone, Copy)]
struct Typed<'a> {
    value: &'a Value,
    lenient: bool,
}

impl<'a> Typed<'a> {
    fn text(self) -> Option<&'a str> {
        self.value.as_str().filter(|_| self.lenient)
    }

    fn over(self, value: &'a Value) -> Typed<'a> {
        Typed { value, ..self }
    }
}

/// A number from text where text is all there is.
macro_rules! number {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InputError> {
            match self.text() {
                Some(text) => match text.parse::<$type>() {
                    Ok(number) => visitor.$visit(number),
                    Err(_) => Err(de::Error::invalid_type(de::Unexpected::Str(text), &visitor)),
                },
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Typed<'de> {
    type Error = InputError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InputError> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(n), _, _) => visitor.visit_u64(n),
                (_, Some(n), _) => visitor.visit_i64(n),
                (_, _, Some(n)) => visitor.visit_f64(n),
                _ => Err(de::Error::custom("not a number")),
            },
            Value::Array(items) => visitor.visit_seq(Items {
                typed: self,
                rest: items.iter(),
                at: 0,
            }),
            Value::Object(map) => visitor.visit_map(Fields {
                typed: self,
                rest: map.iter(),
                value: None,
            }),
        }
    }

    number! {
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_f64 visit_f64 f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InputError> {
        match self.text() {
            Some(text) if text.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            Some(text) if text.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InputError> {
        if self.value.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InputError> {
        match self.text() {
            Some("") => visitor.visit_seq(Items {
                typed: self,
                rest: [].iter(),
                at: 0,
            }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, InputError> {
        match self.value.as_str() {
            Some(text) => StrDeserializer::new(text).deserialize_enum(name, variants, visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, InputError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u128 f32 char str string bytes byte_buf unit unit_struct
        tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de> {
    typed: Typed<'de>,
    rest: std::slice::Iter<'de, Value>,
    at: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = InputError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, InputError> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        self.at += 1;
        let element = seed.deserialize(self.typed.over(item));
        element
            .map(Some)
            .map_err(|error| error.within(&self.at.to_string()))
    }
}

struct Fields<'de> {
    typed: Typed<'de>,
    rest: serde_json::map::Iter<'de>,
    value: Option<(&'de str, &'de Value)>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = InputError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, InputError> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some((key, value));
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, InputError> {
        let (key, value) = self.value.take().unwrap_or(("", &Value::Null));
        seed.deserialize(self.typed.over(value))
            .map_err(|error| error.within(key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::super::input_error::Problem;
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "PascalCase")]
    struct Create {
        name: String,
        port: Option<u16>,
        public: Option<bool>,
        #[serde(default)]
        rules: Vec<Rule>,
        #[serde(default)]
        labels: BTreeMap<String, u64>,
        mode: Option<Mode>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "PascalCase")]
    struct Rule {
        from: i64,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Mode {
        #[serde(rename = "FAST")]
        Fast,
    }

    fn query(value: Value) -> Result<Create, InputError> {
        Input::new(value, true).read()
    }

    fn json(value: Value) -> Result<Create, InputError> {
        Input::new(value, false).read()
    }

    #[test]
    fn text_becomes_what_is_wanted() {
        let given = json!({
            "Name": "5", "Port": "5432", "Public": "TRUE", "Mode": "FAST",
            "Rules": [{"From": "-1"}], "Labels": {"a": "7"},
        });
        let expected = Create {
            name: "5".to_owned(),
            port: Some(5432),
            public: Some(true),
            rules: vec![Rule { from: -1 }],
            labels: BTreeMap::from([("a".to_owned(), 7)]),
            mode: Some(Mode::Fast),
        };
        assert_eq!(query(given).unwrap(), expected);
    }

    #[test]
    fn an_empty_list_is_written_as_nothing() {
        assert!(
            query(json!({"Name": "a", "Rules": ""}))
                .unwrap()
                .rules
                .is_empty()
        );
    }

    #[test]
    fn json_is_taken_at_its_word() {
        assert_eq!(
            json(json!({"Name": "a", "Port": 1, "Public": null}))
                .unwrap()
                .port,
            Some(1)
        );
        let error = json(json!({"Name": "a", "Port": "1"})).unwrap_err();
        assert!(
            matches!(error, InputError { ref path, problem: Problem::Type(_) } if path == "Port")
        );
        assert!(json(json!({"Name": "a", "Rules": ""})).is_err());
    }

    #[test]
    fn says_what_is_missing_unknown_or_of_the_wrong_type_and_where() {
        let missing = query(json!({"Name": "a", "Rules": [{"From": "1"}, {}]})).unwrap_err();
        assert_eq!(missing, InputError::new("Rules.2.From", Problem::Missing));
        assert!(
            missing
                .validation("V")
                .message
                .contains("Value null at 'rules.2.member.from'")
        );
        let unknown = query(json!({"Name": "a", "Nmae": "b"})).unwrap_err();
        assert_eq!(unknown, InputError::new("Nmae", Problem::Unknown));
        for (port, public) in [("70000", "true"), ("x", "true"), ("1", "maybe")] {
            let error = query(json!({"Name": "a", "Port": port, "Public": public})).unwrap_err();
            assert!(matches!(error.problem, Problem::Type(_)), "{port} {public}");
        }
        assert!(
            matches!(query(json!({"Name": "a", "Mode": "SLOW"})), Err(error) if error.path == "Mode")
        );
    }
}
