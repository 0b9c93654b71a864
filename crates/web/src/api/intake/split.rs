//! The events of a batch, each as the bytes that were sent.

use crate::api::problem::ApiError;
use bytes::Bytes;
use serde_json::value::RawValue;

/// The events of a JSON array: exactly their bytes, without the white space around them.
///
/// # Errors
///
/// Where the array is not JSON, which says at which byte, as its events cannot be told apart; or has too many.
pub fn events(batch: &Bytes, most: usize) -> Result<Vec<Bytes>, ApiError> {
    let members: Vec<&RawValue> = serde_json::from_slice(batch).map_err(|error| {
        let offset = offset(batch, error.line(), error.column());
        ApiError::BadRequest(format!(
            "The batch is not a JSON array of events: at byte {offset} {}. Nothing of it was taken.",
            what(&error)
        ))
    })?;
    if members.len() > most {
        return Err(ApiError::TooLarge(format!(
            "The batch has {} events, and at most {most} are taken at once. Send it in parts, or as lines \
             (application/x-ndjson).",
            members.len()
        )));
    }
    Ok(members.into_iter().map(|member| batch.slice_ref(member.get().as_bytes())).collect())
}

/// What is wrong, without the place, which is said as an offset.
fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(what, _)| what.to_owned())
}

/// The offset of a place that is given by line and column, both from 1; column 0 is the end of the line before.
fn offset(bytes: &[u8], line: usize, column: usize) -> usize {
    let before: usize =
        bytes.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    (before + column.saturating_sub(1)).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(batch: &str) -> Vec<String> {
        let events = events(&Bytes::copy_from_slice(batch.as_bytes()), 10).expect("an array");
        events.iter().map(|event| String::from_utf8_lossy(event).into_owned()).collect()
    }

    fn refused(batch: &[u8]) -> String {
        match events(&Bytes::copy_from_slice(batch), 2) {
            Err(ApiError::BadRequest(why) | ApiError::TooLarge(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn bytes_are_kept() {
        assert_eq!(split("[]"), [""; 0]);
        assert_eq!(
            split(" [ {\"a\" : 1.50,\r\n \"a\":\"\\u00e9é\"} , 7,[ ],\"x\" ]\n"),
            ["{\"a\" : 1.50,\r\n \"a\":\"\\u00e9é\"}", "7", "[ ]", "\"x\""]
        );
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(split(&deep).len(), 1);
    }

    #[test]
    fn what_is_no_array_says_where() {
        let check = |batch: &str, place: &str| {
            let why = refused(batch.as_bytes());
            assert!(why.contains(place), "{why}");
        };
        check("{}", "at byte 0 ");
        check("[{},\n {x}]", "at byte 7 ");
        check("[{}", "at byte ");
        check("[{}] x", "at byte 5 ");
        check("[1,2,3]", "has 3 events");
        assert!(refused(b"[\"\xff\"]").contains("at byte "));
    }

    proptest! {
        #[test]
        fn any_bytes_are_split_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let batch = Bytes::from(bytes);
            if let Ok(events) = events(&batch, 1_000) {
                prop_assert!(events.iter().map(Bytes::len).sum::<usize>() <= batch.len());
            }
        }
    }
}
