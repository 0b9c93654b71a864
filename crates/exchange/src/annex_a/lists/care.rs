//! List 8: children in care.

use calendar::Date;
use vocabulary::{LegalStatus, PlacementKind};

use super::{Allocated, list_row};
use crate::annex_a::codes::{self, CareEnd, OWN_PROVISION, Placement};
use crate::annex_a::layout::Field;
use crate::annex_a::row::Row;

pub(in crate::annex_a) struct CareRow {
    pub(in crate::annex_a) child: u32,
    row: u32,
    pub(in crate::annex_a) start: Option<Date>,
    pub(in crate::annex_a) end: Option<(Date, CareEnd)>,
    pub(in crate::annex_a) legal_status: Option<LegalStatus>,
    pub(in crate::annex_a) legal_status_start: Option<Date>,
    pub(in crate::annex_a) last_review: Option<Date>,
    pub(in crate::annex_a) last_visit: Option<Date>,
    pub(in crate::annex_a) last_iro_contact: Option<Date>,
    pub(in crate::annex_a) last_health: Option<Date>,
    pub(in crate::annex_a) last_dental: Option<Date>,
    pub(in crate::annex_a) placement: Option<Placed>,
    pub(in crate::annex_a) is_short_breaks: bool,
    pub(in crate::annex_a) allocated: Allocated,
}

/// Where a child is placed.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::annex_a) struct Placed {
    pub(in crate::annex_a) start: Date,
    pub(in crate::annex_a) kind: PlacementKind,
    pub(in crate::annex_a) provider: Option<&'static str>,
    pub(in crate::annex_a) in_county: Option<bool>,
}

list_row!(CareRow, |care| care.start);

impl CareRow {
    pub(super) fn read(row: &mut Row<'_>, child: u32) -> Self {
        let allocated = Allocated::read(row);
        let start = row.start();
        let end = end(row);
        let legal = row.decoded(Field::LegalStatus, legal_status, "no legal status that is known");
        if row.is_empty(Field::LegalStatus) {
            row.report(Field::LegalStatus, "it is empty; the legal status is taken as another".to_owned());
        }
        let is_short_breaks = legal.is_some_and(|(_, is_short_breaks)| is_short_breaks);
        if is_short_breaks {
            let reason = "a series of short breaks is not counted as being in care; care and placement are not used";
            row.report(Field::LegalStatus, reason.to_owned());
        }
        Self {
            child,
            row: row.number,
            start,
            end,
            legal_status: legal.map(|(status, _)| status),
            legal_status_start: row.date(Field::LegalStatusStart),
            last_review: row.date(Field::LastReview),
            last_visit: row.date(Field::LastVisit),
            last_iro_contact: row.date(Field::LastIroContact),
            last_health: row.date(Field::LastHealth),
            last_dental: row.date(Field::LastDental),
            placement: placement(row),
            is_short_breaks,
            allocated,
        }
    }
}

/// The legal status, and whether it is one of short breaks.
fn legal_status(text: &str) -> Option<(LegalStatus, bool)> {
    let status = codes::decode(text, codes::LEGAL_STATUS)?;
    Some((status, codes::is_short_breaks(text)))
}

fn end(row: &mut Row<'_>) -> Option<(Date, CareEnd)> {
    let reason = row.code(Field::EndReason, codes::CARE_END);
    let date = row.date(Field::End)?;
    match reason {
        Some(CareEnd::NotEnded) => {
            row.report(Field::End, format!("care did not end on {date} by the reason given; the date is not used"));
            None
        }
        Some(reason) => Some((date, reason)),
        None => {
            if row.is_empty(Field::EndReason) {
                row.report(Field::EndReason, "it is empty; the reason is taken as another".to_owned());
            }
            Some((date, CareEnd::LeaverAt18))
        }
    }
}

fn placement(row: &mut Row<'_>) -> Option<Placed> {
    let provider = row.code(Field::PlacementProvider, codes::PROVIDER);
    let in_county = row.code(Field::PlacementLocation, codes::IN_COUNTY);
    let kind = row.code(Field::PlacementType, codes::PLACEMENT);
    let start = row.date(Field::PlacementStart)?;
    let kind = match (kind, provider) {
        (Some(Placement::Kind(kind)), _) => kind,
        (Some(Placement::Fostering), Some(OWN_PROVISION)) => PlacementKind::InHouseFostering,
        (Some(Placement::Fostering), Some(_)) => PlacementKind::AgencyFostering,
        (Some(Placement::Fostering), None) => {
            let reason = "whether fostering is in house is told by its provider, which is not known; it is taken as another kind";
            row.report(Field::PlacementType, reason.to_owned());
            PlacementKind::Other
        }
        (None, _) => {
            if row.is_empty(Field::PlacementType) {
                row.report(Field::PlacementType, "it is empty; the placement is taken as another kind".to_owned());
            }
            PlacementKind::Other
        }
    };
    Some(Placed { start, kind, provider, in_county })
}
