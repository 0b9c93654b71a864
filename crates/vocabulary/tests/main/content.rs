//! The digest: equal exactly for envelopes that are equal as JSON values, `receivedtime` apart.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use vocabulary::{Checker, Digest};

use crate::support::*;

fn digest(line: &str) -> Digest {
    check(line).unwrap_or_else(|refusal| panic!("{refusal}\n{line}")).digest
}

/// The digest of the visit with some text for an unknown field of the data.
fn digest_with(value: &str) -> Digest {
    digest(&visit().to_string().replace("\"seen\":true", &format!("\"seen\":true,\"x\":{value}")))
}

#[track_caller]
fn expect_equal(values: &[&str]) {
    for value in values {
        assert_eq!(digest_with(values[0]), digest_with(value), "{} and {value}", values[0]);
    }
}

#[track_caller]
fn expect_distinct(values: &[&str]) {
    for (position, one) in values.iter().enumerate() {
        for other in &values[position + 1..] {
            assert_ne!(digest_with(one), digest_with(other), "{one} and {other}");
        }
    }
}

#[test]
fn numbers_count_by_value() {
    expect_equal(&["1", "1.0", "1e0", "10e-1", "0.1e1", "1E+0"]);
    expect_equal(&["0", "-0", "0.0", "-0.0", "0e5"]);
    expect_equal(&["-5", "-5.0", "-0.5e1"]);
    expect_equal(&["100", "1e2", "100.000"]);
    expect_equal(&["0.1", "1e-1", "0.10", "0.01e1"]);
    expect_equal(&["9007199254740992", "9007199254740992.0"]);
    expect_equal(&["18446744073709551615", "18446744073709551615"]);
    expect_equal(&["18446744073709551616", "18446744073709551616.0", "1.8446744073709551616e19"]);
    expect_equal(&["-9223372036854775808", "-9223372036854775808.0"]);
    expect_equal(&["123456789012345680000000", "1.2345678901234568e23"]);
}

#[test]
fn integers_are_exact() {
    expect_distinct(&[
        "9007199254740992",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551614",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775807",
    ]);
}

#[test]
fn other_values_are_other_content() {
    expect_distinct(&[
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.5",
        "\"\"",
        "\"1\"",
        "\"null\"",
        "[]",
        "[[]]",
        "[[],[]]",
        "[1,2]",
        "[2,1]",
        "[12]",
        "[null]",
        "{}",
        "{\"a\":1}",
        "{\"a\":2}",
        "{\"b\":1}",
        "{\"a\":1,\"b\":2}",
        "{\"a\":{\"b\":2}}",
        "[{\"a\":1}]",
        "[\"a\",1]",
        "\"a\"",
        "[\"a\",\"b\"]",
        "[\"ab\"]",
        "5e-324",
        "1e308",
    ]);
}

#[test]
fn order_space_and_escapes_are_not_content() {
    expect_equal(&["{\"a\":1,\"b\":[1, 2]}", "{ \"b\" : [1,2],\t\"a\":1 }", "{\"\\u0061\":1,\"b\":[1,2]}"]);
    expect_equal(&["\"é/\"", "\"\\u00e9\\/\"", "\"\\u00E9/\""]);
    let line = visit().to_string();
    assert_eq!(digest(&line), digest(&format!("  {line} \r\n")));
    assert_eq!(digest(&line), digest(&serde_json::to_string_pretty(&visit()).unwrap()));
}

#[test]
fn the_order_of_the_keys_of_a_long_object_is_not_content() {
    let member = |key: usize| format!("\"key {key}\":{key}");
    for length in [15, 16, 17, 18, 100] {
        let there: Vec<String> = (0..length).map(member).collect();
        let back: Vec<String> = (0..length).rev().map(member).collect();
        expect_equal(&[&format!("{{{}}}", there.join(",")), &format!("{{{}}}", back.join(","))]);
    }
}

#[test]
fn a_null_member_is_content() {
    assert_ne!(digest_with("null"), accept(&visit()).digest);
    assert_ne!(accept(&with(visit(), "/supersedes", Value::Null)).digest, accept(&visit()).digest);
}

#[test]
fn the_receipt_is_not_content() {
    let plain = accept(&visit());
    for received in [json!("2021-01-20T00:00:00Z"), json!("2021-01-21T00:00:00Z"), Value::Null] {
        assert_eq!(accept(&with(visit(), "/receivedtime", received)).digest, plain.digest);
    }
    // Deeper down it is a field like others.
    assert_ne!(accept(&with(visit(), "/data/receivedtime", 1.into())).digest, plain.digest);
}

#[test]
fn every_other_attribute_is_content() {
    let others = [
        ("/id", json!("other")),
        ("/source", json!("other")),
        ("/subject", json!(format!("child/{}", UUID.to_uppercase()))),
        ("/time", json!("2021-01-12T11:30:00+01:00")),
        ("/recordedtime", json!("2021-01-12T16:02:00.0Z")),
        ("/supersedes", json!("other")),
        ("/datacontenttype", json!("text/json")),
        ("/traceparent", json!("x")),
        ("/data/seen_alone", json!(false)),
    ];
    for (pointer, value) in others {
        assert_ne!(accept(&with(visit(), pointer, value)).digest, accept(&visit()).digest, "{pointer}");
    }
}

#[test]
fn one_checker_keeps_nothing_but_memory() {
    let mut checker = Checker::new();
    let received = instant("2021-02-01T00:00:00Z");
    let line = visit().to_string();
    let first = checker.check(line.as_bytes(), received).unwrap();
    checker.check(b"{", received).unwrap_err();
    let second = checker.check(line.as_bytes(), received).unwrap();
    assert_eq!(first, second);
    assert!(Arc::ptr_eq(&first.source, &second.source));
    let other = with(visit(), "/source", "urn:other".into()).to_string();
    assert_eq!(&*checker.check(other.as_bytes(), received).unwrap().source, "urn:other");
    assert_eq!(checker.check(line.as_bytes(), received).unwrap(), check(&line).unwrap());
}

/// Any JSON value, shallow; numbers are integers or doubles that are not whole.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..3).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ab]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[ab]{0,2}", inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn digests_are_equal_exactly_if_the_values_are(one in values(), other in values()) {
        prop_assert_eq!(digest_with(&one.to_string()) == digest_with(&other.to_string()), one == other);
    }
}
