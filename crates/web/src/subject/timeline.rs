//! What happened to a subject, the latest first, with when it happened and when it was recorded.

use super::AskedDays;
use crate::address::with_query;
use crate::words;
use calendar::WorkingDays;
use calendar::london::local_date;
use engine::{Case, Moment};
use vocabulary::{Event, FieldKind, Value};

/// How many events one page shows.
const EVENTS_ON_A_PAGE: usize = 200;

/// Recorded later than by the end of this working day after it happened counts as late.
const LATE_AFTER_WORKING_DAYS: i32 = 1;

/// What happened.
pub struct Timeline {
    /// How many events there are in all.
    pub total: String,
    /// Those shown, the latest first.
    pub events: Vec<Happened>,
    /// The page with later ones, if this one leaves some out.
    pub later: Option<String>,
    /// The page with earlier ones, if there are any.
    pub earlier: Option<String>,
}

/// One event.
pub struct Happened {
    /// What happened, in words.
    pub what: String,
    /// When it happened.
    pub occurred: String,
    /// When it was recorded.
    pub recorded: String,
    /// How much later that was, where it was late.
    pub late: Option<String>,
    /// What the event says.
    pub facts: String,
    /// Its source and id.
    pub id: String,
}

/// The events of a case.
pub fn timeline(case: &Case<'_, '_, '_>, asked: &AskedDays) -> Timeline {
    let moments = case.history().moments();
    let days = &case.rulebook().working_days;
    let shown = moments.iter().rev().skip(asked.skip).take(EVENTS_ON_A_PAGE);
    let events: Vec<Happened> = shown.map(|moment| happened(moment, days)).collect();
    let seen = asked.skip.saturating_add(events.len());
    let page = |skip: usize| {
        let skip = skip.to_string();
        let back = asked.back.as_ref().map(|back| back.href.as_str());
        let fields =
            [("at", Some(asked.at.as_str())), ("known", Some(&asked.known)), ("back", back), ("skip", Some(&skip))];
        let given =
            fields.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
        format!("{}#timeline", with_query(&format!("/subjects/{}", case.subject()), given))
    };
    Timeline {
        total: words::counted(moments.len() as u64, "event", "events"),
        events,
        later: (asked.skip > 0).then(|| page(asked.skip.saturating_sub(EVENTS_ON_A_PAGE))),
        earlier: (seen < moments.len()).then(|| page(seen)),
    }
}

fn happened(moment: &Moment<'_>, days: &WorkingDays) -> Happened {
    let event = moment.event;
    Happened {
        what: words::event_type(event.event_type().name()),
        occurred: words::instant(event.occurred),
        recorded: words::instant(event.recorded),
        late: late(moment, days),
        facts: facts(event),
        id: format!("{} {}", event.source, event.id),
    }
}

/// How late an event was recorded; of one that replaces others, the first of them.
fn late(moment: &Moment<'_>, days: &WorkingDays) -> Option<String> {
    let recorded = local_date(moment.first_recorded);
    let is_late = days.between(moment.date, recorded) > LATE_AFTER_WORKING_DAYS;
    let later = u64::try_from(i64::from(recorded.days()) - i64::from(moment.date.days())).ok()?;
    is_late.then(|| format!("recorded {} later", words::counted(later, "day", "days")))
}

/// What an event says, field by field, in words.
fn facts(event: &Event) -> String {
    let fields = event.event_type().fields().iter().enumerate();
    let said = fields.filter_map(|(slot, field)| {
        let value = value(event.data.value(slot), field.kind)?;
        Some(format!("{}: {value}", field.name.replace('_', " ")))
    });
    said.collect::<Vec<_>>().join("; ")
}

fn value(value: Value<'_>, kind: FieldKind) -> Option<String> {
    let plain = |name: &str| name.replace('_', " ");
    Some(match value {
        Value::Absent => return None,
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Choice(position) => plain(names(kind).get(usize::from(position))?),
        Value::Choices(bits) => {
            let chosen = names(kind).iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
            chosen.map(|(_, name)| plain(name)).collect::<Vec<_>>().join(", ")
        }
        Value::Text(text) => text.to_owned(),
        Value::Texts(texts) => texts.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(", "),
        Value::Number(number) => number.get().to_string(),
        Value::Date(date) => words::date(date),
        Value::Subject(subject) => subject.to_string(),
        Value::Any => "on record".to_owned(),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only choices have a list")]
fn names(kind: FieldKind) -> &'static [&'static str] {
    match kind {
        FieldKind::Choice(names) | FieldKind::Choices(names) => names,
        _ => &[],
    }
}
