//! Comparing what people write: headers, names of sheets, coded values.

/// A text as lower-case words of letters and digits, with single spaces: `Child's "Legal" Status (Y/N)?` becomes
/// `childs legal status y n`. A text written without spaces, as databases name columns, is divided where a small
/// letter or a digit is followed by a capital one and before the last of several capitals: `CINStartDate` becomes
/// `cin start date`.
pub(super) fn words(text: &str) -> String {
    let is_run_together = !text.trim().contains(char::is_whitespace);
    let letters: Vec<char> = text.chars().filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '`')).collect();
    let mut words = String::with_capacity(text.len());
    for (position, letter) in letters.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(position + 1);
        let begins_word = is_run_together
            && letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit() && after.is_some_and(|after| after.is_lowercase())
                    || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase())
            });
        if !letter.is_alphanumeric() || begins_word {
            space(&mut words);
        }
        if letter.is_alphanumeric() {
            words.extend(letter.to_lowercase());
        }
    }
    words.truncate(words.trim_end().len());
    words
}

fn space(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

/// Whether words fit a pattern: its words stand in them in this order, with others between, before and after. In a
/// pattern `date*` is every word that begins so, `!age` a word that must not be there at all; a pattern that begins
/// with `=` is the whole text.
pub(super) fn fits(words: &str, pattern: &str) -> bool {
    if let Some(whole) = pattern.strip_prefix('=') {
        return words == whole;
    }
    let mut rest = words.split(' ');
    pattern.split(' ').all(|wanted| match wanted.strip_prefix('!') {
        Some(unwanted) => !words.split(' ').any(|word| is_word(word, unwanted)),
        None => rest.any(|word| is_word(word, wanted)),
    })
}

fn is_word(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == wanted,
    }
}
