use calendar::{Instant, InstantError};
use proptest::prelude::*;

use crate::instant;

/// Reads `text`; expects microseconds or an error.
fn check(text: &str, expected: Result<i64, InstantError>) {
    assert_eq!(Instant::parse(text).map(Instant::micros), expected, "{text:?}");
}

/// Reads `text`; expects it to be written as `expected`.
fn check_written(text: &str, expected: &str) {
    assert_eq!(instant(text).to_string(), expected, "{text:?}");
}

#[test]
fn texts_of_instants() {
    check("1970-01-01T00:00:00Z", Ok(0));
    check("1970-01-02T03:04:05Z", Ok(97_445_000_000));
    check("2021-01-08T16:00:00Z", Ok(1_610_121_600_000_000));
    check("2021-01-08t16:00:00z", Ok(1_610_121_600_000_000));
    check("2021-01-08T17:00:00+01:00", Ok(1_610_121_600_000_000));
    check("2021-01-08T12:15:00-03:45", Ok(1_610_121_600_000_000));
    check("2021-01-09T15:59:00+23:59", Ok(1_610_121_600_000_000));
    check("2021-01-08T16:00:00-00:00", Ok(1_610_121_600_000_000));
    check("2000-02-29T23:59:59Z", Ok(951_868_799_000_000));
    check("1969-12-31T23:59:59Z", Ok(-1_000_000));
}

#[test]
fn digits_after_the_sixth_are_cut_off() {
    check("1970-01-01T00:00:00.5Z", Ok(500_000));
    check("1970-01-01T00:00:00.123456Z", Ok(123_456));
    check("1970-01-01T00:00:00.1234569Z", Ok(123_456));
    check("1970-01-01T00:00:00.000000999999999999999999999999999Z", Ok(0));
    check("1970-01-01T00:00:00.000001+01:00", Ok(-3_599_999_999));
    check("1969-12-31T23:59:59.9999999Z", Ok(-1));
    check("1969-12-31T23:59:59.0000009Z", Ok(-1_000_000));
}

#[test]
fn texts_of_another_form() {
    for text in [
        "",
        "Z",
        "2021-01-08",
        "2021-01-08T16:00Z",
        "2021-01-08T16:00:00",
        "2021-01-08 16:00:00Z",
        "2021-01-08T16:00:00.Z",
        "2021-01-08T16:00:00,5Z",
        "2021-01-08T16:00:00.5",
        "2021-01-08T16:00:00.5.5Z",
        "2021-01-08T16:00:00Z ",
        " 2021-01-08T16:00:00Z",
        "2021-01-08T16:00:00ZZ",
        "2021-01-08T16:00:00+0100",
        "2021-01-08T16:00:00+01",
        "2021-01-08T16:00:00+1:00",
        "2021-01-08T16:00:00+01:0x",
        "2021-01-08T16:00:00+01:00:00",
        "2021-01-08T16:00:00 +01:00",
        "2021-01-08T16:00:00−01:00",
        "+2021-01-08T16:00:00Z",
        "-021-01-08T16:00:00Z",
        "12021-01-08T16:00:00Z",
        "20210108T160000Z",
        "2021-1-8T16:00:00Z",
        "2021-W01-5T16:00:00Z",
        "2021-01-08T16:00:0٣Z",
        "Friday",
    ] {
        check(text, Err(InstantError::Form));
    }
}

#[test]
fn days_and_times_that_do_not_exist() {
    check("0000-01-01T00:00:00Z", Err(InstantError::Day));
    check("2021-00-01T00:00:00Z", Err(InstantError::Day));
    check("2021-13-01T00:00:00Z", Err(InstantError::Day));
    check("2021-99-31T00:00:00Z", Err(InstantError::Day));
    check("2021-01-00T00:00:00Z", Err(InstantError::Day));
    check("2021-01-32T00:00:00Z", Err(InstantError::Day));
    check("2021-02-29T00:00:00Z", Err(InstantError::Day));
    check("1900-02-29T00:00:00Z", Err(InstantError::Day));
    check("2021-04-31T00:00:00Z", Err(InstantError::Day));
    check("2021-01-01T24:00:00Z", Err(InstantError::Time));
    check("2021-01-01T00:60:00Z", Err(InstantError::Time));
    check("2016-12-31T23:59:60Z", Err(InstantError::Time));
    check("2021-01-01T00:00:00+24:00", Err(InstantError::Offset));
    check("2021-01-01T00:00:00-00:60", Err(InstantError::Offset));
}

#[test]
fn any_single_byte_changed() {
    let sound = "2021-11-08T16:15:39.25+10:25";
    for place in 0..sound.len() {
        for byte in 0..=255_u8 {
            let mut text = sound.to_owned();
            text.replace_range(place..=place, &char::from(byte).to_string());
            let form = sound.as_bytes()[place];
            let fits = match form {
                b'0'..=b'9' => byte.is_ascii_digit(),
                b'T' => byte == b'T' || byte == b't',
                b'+' => byte == b'+' || byte == b'-',
                _ => byte == form,
            };
            let refused = Instant::parse(&text) == Err(InstantError::Form);
            // A digit more or a sign in the place of the last digit of the fraction is sound as well.
            let in_fraction = (19..22).contains(&place);
            if !in_fraction || byte.is_ascii_digit() {
                assert_eq!(refused, !fits, "{text:?}");
            }
        }
    }
}

#[test]
fn written_in_utc_without_needless_digits() {
    check_written("2021-04-01T10:00:00+01:00", "2021-04-01T09:00:00Z");
    check_written("2021-04-01T10:00:00.120000Z", "2021-04-01T10:00:00.12Z");
    check_written("2021-04-01T10:00:00.000001Z", "2021-04-01T10:00:00.000001Z");
    check_written("2021-04-01T10:20:30.0Z", "2021-04-01T10:20:30Z");
    check_written("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
    check_written("0001-01-01T00:00:00+00:01", "0000-12-31T23:59:00Z");
    check_written("9999-12-31T23:59:59-00:01", "10000-01-01T00:00:59Z");
}

#[test]
fn the_ends_of_the_range() {
    let (least, most) = (Instant::from_micros(i64::MIN), Instant::from_micros(i64::MAX));
    assert_eq!(least.to_string(), "-290308-12-21T19:59:05.224192Z");
    assert_eq!(most.to_string(), "294247-01-10T04:00:54.775807Z");
    assert_eq!(least.plus_hours(-1), least);
    assert_eq!(most.plus_hours(i64::MAX), most);
    assert_eq!(most.plus_micros(1), most);
}

#[test]
fn written_into_a_column() {
    let text = format!("{:<22}|{:>22}", instant("2021-04-01T10:00:00Z"), Instant::from_micros(1));
    assert_eq!(text, "2021-04-01T10:00:00Z  |1970-01-01T00:00:00.000001Z");
}

/// The years 0001 to 9999 in UTC.
const WRITABLE: std::ops::Range<i64> = -62_135_596_800_000_000..253_402_300_800_000_000;

proptest! {
    #[test]
    fn what_is_written_reads_back(micros in WRITABLE) {
        let instant = Instant::from_micros(micros);
        prop_assert_eq!(Instant::parse(&instant.to_string()), Ok(instant));
    }

    #[test]
    fn reads_as_jiff_does(micros in WRITABLE) {
        let text = jiff::Timestamp::from_microsecond(micros).unwrap().to_string();
        prop_assert_eq!(Instant::parse(&text), Ok(Instant::from_micros(micros)));
    }

    #[test]
    fn reading_never_panics(text in ".{0,40}", near in "[0-9TZtz:.+-]{17,32}") {
        let _ = (Instant::parse(&text), Instant::parse(&near));
    }

    #[test]
    fn writing_never_panics(micros: i64) {
        prop_assert!(Instant::from_micros(micros).to_string().ends_with('Z'));
    }

    #[test]
    fn an_offset_is_taken_off(micros in WRITABLE, hours in 0..24_i64, minutes in 0..60_i64) {
        let ahead = (hours * 60 + minutes) * 60_000_000;
        let text = Instant::from_micros(micros).to_string();
        let text = text.replace('Z', &format!("+{hours:02}:{minutes:02}"));
        prop_assert_eq!(Instant::parse(&text), Ok(Instant::from_micros(micros - ahead)));
    }
}
