//! Addresses within the site: query strings, where a reader came from, and the names of rows.

use rulebook::Rulebook;
use sha2::{Digest as _, Sha256};
use vocabulary::{Subject, SubjectKind};

/// The most values that one question may give for all of its fields together; more than any page ever links to.
const MOST_VALUES: usize = 400;

/// The fields of a query string or form, in order. Empty values are what an untouched form sends, and count as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a query string or the body of a form.
    ///
    /// # Errors
    ///
    /// Says that there are too many values.
    pub fn read(text: &str) -> Result<Fields, String> {
        let pairs = form_urlencoded::parse(text.as_bytes()).filter(|(_, value)| !value.is_empty());
        let fields: Vec<(String, String)> =
            pairs.take(MOST_VALUES + 1).map(|(key, value)| (key.into(), value.into())).collect();
        if fields.len() > MOST_VALUES {
            return Err(format!("The address has more than {MOST_VALUES} values. Choose fewer filters."));
        }
        Ok(Fields(fields))
    }

    /// The first value of a field.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field, in order.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field, each once, in order.
    pub fn each(&self, name: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.all(name) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        values
    }
}

/// A path with a query string of those fields; without any, the path alone.
pub fn with_query<'f>(path: &str, fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The page of a subject, which leads back to where the reader came from. None: there is no page for such a subject.
pub fn subject(subject: &Subject, back: Option<&str>) -> Option<String> {
    match subject.kind() {
        SubjectKind::Child | SubjectKind::Carer => {
            Some(with_query(&format!("/subjects/{subject}"), back.map(|back| ("back", back))))
        }
        SubjectKind::Worker | SubjectKind::Locality | SubjectKind::Authority => None,
    }
}

/// Where the back link of a page leads, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// The address, within the site.
    pub href: String,
    /// The words of the link.
    pub text: &'static str,
}

/// Where a reader may have come from: the page's path and what a link back to it says.
const ORIGINS: &[(&str, &str)] = &[
    ("/worklist", "Back to the worklist"),
    ("/measures/", "Back to the measure"),
    ("/quality", "Back to data quality"),
];

impl Back {
    /// The page that an address names as the one to go back to. Anything but a page of this site that lists subjects
    /// is no such page: an address can be made by anybody.
    pub fn read(given: Option<&str>) -> Option<Back> {
        let href = given?;
        let plain = href.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !href.contains("//");
        let (_, text) = ORIGINS.iter().find(|(path, _)| href.starts_with(path))?;
        plain.then(|| Back { href: href.to_owned(), text })
    }
}

/// The key of a clock, by which rows are known in lists, in the API and in the live feed: subject, clock, start, episode
/// (empty where there is none) and place in the sequence.
pub fn clock_key(row: &engine::Row, rulebook: &Rulebook) -> String {
    let clock = rulebook.clocks.get(row.kind).map_or("", |rule| rule.id.as_str());
    let episode = row.episode.as_deref().unwrap_or_default();
    format!("{}~{clock}~{}~{episode}~{}", row.subject, row.started_at, row.place)
}

/// The anchor of a clock's row in a page: its key may hold any character, an anchor may not.
pub fn anchor(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let mut anchor = "clock-".to_owned();
    for byte in digest.iter().take(8) {
        anchor.push_str(&format!("{byte:02x}"));
    }
    anchor
}

/// The part of a subject's name that tells it from others at a glance: the first group of a UUID's digits.
pub fn short_name(subject: &Subject) -> String {
    let text = subject.to_string();
    let (kind, id) = text.split_once('/').unwrap_or(("", &text));
    let id = if subject.kind().has_uuid() { id.split('-').next().unwrap_or(id) } else { id };
    let mut kind = kind.to_owned();
    if let Some(first) = kind.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{kind} {id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_values_are_absent() {
        let fields = Fields::read("a=&b=1&b=2&b=1&c=x%26y").expect("few fields");
        assert_eq!(fields.one("a"), None);
        assert_eq!(fields.each("b"), ["1", "2"]);
        assert_eq!(fields.one("c"), Some("x&y"));
    }

    #[test]
    fn too_many_values_are_refused() {
        assert!(Fields::read(&"a=1&".repeat(MOST_VALUES)).is_ok());
        assert!(Fields::read(&"a=1&".repeat(MOST_VALUES + 1)).is_err());
    }

    #[test]
    fn queries() {
        assert_eq!(with_query("/worklist", []), "/worklist");
        assert_eq!(with_query("/worklist", [("team", "North & West")]), "/worklist?team=North+%26+West");
    }

    #[test]
    fn only_lists_of_this_site_are_gone_back_to() {
        let back = |given| Back::read(Some(given)).map(|back| back.href);
        assert_eq!(back("/worklist?team=x#clock-1").as_deref(), Some("/worklist?team=x#clock-1"));
        assert_eq!(
            back("/measures/cp_visit_timely?period=2021-01").as_deref(),
            Some("/measures/cp_visit_timely?period=2021-01")
        );
        for elsewhere in [
            "https://example.org/worklist",
            "//example.org",
            "/\\example.org",
            "javascript:x",
            "/system",
            "/worklist\n",
            "/quality//x",
        ] {
            assert_eq!(back(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn names() {
        let child = Subject::parse("child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11").expect("a child");
        assert_eq!(short_name(&child), "Child 0b7c1f0a");
        assert_eq!(short_name(&Subject::parse("worker/SW1").expect("a worker")), "Worker SW1");
        assert_eq!(
            subject(&child, Some("/quality")).as_deref(),
            Some("/subjects/child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11?back=%2Fquality")
        );
        assert_eq!(subject(&Subject::parse("worker/SW1").expect("a worker"), None), None);
    }
}
