//! JSON written by hand, so that keys keep the order that the contract gives them.

use std::fmt::{self, Display};
use std::io::{self, Write};
use vocabulary::Number;

/// An object whose keys keep the order in which they are added, written at the end of a text.
pub(super) struct Object<'t> {
    text: &'t mut String,
    empty: bool,
}

impl<'t> Object<'t> {
    /// Opens an object.
    pub fn begin(text: &'t mut String) -> Object<'t> {
        text.push('{');
        Object { text, empty: true }
    }

    /// Adds a text.
    pub fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.shown(key, text)
    }

    /// Adds a text, or null.
    pub fn maybe(&mut self, key: &str, text: Option<impl Display>) -> &mut Self {
        match text {
            Some(text) => self.shown(key, text),
            None => self.plain(key, "null"),
        }
    }

    /// Adds what something displays, as a text.
    pub fn shown(&mut self, key: &str, value: impl Display) -> &mut Self {
        self.key(key);
        self.text.push('"');
        // Writing to a text cannot fail.
        let _ = fmt::Write::write_fmt(&mut Escaping(self.text), format_args!("{value}"));
        self.text.push('"');
        self
    }

    /// Adds a number or null.
    pub fn number(&mut self, key: &str, number: Option<i64>) -> &mut Self {
        match number {
            Some(number) => self.plain(key, number),
            None => self.plain(key, "null"),
        }
    }

    /// Adds what something displays, as it is: a number, null.
    pub fn plain(&mut self, key: &str, value: impl Display) -> &mut Self {
        self.key(key);
        let _ = fmt::Write::write_fmt(self.text, format_args!("{value}"));
        self
    }

    /// Adds an object that `write` fills.
    pub fn object(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) -> &mut Self {
        self.key(key);
        let mut object = Object::begin(self.text);
        write(&mut object);
        object.end();
        self
    }

    /// Adds an array of objects, each filled by `write`.
    pub fn array<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(T, &mut Object<'_>),
    ) -> &mut Self {
        self.key(key);
        let mut before = "[";
        for item in items {
            self.text.push_str(before);
            before = ", ";
            let mut object = Object::begin(self.text);
            write(item, &mut object);
            object.end();
        }
        self.text.push_str(if before == "[" { "[]" } else { "]" });
        self
    }

    /// Closes the object.
    pub fn end(&mut self) {
        self.text.push('}');
    }

    /// Keys are names of ours that need no escapes.
    fn key(&mut self, key: &str) {
        let comma = if std::mem::take(&mut self.empty) { "" } else { ", " };
        for part in [comma, "\"", key, "\": "] {
            self.text.push_str(part);
        }
    }
}

/// Escapes what JSON does not let stand in a string (RFC 8259, section 7).
struct Escaping<'t>(&'t mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            self.0.push_str(text);
            return Ok(());
        }
        for character in text.chars() {
            match character {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                control if control < ' ' => write!(self.0, "\\u{:04x}", u32::from(control))?,
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}

/// Writes an array of objects, each filled by `write`, one a line, as they are made.
pub(super) fn write_array<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut dyn Write,
    write: impl Fn(T, &mut Object<'_>),
) -> io::Result<()> {
    let mut line = String::new();
    let mut before = "[\n";
    for item in items {
        line.push_str(before);
        let mut object = Object::begin(&mut line);
        write(item, &mut object);
        object.end();
        out.write_all(line.as_bytes())?;
        line.clear();
        before = ",\n";
    }
    out.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })?;
    out.flush()
}

/// A number as it was written in the rulebook: 90, not 90.0.
pub fn decimal(number: Number) -> String {
    number.get().to_string()
}
