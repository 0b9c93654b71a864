//! What a list and a column of it are.

use super::fields::COMMON;

/// What a column holds. Columns of the same meaning in several lists are one field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::annex_a) enum Field {
    Child,
    Sex,
    Ethnicity,
    DateOfBirth,
    Disability,
    Uasc,
    Team,
    Worker,
    PersonalAdviser,
    /// The date on which the row's matter began, or happened: of the contact, the referral, the plan …
    Start,
    /// The date on which it ended.
    End,
    EndReason,
    Source,
    Organisation,
    NoFurtherAction,
    NeedsSupport,
    ConferenceUnnecessary,
    Conference,
    ConferencePlan,
    LastSeen,
    Status,
    InitialCategory,
    LatestCategory,
    LastVisit,
    SeenAlone,
    LastReview,
    LegalStatusStart,
    LegalStatus,
    LastIroContact,
    LastHealth,
    LastDental,
    PlacementStart,
    PlacementType,
    PlacementProvider,
    PlacementLocation,
    Eligibility,
    InTouch,
    LastContact,
    Accommodation,
    Suitability,
    Activity,
    /// A column that is known and cannot become events: counts, ages, postcodes.
    Unused,
}

/// A column of a list.
pub(in crate::annex_a) struct Column {
    pub(in crate::annex_a) field: Field,
    /// The column's name in the present request.
    pub(in crate::annex_a) name: &'static str,
    /// Patterns of headers that mean it.
    pub(super) headers: &'static [&'static str],
    /// Whether the list is of no use without it.
    pub(in crate::annex_a) is_required: bool,
}

pub(super) const fn column(field: Field, name: &'static str, headers: &'static [&'static str]) -> Column {
    Column { field, name, headers, is_required: false }
}

pub(super) const fn required(field: Field, name: &'static str, headers: &'static [&'static str]) -> Column {
    Column { field, name, headers, is_required: true }
}

/// A list.
pub(in crate::annex_a) struct List {
    pub(in crate::annex_a) number: u8,
    pub(in crate::annex_a) title: &'static str,
    /// Patterns of sheet names that mean it where they do not give the number.
    pub(super) sheet_names: &'static [&'static str],
    pub(super) own: &'static [Column],
}

impl List {
    /// The columns of the list, its own first: their names are longer.
    pub(in crate::annex_a) fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.own.iter().chain(COMMON)
    }

    /// Whether the list is asked for with that column. Columns of other lists are read where they stand.
    pub(in crate::annex_a) fn asks_for(&self, column: &Column) -> bool {
        let first = if column.field == Field::Disability {
            4
        } else if matches!(column.field, Field::Team | Field::Worker) {
            3
        } else {
            1
        };
        column.field != Field::Unused && self.number >= first
    }
}
