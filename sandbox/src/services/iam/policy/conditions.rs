//! Conditions (IAM User Guide, "IAM JSON policy elements: Condition operators").

use std::cmp::Ordering;
use std::net::IpAddr;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::evaluate::Context;
use super::wildcard;

/// One operator, one key, its values.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    operator: Operator,
    /// In lower case: keys are the same in any case.
    pub(super) key: String,
    values: Vec<String>,
}

#[derive(Debug, Clone)]
struct Operator {
    /// `None` is `Null`, which asks whether the key is there.
    test: Option<Test>,
    negated: bool,
    quantifier: Option<Quantifier>,
    if_exists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    All,
    Any,
}

/// Whether a value (second) is what the policy says (first).
type Test = fn(&str, &str) -> bool;

/// Every operator with its test, and whether it is the test's contrary.
const OPERATORS: &[(&str, Test, bool)] = &[
    ("StringEquals", |policy, value| policy == value, false),
    ("StringNotEquals", |policy, value| policy == value, true),
    ("StringEqualsIgnoreCase", ignoring_case, false),
    ("StringNotEqualsIgnoreCase", ignoring_case, true),
    ("StringLike", wildcard::matches, false),
    ("StringNotLike", wildcard::matches, true),
    ("ArnEquals", wildcard::matches, false),
    ("ArnNotEquals", wildcard::matches, true),
    ("ArnLike", wildcard::matches, false),
    ("ArnNotLike", wildcard::matches, true),
    (
        "NumericEquals",
        |policy, value| numbers(policy, value, Ordering::is_eq),
        false,
    ),
    (
        "NumericNotEquals",
        |policy, value| numbers(policy, value, Ordering::is_eq),
        true,
    ),
    (
        "NumericLessThan",
        |policy, value| numbers(policy, value, Ordering::is_lt),
        false,
    ),
    (
        "NumericLessThanEquals",
        |policy, value| numbers(policy, value, Ordering::is_le),
        false,
    ),
    (
        "NumericGreaterThan",
        |policy, value| numbers(policy, value, Ordering::is_gt),
        false,
    ),
    (
        "NumericGreaterThanEquals",
        |policy, value| numbers(policy, value, Ordering::is_ge),
        false,
    ),
    (
        "DateEquals",
        |policy, value| dates(policy, value, Ordering::is_eq),
        false,
    ),
    (
        "DateNotEquals",
        |policy, value| dates(policy, value, Ordering::is_eq),
        true,
    ),
    (
        "DateLessThan",
        |policy, value| dates(policy, value, Ordering::is_lt),
        false,
    ),
    (
        "DateLessThanEquals",
        |policy, value| dates(policy, value, Ordering::is_le),
        false,
    ),
    (
        "DateGreaterThan",
        |policy, value| dates(policy, value, Ordering::is_gt),
        false,
    ),
    (
        "DateGreaterThanEquals",
        |policy, value| dates(policy, value, Ordering::is_ge),
        false,
    ),
    ("Bool", ignoring_case, false),
    ("BinaryEquals", |policy, value| policy == value, false),
    ("IpAddress", in_network, false),
    ("NotIpAddress", in_network, true),
];

impl Condition {
    /// `None` if there is no such operator.
    pub(super) fn new(operator: &str, key: &str, values: Vec<String>) -> Option<Condition> {
        let operator = Operator::read(operator)?;
        Some(Condition {
            operator,
            key: key.to_lowercase(),
            values,
        })
    }

    pub(super) fn holds(&self, context: &Context) -> bool {
        let Operator {
            test,
            negated,
            quantifier,
            if_exists,
        } = &self.operator;
        let given = context.get(&self.key).filter(|given| !given.is_empty());
        let Some(test) = test else {
            return self
                .values
                .iter()
                .any(|wanted| (wanted == "true") == given.is_none());
        };
        let Some(given) = given else {
            return match quantifier {
                Some(Quantifier::All) => true,
                Some(Quantifier::Any) => *if_exists,
                None => *if_exists || *negated,
            };
        };
        let hit = |value: &String| self.values.iter().any(|wanted| test(wanted, value)) != *negated;
        match quantifier {
            Some(Quantifier::All) => given.iter().all(hit),
            Some(Quantifier::Any) | None => given.iter().any(hit),
        }
    }
}

impl Operator {
    fn read(written: &str) -> Option<Operator> {
        let (quantifier, rest) = match written.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::Any), rest),
            Some(_) => return None,
            None => (None, written),
        };
        if rest == "Null" {
            return Some(Operator {
                test: None,
                negated: false,
                quantifier: None,
                if_exists: false,
            });
        }
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let (_, test, negated) = OPERATORS.iter().find(|(known, ..)| *known == name)?;
        Some(Operator {
            test: Some(*test),
            negated: *negated,
            quantifier,
            if_exists,
        })
    }
}

fn ignoring_case(policy: &str, value: &str) -> bool {
    policy.to_lowercase() == value.to_lowercase()
}

fn numbers(policy: &str, value: &str, is: fn(Ordering) -> bool) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    compared(number(policy), number(value), is)
}

fn dates(policy: &str, value: &str, is: fn(Ordering) -> bool) -> bool {
    let date = |text: &str| match text.parse() {
        Ok(seconds) => OffsetDateTime::from_unix_timestamp(seconds).ok(),
        Err(_) => OffsetDateTime::parse(text, &Rfc3339).ok(),
    };
    compared(date(policy), date(value), is)
}

/// Whether the value stands to the policy as it should; what cannot be read never does.
fn compared<T: PartialOrd>(policy: Option<T>, value: Option<T>, is: fn(Ordering) -> bool) -> bool {
    policy
        .zip(value)
        .and_then(|(policy, value)| value.partial_cmp(&policy))
        .is_some_and(is)
}

/// Whether the address is in the network, `203.0.113.0/24` or a single address.
fn in_network(network: &str, address: &str) -> bool {
    let (base, length) = network.split_once('/').unwrap_or((network, "128"));
    let (Ok(base), Ok(length), Ok(address)) =
        (base.parse(), length.parse::<u32>(), address.parse())
    else {
        return false;
    };
    match (base, address) {
        (IpAddr::V4(base), IpAddr::V4(address)) => {
            let host = 32 - length.min(32);
            let bits = u32::from(base) ^ u32::from(address);
            bits.checked_shr(host).unwrap_or(0) == 0
        }
        (IpAddr::V6(base), IpAddr::V6(address)) => {
            let host = 128 - length.min(128);
            let bits = u128::from(base) ^ u128::from(address);
            bits.checked_shr(host).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(operator: &str, policy: &[&str], given: Option<&[&str]>) -> bool {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let condition = Condition::new(operator, "aws:Key", texts(policy)).unwrap();
        let context = given.map(|given| ("aws:key".to_owned(), texts(given)));
        condition.holds(&context.into_iter().collect())
    }

    #[test]
    fn each_operator_and_its_contrary() {
        for (operator, policy, yes, no) in [
            ("StringEquals", "a", "a", "A"),
            ("StringNotEquals", "a", "b", "a"),
            ("StringEqualsIgnoreCase", "a", "A", "b"),
            ("StringLike", "a*", "abc", "b"),
            ("StringNotLike", "a*", "b", "abc"),
            (
                "ArnLike",
                "arn:aws:iam::*:role/x",
                "arn:aws:iam::1:role/x",
                "arn:aws:iam::1:role/y",
            ),
            ("NumericLessThan", "10", "9", "10"),
            ("NumericGreaterThanEquals", "10", "10.0", "9.9"),
            (
                "DateLessThan",
                "2026-01-01T00:00:00Z",
                "2025-12-31T23:59:59Z",
                "2026-01-01T00:00:00Z",
            ),
            (
                "DateEquals",
                "1767225600",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
            ),
            ("Bool", "true", "TRUE", "false"),
            ("IpAddress", "203.0.113.0/24", "203.0.113.9", "203.0.114.9"),
            ("IpAddress", "0.0.0.0/0", "8.8.8.8", "::1"),
            ("NotIpAddress", "203.0.113.7", "203.0.113.8", "203.0.113.7"),
            ("IpAddress", "2001:db8::/32", "2001:db8::1", "2001:db9::1"),
        ] {
            assert!(
                holds(operator, &[policy], Some(&[yes])),
                "{operator} {policy} {yes}"
            );
            assert!(
                !holds(operator, &[policy], Some(&[no])),
                "{operator} {policy} {no}"
            );
        }
    }

    #[test]
    fn of_several_values_any_will_do_and_a_contrary_wants_none() {
        assert!(holds("StringEquals", &["a", "b"], Some(&["b"])));
        assert!(!holds("StringNotEquals", &["a", "b"], Some(&["b"])));
        assert!(holds("StringNotEquals", &["a", "b"], Some(&["c"])));
    }

    #[test]
    fn a_key_that_is_not_there() {
        assert!(!holds("StringEquals", &["a"], None));
        assert!(holds("StringNotEquals", &["a"], None));
        assert!(holds("StringEqualsIfExists", &["a"], None));
        assert!(!holds("StringEqualsIfExists", &["a"], Some(&["b"])));
        assert!(holds("Null", &["true"], None));
        assert!(!holds("Null", &["true"], Some(&["x"])));
        assert!(holds("Null", &["false"], Some(&["x"])));
    }

    #[test]
    fn quantifiers() {
        assert!(holds(
            "ForAllValues:StringEquals",
            &["a", "b"],
            Some(&["a", "b"])
        ));
        assert!(!holds(
            "ForAllValues:StringEquals",
            &["a", "b"],
            Some(&["a", "c"])
        ));
        assert!(holds("ForAnyValue:StringEquals", &["a"], Some(&["c", "a"])));
        assert!(!holds("ForAnyValue:StringEquals", &["a"], Some(&["c"])));
        assert!(holds("ForAllValues:StringEquals", &["a"], None));
        assert!(!holds("ForAnyValue:StringEquals", &["a"], None));
    }

    #[test]
    fn no_such_operator() {
        for unknown in ["StringEqual", "ForSomeValues:StringEquals", "IfExists", ""] {
            assert!(
                Condition::new(unknown, "aws:Key", Vec::new()).is_none(),
                "{unknown}"
            );
        }
    }
}
