//! Accepted events as an export writes them: one a line, as they were received, with `receivedtime`.

use calendar::Instant;
use serde::Deserializer as _;
use serde::de::{self, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The member that says when the ledger took the event.
const RECEIVED: &str = "receivedtime";

/// Appends an accepted event as a line with its newline: all members as they were received, and `receivedtime` in place
/// of one that it may have had.
///
/// # Errors
///
/// Where the bytes are no JSON object, which no accepted event is.
pub fn write_line(bytes: &[u8], received: Instant, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let members = serde_json::Deserializer::from_slice(bytes).deserialize_map(Members)?;
    let mut before = b'{';
    for (key, value) in members.iter().filter(|(key, _)| key != RECEIVED) {
        out.push(before);
        serde_json::to_writer(&mut *out, key)?;
        out.push(b':');
        // A line break in JSON can only stand between its parts, where it means nothing.
        out.extend(value.get().bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')));
        before = b',';
    }
    out.push(before);
    out.extend_from_slice(format!("\"{RECEIVED}\":\"{received}\"}}\n").as_bytes());
    Ok(())
}

/// The members of an object in their order, each value as it was written.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
            members.push(member);
        }
        if members.is_empty() {
            return Err(de::Error::custom("an event without members"));
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::write_line;
    use calendar::Instant;

    #[track_caller]
    fn check(event: &str, line: &str) {
        let received = Instant::parse("2021-01-08T16:00:00Z").expect("an instant");
        let mut out = Vec::new();
        write_line(event.as_bytes(), received, &mut out).expect("an event");
        assert_eq!(String::from_utf8(out).expect("text"), format!("{line}\n"));
    }

    #[test]
    fn members_keep_their_order_and_their_text() {
        check(r#"{"id":"1", "n": 1.50}"#, r#"{"id":"1","n":1.50,"receivedtime":"2021-01-08T16:00:00Z"}"#);
        check(
            "{\n  \"data\": {\n \"a\": [1,\r\n2]}\n}",
            r#"{"data":{ "a": [1,2]},"receivedtime":"2021-01-08T16:00:00Z"}"#,
        );
    }

    #[test]
    fn what_the_event_says_of_its_receipt_is_replaced() {
        let received = r#"{"id":"1","receivedtime":"2021-01-08T16:00:00Z"}"#;
        check(r#"{"receivedtime":"1999-01-01T00:00:00Z","id":"1"}"#, received);
        check(r#"{"received\u0074ime":null,"id":"1"}"#, received);
        check(
            r#"{"id":"1","data":{"receivedtime":"x"}}"#,
            r#"{"id":"1","data":{"receivedtime":"x"},"receivedtime":"2021-01-08T16:00:00Z"}"#,
        );
    }
}
