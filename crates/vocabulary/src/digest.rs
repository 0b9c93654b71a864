//! The digest of an event's content.

use xxhash_rust::xxh3::xxh3_128;

use crate::json::{Json, Object};

/// The member of an envelope that is not content: it says when the ledger took the event.
const NOT_CONTENT: &str = "receivedtime";

/// A digest of an event's content: the same for envelopes that are equal as JSON values, `receivedtime` apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Digest(pub u128);

/// The digest of an envelope. `buffer` is only there to be used again.
pub(crate) fn digest(envelope: &Object<'_>, buffer: &mut Vec<u8>) -> Digest {
    buffer.clear();
    for member in envelope.iter().filter(|member| member.key != NOT_CONTENT) {
        write_text(&member.key, buffer);
        write(&member.value, buffer);
    }
    Digest(xxh3_128(buffer))
}

/// Writes a value so that two have the same bytes exactly if they are equal, and none begins with another.
fn write(json: &Json<'_>, out: &mut Vec<u8>) {
    match json {
        Json::Null => out.push(b'n'),
        Json::Bool(false) => out.push(b'f'),
        Json::Bool(true) => out.push(b't'),
        Json::Natural(number) => write_number(b'+', *number, out),
        Json::Negative(number) => write_number(b'-', number.unsigned_abs(), out),
        Json::Double(number) => write_double(*number, out),
        Json::Text(text) => {
            out.push(b's');
            write_text(text, out);
        }
        Json::List(list) => {
            write_number(b'[', list.len() as u64, out);
            list.iter().for_each(|item| write(item, out));
        }
        Json::Object(members) => {
            write_number(b'{', members.len() as u64, out);
            for member in members {
                write_text(&member.key, out);
                write(&member.value, out);
            }
        }
    }
}

/// Writes a number of which another part of the text may give the same value without fraction or exponent.
fn write_double(number: f64, out: &mut Vec<u8>) {
    // The conversion saturates, and a double just below 2^64 is the last that fits.
    let magnitude = number.abs();
    if number.fract() == 0.0 && magnitude < 18_446_744_073_709_551_616.0 {
        let sign = if number < 0.0 { b'-' } else { b'+' };
        write_number(sign, magnitude as u64, out);
    } else {
        write_number(b'd', number.to_bits(), out);
    }
}

/// Writes the kind of value and a number.
fn write_number(kind: u8, number: u64, out: &mut Vec<u8>) {
    out.push(kind);
    out.extend_from_slice(&number.to_le_bytes());
}

/// Writes a string with its length.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u64).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}
