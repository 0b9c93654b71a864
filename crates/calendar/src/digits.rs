//! Digits read and written as bytes, for the texts that come by the million.

/// Eight bytes at once: each must be a digit where the form has a `0`, and otherwise what the form has. In the result
/// every place holds its digit times ten plus the digit in the next place, so that where a number of two digits
/// begins, there it is. `None` where a byte is another.
#[inline]
pub(crate) fn pairs(text: [u8; 8], form: [u8; 8]) -> Option<[u8; 8]> {
    // Where a byte differs from its form by no more than is allowed (9 for a digit, 0 for a mark), adding this leaves
    // the highest bit clear; where it differs by more, that bit gets set.
    let room = form.map(|byte| if byte == b'0' { 0x7f - 9 } else { 0x7f });
    let digits = u64::from_le_bytes(text) ^ u64::from_le_bytes(form);
    // A byte that had the bit from the start may carry into the next; it is refused by itself.
    let tried = digits.wrapping_add(u64::from_le_bytes(room));
    if (digits | tried) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    // No place gets more than 99, so none runs over into the next.
    Some((digits * 10 + (digits >> 8)).to_le_bytes())
}

/// The number that two digits make.
#[inline]
pub(crate) const fn two(tens: u8, ones: u8) -> u8 {
    (tens - b'0') * 10 + (ones - b'0')
}

/// The digit of a number at a place (1, 10, 100 …), as a character.
#[inline]
pub(crate) const fn digit(number: u32, place: u32) -> u8 {
    b'0' + (number / place % 10) as u8
}
