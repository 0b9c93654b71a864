//! The children of a workbook and what its lists say about them.

use calendar::Date;
use hashbrown::HashMap;
use smol_str::SmolStr;
use uuid::Uuid;
use vocabulary::{Sex, Subject};

use super::bounds::MOST_ROWS_OF_CHILD;
use super::codes::{self, Answer};
use super::layout::{Field, Table};
use super::problems::Problems;
use super::row::{self, Row};

/// What the identifiers of children are made from, together with the council's own: the same child has the same one
/// in every workbook.
const NAMESPACE: &[u8] = b"urn:sightline:annex-a:child";

/// An unborn child is expected no later than so many days after the workbook's day.
const MOST_DAYS_EXPECTED: i32 = 300;

/// A child.
pub(super) struct Child {
    /// The council's identifier, with everything but letters, digits, `-`, `_` and `.` as `%` and its code.
    pub(super) key: String,
    pub(super) subject: Subject,
    pub(super) date_of_birth: Option<Date>,
    pub(super) expected_date: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) ethnicity: Option<&'static str>,
    pub(super) disabled: Option<bool>,
    pub(super) uasc: Option<bool>,
    rows: u32,
}

/// The children, by the order in which they first appear.
#[derive(Default)]
pub(super) struct Children {
    pub(super) list: Vec<Child>,
    positions: HashMap<SmolStr, u32>,
    births: Vec<Birth>,
}

/// A date of birth, or an expected one, as one row gives it.
struct Birth {
    child: u32,
    date: Date,
    /// The list's place among the tables.
    table: usize,
    row: u32,
}

impl Children {
    /// The child of a row; takes what the row says about the child. `table` is the list's place among the tables;
    /// lists are read in their order.
    pub(super) fn of_row(&mut self, row: &mut Row<'_>, table: usize) -> Option<u32> {
        let id = row.child()?;
        let position = self.position(id);
        let child = self.list.get_mut(position as usize)?;
        child.rows += 1;
        if child.rows > MOST_ROWS_OF_CHILD {
            row.report(
                Field::Child,
                format!("there are more than {MOST_ROWS_OF_CHILD} rows of the child; the row is not used"),
            );
            return None;
        }
        let birth = row.any_date(Field::DateOfBirth);
        if let Some(date) = birth {
            if date > row.rules.as_at.plus_days(MOST_DAYS_EXPECTED) {
                row.report(
                    Field::DateOfBirth,
                    format!("{date} is long after {}, the day of the workbook", row.rules.as_at),
                );
            } else {
                self.births.push(Birth { child: position, date, table, row: row.number });
            }
        }
        let sex = row.code(Field::Sex, codes::SEX);
        let ethnicity = row.decoded(Field::Ethnicity, codes::ethnicity, "no ethnicity that is known");
        let disabled = row.decoded(Field::Disability, disability, "neither yes nor no nor a disability that is known");
        let uasc = row.answer(Field::Uasc);
        let child = self.list.get_mut(position as usize)?;
        // Later lists know more of a child; that they know nothing says nothing.
        if sex.is_some_and(|sex| sex != Sex::NotRecorded || child.sex.is_none()) {
            child.sex = sex;
        }
        if ethnicity.is_some_and(|code| !codes::is_no_ethnicity(code) || child.ethnicity.is_none()) {
            child.ethnicity = ethnicity;
        }
        child.disabled = known(disabled).or(child.disabled);
        child.uasc = known(uasc).or(child.uasc);
        Some(position)
    }

    fn position(&mut self, id: SmolStr) -> u32 {
        let Self { list, positions, .. } = self;
        *positions.entry(id).or_insert_with_key(|id| {
            // Rows are bounded far below 2^32.
            let position = list.len() as u32;
            list.push(Child {
                key: key_of(id),
                subject: subject_of(id),
                date_of_birth: None,
                expected_date: None,
                sex: None,
                ethnicity: None,
                disabled: None,
                uasc: None,
                rows: 0,
            });
            position
        })
    }

    /// Decides between dates of birth: the one that most rows give; of equally many that of the latest list. Rows
    /// that give another are reported.
    pub(super) fn settle_births(&mut self, tables: &[Table], as_at: Date, problems: &mut Problems) {
        let mut births = std::mem::take(&mut self.births);
        births.sort_by_key(|birth| birth.child);
        let mut losers = Vec::new();
        for of_child in births.chunk_by(|one, other| one.child == other.child) {
            let votes = |date: Date| of_child.iter().filter(|birth| birth.date == date).count();
            // Rows are in the order of the lists, and of equals the last is taken.
            let Some(chosen) = of_child.iter().max_by_key(|birth| votes(birth.date)).map(|birth| birth.date) else {
                continue;
            };
            losers.extend(of_child.iter().filter(|birth| birth.date != chosen).map(|birth| (birth, chosen)));
            let Some(child) = of_child.first().and_then(|birth| self.list.get_mut(birth.child as usize)) else {
                continue;
            };
            if chosen > as_at {
                child.expected_date = Some(chosen);
            } else {
                child.date_of_birth = Some(chosen);
            }
        }
        losers.sort_by_key(|(birth, _)| (birth.table, birth.row));
        for (birth, chosen) in losers {
            let Some(table) = tables.get(birth.table) else {
                continue;
            };
            let reason = format!("other rows of the child give {chosen}, which is used, and not {}", birth.date);
            row::report(table, birth.row, Field::DateOfBirth, reason, problems);
        }
    }
}

fn known(answer: Option<Answer>) -> Option<bool> {
    match answer {
        Some(Answer::Yes) => Some(true),
        Some(Answer::No) => Some(false),
        Some(Answer::Unknown) | None => None,
    }
}

fn disability(text: &str) -> Option<Answer> {
    let of_bool = |is_disabled| if is_disabled { Answer::Yes } else { Answer::No };
    let nothing = matches!(codes::ethnicity(text), Some(code) if codes::is_no_ethnicity(code));
    codes::answer(text)
        .or_else(|| codes::decode(text, codes::DISABLED).map(of_bool))
        // "Refused" and "not obtained" are written as in the column of ethnicity.
        .or_else(|| nothing.then_some(Answer::Unknown))
}

fn subject_of(id: &str) -> Subject {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE);
    Subject::Child(Uuid::new_v5(&namespace, id.as_bytes()).as_u128())
}

fn key_of(id: &str) -> String {
    let mut key = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => key.push(char::from(byte)),
            byte => key.push_str(&format!("%{byte:02X}")),
        }
    }
    key
}
