//! Bytes that are no CloudEvent.

use proptest::prelude::*;
use serde_json::{Value, json};
use vocabulary::{EventType, MOST_BYTES_PER_EVENT, Reason, Refusal};

use crate::support::*;

#[test]
fn what_is_not_json_is_malformed() {
    let cases = [
        "{\"specversion\":\"1.0\",",
        "{not json",
        "{}{}",
        "{} x",
        "nul",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{'a':1}",
        "[1,]",
        "{\"a\":\"\t\"}",
        "{\"a\":NaN}",
        "\u{feff}{}",
    ];
    for line in cases {
        expect_line(line, "malformed");
    }
    let detail = check("{\"specversion\":\"1.0\",").unwrap_err().detail;
    assert_eq!(detail, "expected JSON; EOF while parsing a value at line 1 column 21");
}

#[test]
fn what_is_not_an_object_is_malformed() {
    for line in ["null", "true", "1", "-1.5", "\"x\"", "[]", "[{}]"] {
        expect_line(line, "malformed");
    }
}

#[test]
fn what_is_not_utf_8_is_malformed() {
    let line = visit().to_string().replace("lcs-visit", "lcs-\u{1}visit").into_bytes();
    let line: Vec<u8> = line.into_iter().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
    let refusal = check(&line).unwrap_err();
    assert_eq!((refusal.reason, refusal.field), (Reason::Malformed, None));
    assert!(refusal.detail.starts_with("expected UTF-8; found other bytes at offset "));
    // An overlong form and a surrogate are not UTF-8 either.
    for bytes in [&b"{\"a\":\"\xc0\x80\"}"[..], b"{\"a\":\"\xed\xa0\x80\"}"] {
        assert_eq!(verdict(&check(bytes)), "malformed");
    }
}

/// The visit with some text put into the data as another member.
fn with_member(member: &str) -> String {
    visit().to_string().replace("\"seen\":true", &format!("\"seen\":true,{member}"))
}

#[test]
fn a_key_comes_once_in_an_object() {
    expect_line(&with_member("\"x\":1"), "ok");
    let cases = [
        "\"seen\":true",
        "\"x\":1,\"x\":1",
        "\"x\":1,\"\\u0078\":2",
        "\"x\":{\"y\":[{\"z\":1,\"a\":2,\"z\":1}]}",
        "\"\":1,\"\":2",
        "\"abcdefgh1\":1,\"abcdefgh2\":1,\"abcdefgh1\":1",
    ];
    for member in cases {
        expect_line(&with_member(member), "malformed");
    }
    expect_line(&visit().to_string().replace("\"id\":", "\"id\":null,\"id\":"), "malformed");
    let detail = check(with_member("\"x\":1,\"x\":1")).unwrap_err().detail;
    assert!(detail.starts_with("expected each key of an object once; found \"x\" again at line 1 column "), "{detail}");
}

#[test]
fn a_key_comes_once_also_in_a_long_object() {
    for length in [15_u32, 16, 17, 18, 40, 1000] {
        let keys: Vec<String> =
            (0..length).map(|key| format!("\"key{:08}\":1", key.wrapping_mul(2_654_435_761))).collect();
        expect_line(&with_member(&keys.join(",")), "ok");
        for again in [0, length / 2, length - 1] {
            let twice = format!("{},{}", keys.join(","), keys[again as usize]);
            expect_line(&with_member(&twice), "malformed");
        }
    }
}

#[test]
fn a_hundred_thousand_keys_take_no_long_time() {
    let keys: Vec<String> = (0..100_000).map(|key| format!("\"a long key {key}\":{key}")).collect();
    expect_line(&with_member(&keys.join(",")), "ok");
    expect_line(&with_member(&format!("{},{}", keys.join(","), keys[77])), "malformed");
}

#[test]
fn nesting_ends_at_64() {
    // The envelope and the data are the first two.
    let nested = |open: &str, close: &str, depth: usize| {
        with_member(&format!("\"x\":{}1{}", open.repeat(depth), close.repeat(depth)))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        expect_line(&nested(open, close, 62), "ok");
        expect_line(&nested(open, close, 63), "malformed");
        expect_line(&nested(open, close, 126), "malformed");
        expect_line(&nested(open, close, 1_000_000), "malformed");
    }
    let empty = |depth: usize| with_member(&format!("\"x\":{}{}", "[".repeat(depth), "]".repeat(depth)));
    expect_line(&empty(62), "ok");
    expect_line(&empty(63), "malformed");
    expect_line(&"[".repeat(1_000_000), "malformed");
}

#[test]
fn a_number_is_not_beyond_a_double() {
    for number in ["1e308", "-1e308", "1e-999", "0e999", &"9".repeat(300), "1.7976931348623157e308"] {
        expect_line(&with_member(&format!("\"x\":{number}")), "ok");
    }
    for number in ["1e999", "-1e999", "1.8e308", &"9".repeat(400), &format!("{}.5e300", "9".repeat(20))] {
        expect_line(&with_member(&format!("\"x\":{number}")), "malformed");
    }
}

#[test]
fn u0000_is_nowhere() {
    let cases = ["\"x\":\"a\\u0000\"", "\"x\\u0000\":1", "\"x\":[{\"\\u0000\":1}]", "\"x\":\"\0\"", "\"\0\":1"];
    for member in cases {
        expect_line(&with_member(member), "malformed");
    }
    expect_line(&visit().to_string().replace("lcs-visit", "lcs\\u0000visit"), "malformed");
    // An escaped backslash before u0000 is no escape of U+0000.
    expect_line(&with_member("\"x\":\"a\\\\u0000\""), "ok");
}

#[test]
fn surrogates_come_in_pairs() {
    for member in ["\"x\":\"\\ud800\"", "\"x\":\"\\udc00\"", "\"\\ud800\":1", "\"x\":\"\\ud800\\u0041\""] {
        expect_line(&with_member(member), "malformed");
    }
    expect_line(&with_member("\"x\":\"\\ud83d\\ude00\""), "ok");
}

#[test]
fn sixteen_mebibytes_are_enough() {
    let padded = |length: usize| {
        let line = with_member("\"x\":\"\"");
        let missing = length - line.len();
        line.replace("\"x\":\"\"", &format!("\"x\":\"{}\"", "y".repeat(missing)))
    };
    assert_eq!(verdict(&check(padded(MOST_BYTES_PER_EVENT))), "ok");
    let refusal = check(padded(MOST_BYTES_PER_EVENT + 1)).unwrap_err();
    assert_eq!(refusal, Refusal::too_long(MOST_BYTES_PER_EVENT as u64 + 1));
    assert_eq!((refusal.reason, refusal.field), (Reason::Malformed, None));
}

#[test]
fn a_cloud_event_says_who_and_what_it_is() {
    for other in [Value::Null, json!("1"), json!("1.1"), json!("0.3"), json!(1), json!(["1.0"])] {
        expect(&with(visit(), "/specversion", other), "malformed /specversion");
    }
    expect(&without(visit(), "/specversion"), "malformed /specversion");
    for pointer in ["/id", "/source", "/type"] {
        let expected = format!("malformed {pointer}");
        expect(&without(visit(), pointer), &expected);
        for other in [Value::Null, json!(""), json!(1), json!({}), json!(["x"])] {
            expect(&with(visit(), pointer, other), &expected);
        }
    }
}

#[test]
fn escapes_are_undone() {
    let line = visit().to_string().replace("lcs-visit", "lcs\\u002dvisit").replace("\"seen\"", "\"s\\u0065en\"");
    assert_eq!(check(line).unwrap(), accept(&visit()));
}

#[test]
fn an_event_cut_at_any_byte_is_malformed() {
    for event_type in EventType::ALL {
        let line = with(full(*event_type), "/é", "…".into()).to_string().into_bytes();
        for end in 1..line.len() {
            assert_eq!(verdict(&check(&line[..end])), "malformed");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(check(bytes).is_err());
    }

    #[test]
    fn no_changed_bytes_make_it_panic(
        (_, event) in events(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6),
    ) {
        let mut line = event.to_string().into_bytes();
        for (at, byte, kind) in changes {
            let at = at.index(line.len());
            match kind {
                0 => line[at] = byte,
                1 => line.insert(at, byte),
                _ => drop(line.remove(at)),
            }
        }
        if let Err(refusal) = check(line) {
            prop_assert!(refusal.detail.starts_with("expected "), "{}", refusal);
        }
    }
}
