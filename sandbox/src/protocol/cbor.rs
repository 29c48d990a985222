//! A `Value` as CBOR and back (RFC 8949), as Smithy's RPC v2 CBOR uses it.
//!
//! Byte strings become base64, which is what AWS's JSON has for them; instants
//! (tag 1) become epoch seconds on the way in and come from
//! [`super::timestamp`] on the way out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Number, Value};

use super::wire::instant;

/// Values nested deeper than this come from no AWS client.
const DEPTH: usize = 64;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const OTHER: u8 = 7;

const NULL: u8 = 0xf6;
const DOUBLE: u8 = 0xfb;
const BREAK: u8 = 0xff;
const EPOCH: u8 = 0xc1;

/// The value that these bytes are; `None` if they are none.
pub(super) fn read(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(0)?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a [u8],
}

/// How many items, fields or pieces are still to come.
enum Ahead {
    Counted(u64),
    UntilBreak,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        let first = self.byte()?;
        let (kind, low) = (first >> 5, first & 0x1f);
        match kind {
            UNSIGNED => Some(self.number(low)?.into()),
            NEGATIVE => Some((-1 - i64::try_from(self.number(low)?).ok()?).into()),
            BYTES => Some(STANDARD.encode(self.string(kind, low)?).into()),
            TEXT => Some(String::from_utf8(self.string(kind, low)?).ok()?.into()),
            LIST => self.items(low, |reader| reader.value(depth + 1)),
            MAP => self.fields(low, depth),
            TAG => {
                self.number(low)?;
                self.value(depth + 1)
            }
            _ => self.other(low),
        }
    }

    fn items(&mut self, low: u8, item: impl Fn(&mut Self) -> Option<Value>) -> Option<Value> {
        let mut items = Vec::new();
        let mut ahead = self.count(low)?;
        while self.more(&mut ahead)? {
            items.push(item(self)?);
        }
        Some(Value::Array(items))
    }

    fn fields(&mut self, low: u8, depth: usize) -> Option<Value> {
        let mut fields = Map::new();
        let mut ahead = self.count(low)?;
        while self.more(&mut ahead)? {
            let Value::String(name) = self.value(depth + 1)? else {
                return None;
            };
            fields.insert(name, self.value(depth + 1)?);
        }
        Some(Value::Object(fields))
    }

    /// Bytes or text, in one piece or in several.
    fn string(&mut self, kind: u8, low: u8) -> Option<Vec<u8>> {
        let mut ahead = self.count(low)?;
        if let Ahead::Counted(length) = ahead {
            return Some(self.take(length)?.to_vec());
        }
        let mut whole = Vec::new();
        while self.more(&mut ahead)? {
            let first = self.byte()?;
            let length = self.number(first & 0x1f).filter(|_| first >> 5 == kind)?;
            whole.extend_from_slice(self.take(length)?);
        }
        Some(whole)
    }

    fn other(&mut self, low: u8) -> Option<Value> {
        let number = match low {
            20 => return Some(false.into()),
            21 => return Some(true.into()),
            22 | 23 => return Some(Value::Null),
            25 => half(u16::try_from(self.number(low)?).ok()?),
            26 => f64::from(f32::from_bits(u32::try_from(self.number(low)?).ok()?)),
            27 => f64::from_bits(self.number(low)?),
            _ => return None,
        };
        Number::from_f64(number).map(Value::Number)
    }

    /// How many follow.
    fn count(&mut self, low: u8) -> Option<Ahead> {
        if low == 31 {
            Some(Ahead::UntilBreak)
        } else {
            self.number(low).map(Ahead::Counted)
        }
    }

    /// Whether there is another one, of those counted or before the break.
    fn more(&mut self, ahead: &mut Ahead) -> Option<bool> {
        match ahead {
            Ahead::Counted(count) => {
                let more = *count > 0;
                *count = count.saturating_sub(1);
                Some(more)
            }
            Ahead::UntilBreak if *self.rest.first()? == BREAK => self.byte().map(|_| false),
            Ahead::UntilBreak => Some(true),
        }
    }

    /// The number that begins in the low bits of a first byte.
    fn number(&mut self, low: u8) -> Option<u64> {
        let width = match low {
            0..24 => return Some(low.into()),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return None,
        };
        let big_endian = self.take(width)?;
        Some(
            big_endian
                .iter()
                .fold(0, |number, byte| number << 8 | u64::from(*byte)),
        )
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        Some(taken)
    }
}

/// A half-precision number (RFC 8949, appendix D).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 => f64::INFINITY,
        _ => (fraction + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// Writes the value; null fields are left out.
pub(super) fn write(out: &mut Vec<u8>, value: &Value) {
    if let Some(at) = instant(value) {
        out.push(EPOCH);
        return match at.rem_euclid(1000) {
            0 => integer(out, at.div_euclid(1000)),
            // Three digits after the point are exact enough for a double.
            millis => double(
                out,
                format!("{}.{millis:03}", at.div_euclid(1000))
                    .parse()
                    .unwrap_or_default(),
            ),
        };
    }
    match value {
        Value::Null => out.push(NULL),
        Value::Bool(truth) => out.push(OTHER << 5 | if *truth { 21 } else { 20 }),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => head(out, UNSIGNED, number),
            (_, Some(number)) => integer(out, number),
            _ => double(out, number.as_f64().unwrap_or_default()),
        },
        Value::String(string) => text(out, string),
        Value::Array(items) => {
            head(out, LIST, items.len() as u64);
            for item in items {
                write(out, item);
            }
        }
        Value::Object(fields) => {
            let present = || fields.iter().filter(|(_, field)| !field.is_null());
            head(out, MAP, present().count() as u64);
            for (name, field) in present() {
                text(out, name);
                write(out, field);
            }
        }
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    head(out, TEXT, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn integer(out: &mut Vec<u8>, number: i64) {
    match u64::try_from(number) {
        Ok(number) => head(out, UNSIGNED, number),
        Err(_) => head(out, NEGATIVE, number.unsigned_abs() - 1),
    }
}

fn double(out: &mut Vec<u8>, number: f64) {
    out.push(DOUBLE);
    out.extend_from_slice(&number.to_be_bytes());
}

/// A first byte and what of its number it has no room for.
fn head(out: &mut Vec<u8>, kind: u8, number: u64) {
    let first = kind << 5;
    match (
        u8::try_from(number),
        u16::try_from(number),
        u32::try_from(number),
    ) {
        (Ok(small @ 0..24), ..) => out.push(first | small),
        (Ok(byte), ..) => out.extend([first | 0x18, byte]),
        (_, Ok(short), _) => {
            out.push(first | 0x19);
            out.extend(short.to_be_bytes());
        }
        (.., Ok(word)) => {
            out.push(first | 0x1a);
            out.extend(word.to_be_bytes());
        }
        _ => {
            out.push(first | 0x1b);
            out.extend(number.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::timestamp;

    #[test]
    fn what_is_written_is_read_back() {
        let value = json!({
            "text": "grün", "none": [], "empty": {}, "yes": true, "no": false, "half": 0.5,
            "numbers": [0, 23, 24, 255, 256, 65535, 65536, 4_294_967_296_u64, -1, -24, -25, i64::MIN, u64::MAX],
            "long": "x".repeat(300), "nothing": [null],
        });
        let mut bytes = Vec::new();
        write(&mut bytes, &value);
        assert_eq!(read(&bytes), Some(value));
    }

    #[test]
    fn null_fields_are_left_out_and_instants_are_tagged() {
        let mut bytes = Vec::new();
        write(
            &mut bytes,
            &json!({"at": timestamp(1_363_896_240_500), "not": null}),
        );
        // RFC 8949, appendix A, has this instant.
        assert_eq!(hex::encode(bytes), "a1626174c1fb41d452d9ec200000");
        assert_eq!(
            read(&[0xc1, 0x1a, 0x51, 0x4b, 0x67, 0xb0]),
            Some(json!(1_363_896_240))
        );
    }

    #[test]
    fn the_examples_of_the_standard() {
        for (bytes, value) in [
            ("f93c00", json!(1.0)),
            ("f97bff", json!(65504.0)),
            ("f9c400", json!(-4.0)),
            ("fa47c35000", json!(100_000.0)),
            ("4401020304", json!("AQIDBA==")),
            ("9f01820203ff", json!([1, [2, 3]])),
            ("bf6346756ef563416d7421ff", json!({"Fun": true, "Amt": -2})),
            ("7f657374726561646d696e67ff", json!("streaming")),
            ("f7", json!(null)),
        ] {
            assert_eq!(read(&hex::decode(bytes).unwrap()), Some(value), "{bytes}");
        }
    }

    #[test]
    fn what_is_cut_off_strange_or_endless_is_nothing() {
        for bytes in [
            "", "18", "6261", "a1", "a10101", "9f01", "ff", "0000", "f97c00", "5f6161ff", "fc",
        ] {
            assert_eq!(read(&hex::decode(bytes).unwrap()), None, "{bytes}");
        }
        assert_eq!(read(&[0x81; 1000]), None);
    }
}
