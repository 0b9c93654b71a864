//! Walking the tree of a TOML text by hand, so that every key and value keeps its place.

use super::notes::Notes;
use super::suggest::{one_of, shown};
use calendar::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use vocabulary::Number;

/// A value and where it is.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    /// The byte at which it begins.
    pub(super) at: usize,
    value: &'a DeValue<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Spanned<DeValue<'a>>) -> Node<'a> {
        Node { at: value.span().start, value: value.get_ref() }
    }

    /// What it is, for a message.
    pub(super) fn is(self) -> &'static str {
        match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// The text, if it is one.
    pub(super) fn as_text(self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// The truth value, if it is one.
    pub(super) fn as_bool(self) -> Option<bool> {
        self.value.as_bool()
    }

    /// The table, if it is one.
    pub(super) fn as_table(self) -> Option<&'a DeTable<'a>> {
        self.value.as_table()
    }

    /// The values, if it is a list.
    pub(super) fn as_list(self) -> Option<Vec<Node<'a>>> {
        self.value.as_array().map(|list| list.iter().map(Node::new).collect())
    }

    /// The values of a list; of anything else, itself alone.
    pub(super) fn each(self) -> Vec<Node<'a>> {
        self.as_list().unwrap_or_else(|| vec![self])
    }

    /// The whole number, if it is one that fits.
    fn as_whole(self) -> Option<i64> {
        let integer = self.value.as_integer()?;
        i64::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// The number, if it is one.
    pub(super) fn as_number(self) -> Option<Number> {
        let float = |value: &DeValue<'_>| value.as_float()?.as_str().parse::<f64>().ok();
        // Whole numbers beyond the exact doubles are beyond every bound that a rulebook knows, too.
        Number::new(self.as_whole().map(|whole| whole as f64).or_else(|| float(self.value))?)
    }

    /// The text, or a mistake.
    pub(super) fn text(self, key: &str, notes: &mut Notes<'_>) -> Option<&'a str> {
        self.expect(self.as_text(), key, "a text", notes)
    }

    /// A text with something in it, or a mistake.
    pub(super) fn filled(self, key: &str, notes: &mut Notes<'_>) -> Option<&'a str> {
        let text = self.text(key, notes)?;
        if text.trim().is_empty() {
            notes.wrong(self.at, format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    /// The truth value, or a mistake.
    pub(super) fn bool(self, key: &str, notes: &mut Notes<'_>) -> Option<bool> {
        self.expect(self.as_bool(), key, "true or false", notes)
    }

    /// The number from `least` to `most`, or a mistake.
    pub(super) fn number(self, key: &str, least: f64, most: f64, notes: &mut Notes<'_>) -> Option<Number> {
        let number = self.expect(self.as_number(), key, "a number", notes)?;
        if number.get() < least || number.get() > most {
            notes.wrong(self.at, format!("`{key}` must be from {least} to {most}"));
            return None;
        }
        Some(number)
    }

    /// The whole number from `least` to `most`, or a mistake.
    pub(super) fn whole(self, key: &str, least: u32, most: u32, notes: &mut Notes<'_>) -> Option<u32> {
        self.expect(self.value.as_integer(), key, "a whole number", notes)?;
        let fits = |whole: &u32| (least..=most).contains(whole);
        let found = self.as_whole().and_then(|whole| u32::try_from(whole).ok()).filter(fits);
        if found.is_none() {
            notes.wrong(self.at, format!("`{key}` must be from {least} to {most}"));
        }
        found
    }

    /// The date, or a mistake. Dates for which the bank holidays are not known are doubtful.
    pub(super) fn date(self, key: &str, notes: &mut Notes<'_>) -> Option<Date> {
        let whole_day = self.value.as_datetime().filter(|found| found.time.is_none());
        let found = whole_day.and_then(|found| found.date);
        let found = self.expect(found, key, "a date like 2022-04-01, without quotation marks", notes)?;
        let date = Date::new(found.year.into(), found.month, found.day);
        let date = self.expect(date, key, "a day of the calendar", notes)?;
        if !calendar::WorkingDays::covers(date) {
            let message = format!("`{key}` is {date}, but bank holidays are known from 2010 to 2035 only");
            notes.doubtful(self.at, message);
        }
        Some(date)
    }

    /// The table's fields, or a mistake. `label` is what the table is called in messages.
    pub(super) fn fields(self, label: impl Into<String>, notes: &mut Notes<'_>) -> Option<Fields<'a>> {
        let label = label.into();
        match self.as_table() {
            Some(table) => Some(Fields { at: self.at, label, table, known: Vec::new() }),
            None => {
                notes.wrong(self.at, format!("{label} must be a table, not {}", self.is()));
                None
            }
        }
    }

    /// What was found, or a mistake about the wrong type.
    fn expect<T>(self, found: Option<T>, key: &str, wanted: &str, notes: &mut Notes<'_>) -> Option<T> {
        if found.is_none() {
            notes.wrong(self.at, format!("`{key}` must be {wanted}, not {}", self.is()));
        }
        found
    }
}

/// The keys of one table. Which keys are known is what the code has asked for by the time it is done.
pub(super) struct Fields<'a> {
    /// Where the table begins.
    pub(super) at: usize,
    /// What the table is called in messages.
    pub(super) label: String,
    table: &'a DeTable<'a>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The whole document.
    pub(super) fn document(table: &'a DeTable<'a>) -> Fields<'a> {
        Fields { at: 0, label: "a rulebook".to_owned(), table, known: Vec::new() }
    }

    /// The value of a key, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.known.push(key);
        self.table.get(key).map(Node::new)
    }

    /// The value of a key that is read elsewhere.
    pub(super) fn peek(&self, key: &str) -> Option<Node<'a>> {
        self.table.get(key).map(Node::new)
    }

    /// The value of a key, or a mistake.
    pub(super) fn need(&mut self, key: &'static str, notes: &mut Notes<'_>) -> Option<Node<'a>> {
        let found = self.take(key);
        if found.is_none() {
            notes.wrong(self.at, format!("no `{key}` in {}", self.label));
        }
        found
    }

    /// A text that must be there.
    pub(super) fn need_text(&mut self, key: &'static str, notes: &mut Notes<'_>) -> Option<&'a str> {
        self.need(key, notes)?.filled(key, notes)
    }

    /// A truth value, false where it is absent.
    pub(super) fn flag(&mut self, key: &'static str, notes: &mut Notes<'_>) -> bool {
        self.take(key).and_then(|node| node.bool(key, notes)).unwrap_or(false)
    }

    /// One of several words, each with its meaning.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        notes: &mut Notes<'_>,
    ) -> Option<T> {
        let node = self.take(key)?;
        choice(node, key, words, notes)
    }

    /// One of several words that must be there.
    pub(super) fn need_choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        notes: &mut Notes<'_>,
    ) -> Option<T> {
        let node = self.need(key, notes)?;
        choice(node, key, words, notes)
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, notes: &mut Notes<'_>) {
        for key in self.table.keys() {
            if notes.are_full() {
                break;
            }
            let name: &str = key.get_ref();
            if !self.known.contains(&name) {
                let hint = one_of(name, self.known.iter().copied());
                notes.wrong(key.span().start, format!("unknown key `{}` in {}{hint}", shown(name), self.label));
            }
        }
    }
}

/// The meaning of a word, or a mistake.
pub(super) fn choice<T: Copy>(
    node: Node<'_>,
    key: &str,
    words: &[(&'static str, T)],
    notes: &mut Notes<'_>,
) -> Option<T> {
    let word = node.text(key, notes)?;
    let found = words.iter().find(|(known, _)| *known == word);
    if found.is_none() {
        let hint = one_of(word, words.iter().map(|(known, _)| *known));
        notes.wrong(node.at, format!("`{key}` cannot be `{}`{hint}", shown(word)));
    }
    found.map(|(_, meaning)| *meaning)
}
