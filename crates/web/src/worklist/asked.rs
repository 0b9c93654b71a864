//! What an address asks of the worklist. Pages, files and the API read it here, so that the same address means the same
//! clocks everywhere.

use crate::address::{Fields, with_query};
use crate::areas;
use calendar::Instant;
use engine::{Status, WorklistFilter};
use rulebook::{Area, Rulebook};
use services::Current;
use store::query::{ClockQuery, Order};

/// A question to the worklist, as an address puts it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The localities, any of which; empty: all.
    pub localities: Vec<String>,
    /// The teams.
    pub teams: Vec<String>,
    /// The workers.
    pub workers: Vec<String>,
    /// The areas of work.
    pub areas: Vec<Area>,
    /// The clocks, by id.
    pub clocks: Vec<String>,
    /// The statuses; empty: overdue and due soon.
    pub statuses: Vec<Status>,
    /// By how many days it is overdue.
    pub late: Option<Late>,
    /// The order.
    pub sort: Order,
    /// Where the page begins; none: with the first.
    pub after: Option<String>,
}

/// A range of days by which clocks are overdue, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// The fewest.
    pub from: Option<u32>,
    /// The most.
    pub to: Option<u32>,
}

/// The orders with their names in addresses.
const SORTS: [(Order, &str); 4] =
    [(Order::Due, "due"), (Order::Subject, "child"), (Order::Clock, "clock"), (Order::Holder, "holder")];

/// What stands for every status in an address, as on the command line.
const ALL_STATUSES: &str = "all";

impl Asked {
    /// Reads a query string.
    ///
    /// # Errors
    ///
    /// Says, for people, which value is not understood and what is.
    pub fn read(query: &str) -> Result<Asked, String> {
        let fields = Fields::read(query)?;
        Ok(Asked {
            localities: fields.each("locality"),
            teams: fields.each("team"),
            workers: fields.each("worker"),
            areas: fields.each("area").iter().map(|name| area(name)).collect::<Result<_, _>>()?,
            clocks: fields.each("clock"),
            statuses: statuses(&fields.each("status"))?,
            late: fields.one("late").map(Late::read).transpose()?,
            sort: fields.one("sort").map_or(Ok(Order::default()), sort)?,
            after: fields.one("after").map(str::to_owned),
        })
    }

    /// The address that asks this, below a path.
    pub fn href(&self, path: &str) -> String {
        let late = self.late.map(Late::text);
        let mut fields: Vec<(&str, &str)> = Vec::new();
        fields.extend(self.localities.iter().map(|name| ("locality", name.as_str())));
        fields.extend(self.teams.iter().map(|name| ("team", name.as_str())));
        fields.extend(self.workers.iter().map(|name| ("worker", name.as_str())));
        fields.extend(self.areas.iter().map(|area| ("area", area.as_str())));
        fields.extend(self.clocks.iter().map(|id| ("clock", id.as_str())));
        if self.statuses.len() == Status::ALL.len() {
            fields.push(("status", ALL_STATUSES));
        } else {
            fields.extend(self.statuses.iter().map(|status| ("status", status.as_str())));
        }
        fields.extend(late.as_deref().map(|late| ("late", late)));
        if self.sort != Order::default() {
            fields.push(("sort", sort_name(self.sort)));
        }
        fields.extend(self.after.as_deref().map(|after| ("after", after)));
        with_query(path, fields)
    }

    /// The name of the order in addresses.
    pub fn sort_name(&self) -> &'static str {
        sort_name(self.sort)
    }

    /// The same question from its first page on.
    pub fn at_the_first(&self) -> Asked {
        Asked { after: None, ..self.clone() }
    }

    /// The same question from its first page on, in another order.
    pub fn sorted_by(&self, sort: Order) -> Asked {
        Asked { sort, after: None, ..self.clone() }
    }

    /// The question as the read model takes it, at an instant.
    ///
    /// # Errors
    ///
    /// Says, for people, which clock the rulebook does not have.
    pub fn query(&self, current: &Current, at: Instant) -> Result<ClockQuery, String> {
        let filter = WorklistFilter {
            kinds: self.kinds(current.rulebook())?,
            statuses: self.statuses.clone(),
            localities: self.localities.clone(),
            teams: self.teams.clone(),
            workers: self.workers.clone(),
        };
        let mut query = current.query(at, filter);
        if let Some(late) = self.late {
            query.late_from = late.from;
            query.late_to = late.to;
        }
        Ok(query)
    }

    /// The positions of the clocks asked for: of the areas, of those named, or those named within the areas.
    fn kinds(&self, rulebook: &Rulebook) -> Result<Vec<usize>, String> {
        for id in &self.clocks {
            if rulebook.clock(id).is_none() {
                return Err(format!("The rulebook has no clock called “{id}”. Choose one of the filter."));
            }
        }
        if self.areas.is_empty() && self.clocks.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = rulebook.clocks.iter().enumerate().filter(|(_, rule)| {
            (self.areas.is_empty() || self.areas.contains(&rule.area))
                && (self.clocks.is_empty() || self.clocks.contains(&rule.id))
        });
        let kinds: Vec<usize> = wanted.map(|(kind, _)| kind).collect();
        if kinds.is_empty() {
            // No clock is in the areas: asking for none must not ask for all.
            return Ok(vec![rulebook.clocks.len()]);
        }
        Ok(kinds)
    }
}

impl Late {
    /// Reads `6-20`, `21-` or `-5`.
    ///
    /// # Errors
    ///
    /// Says, for people, what is understood.
    fn read(text: &str) -> Result<Late, String> {
        let refused = || format!("“{text}” is no range of days overdue. Write it as 6-20, as 21- or as -5.");
        let (from, to) = text.split_once('-').ok_or_else(refused)?;
        let end = |digits: &str| match digits {
            "" => Ok(None),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map(Some).map_err(|_| refused())
            }
            _ => Err(refused()),
        };
        let late = Late { from: end(from)?, to: end(to)? };
        let upside_down = late.from.zip(late.to).is_some_and(|(from, to)| from > to);
        if upside_down || late == Late::default() { Err(refused()) } else { Ok(late) }
    }

    /// As it is read.
    pub fn text(self) -> String {
        let end = |end: Option<u32>| end.map(|days| days.to_string()).unwrap_or_default();
        format!("{}-{}", end(self.from), end(self.to))
    }

    /// As a choice: `6 to 20 days`.
    pub fn title(self) -> String {
        let words = self.words();
        let title = words.strip_prefix("by ").unwrap_or(&words);
        match title.strip_prefix("up to") {
            Some(rest) => format!("Up to{rest}"),
            None => title.to_owned(),
        }
    }

    /// In words: `by 6 to 20 days`.
    pub fn words(self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => format!("by {from} days"),
            (Some(from), Some(to)) => format!("by {from} to {to} days"),
            (Some(from), None) => format!("by {from} days or more"),
            (None, Some(to)) => format!("by up to {to} days"),
            (None, None) => "by any time".to_owned(),
        }
    }
}

fn area(name: &str) -> Result<Area, String> {
    areas::named(name).ok_or_else(|| {
        let names: Vec<&str> = areas::ALL.into_iter().map(Area::as_str).collect();
        format!("“{name}” is no area of work. The areas are {}.", names.join(", "))
    })
}

fn statuses(names: &[String]) -> Result<Vec<Status>, String> {
    if names.iter().any(|name| name == ALL_STATUSES) {
        return Ok(Status::ALL.to_vec());
    }
    let each = names.iter().map(|name| {
        Status::ALL.into_iter().find(|status| status.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = Status::ALL.into_iter().map(Status::as_str).collect();
            format!("“{name}” is no status. The statuses are {} and all.", names.join(", "))
        })
    });
    each.collect()
}

fn sort(name: &str) -> Result<Order, String> {
    let found = SORTS.iter().find(|(_, known)| *known == name);
    found.map(|(order, _)| *order).ok_or_else(|| {
        let names: Vec<&str> = SORTS.iter().map(|(_, name)| *name).collect();
        format!("A list cannot be sorted by “{name}”. It can be sorted by {}.", names.join(", "))
    })
}

fn sort_name(order: Order) -> &'static str {
    SORTS.iter().find(|(known, _)| *known == order).map_or("due", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        for query in [
            "",
            "locality=Stroud&locality=Forest+of+Dean&team=Safeguarding+3&worker=SW1",
            "area=child_protection&clock=cp_visit&status=overdue&late=6-20&sort=holder&after=x.1",
            "status=all&late=-5",
            "status=met&status=late&late=21-&sort=child",
        ] {
            let asked = Asked::read(query).expect("a question");
            let expected = if query.is_empty() { "/worklist".to_owned() } else { format!("/worklist?{query}") };
            assert_eq!(asked.href("/worklist"), expected);
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (query, expected) in [
            (
                "status=done",
                "“done” is no status. The statuses are on_track, due_soon, overdue, met, late, cancelled and all.",
            ),
            ("late=x", "“x” is no range of days overdue. Write it as 6-20, as 21- or as -5."),
            ("late=9-3", "“9-3” is no range of days overdue. Write it as 6-20, as 21- or as -5."),
            ("late=-", "“-” is no range of days overdue. Write it as 6-20, as 21- or as -5."),
            ("sort=age", "A list cannot be sorted by “age”. It can be sorted by due, child, clock, holder."),
        ] {
            assert_eq!(Asked::read(query).expect_err("not understood"), expected);
        }
        assert!(Asked::read("area=housing").expect_err("not understood").starts_with("“housing” is no area of work."));
    }

    #[test]
    fn areas_and_clocks_narrow_each_other() {
        let rulebook = rulebook::default_rulebook();
        let ids = |query: &str| {
            let kinds = Asked::read(query).and_then(|asked| asked.kinds(rulebook)).expect("kinds");
            let ids: Vec<String> = kinds
                .into_iter()
                .map(|kind| rulebook.clocks.get(kind).map_or("none".to_owned(), |rule| rule.id.clone()))
                .collect();
            ids.join(" ")
        };
        assert_eq!(ids(""), "");
        assert_eq!(ids("clock=cp_visit&clock=cin_visit"), "cin_visit cp_visit");
        assert!(ids("area=child_protection").split(' ').any(|id| id == "cp_visit"));
        assert_eq!(ids("area=child_protection&clock=cp_visit"), "cp_visit");
        assert_eq!(ids("area=care&clock=cp_visit"), "none");
        assert!(Asked::read("clock=nothing").and_then(|asked| asked.kinds(rulebook)).is_err());
    }
}
