//! The filter of the worklist: what can be chosen, what is chosen, and how to take each choice back.

use super::USUAL;
use super::asked::{Asked, Late};
use crate::areas;
use crate::words;
use engine::Status;
use rulebook::{Area, Rulebook};
use std::collections::BTreeSet;
use store::query::Holder;

/// How many workers are suggested while one is typed; a county has some hundreds.
const MOST_SUGGESTED: usize = 2_000;

/// The ranges of lateness that can be chosen, in days.
const LATE: [Late; 4] = [
    Late { from: None, to: Some(5) },
    Late { from: Some(6), to: Some(20) },
    Late { from: Some(21), to: Some(60) },
    Late { from: Some(61), to: None },
];

/// The filter.
pub struct FilterPanel {
    /// What is chosen, each with the address without it.
    pub active: Vec<ActiveFilter>,
    /// The address with nothing chosen.
    pub clear: String,
    /// The statuses.
    pub statuses: Vec<Choice>,
    /// The localities.
    pub localities: Vec<Choice>,
    /// The teams.
    pub teams: Vec<Choice>,
    /// The workers that are chosen.
    pub workers: Vec<Choice>,
    /// The workers that are suggested.
    pub suggested: Vec<Suggestion>,
    /// The areas of work.
    pub areas: Vec<Choice>,
    /// The clocks.
    pub clocks: Vec<Choice>,
    /// How late.
    pub late: Vec<Choice>,
    /// The order, to be kept; none: the usual one.
    pub sort: Option<String>,
}

/// Something that is chosen.
pub struct ActiveFilter {
    /// Of what: "Locality".
    pub of: &'static str,
    /// What.
    pub value: String,
    /// The address without it.
    pub without: String,
}

/// Something that can be chosen.
pub struct Choice {
    /// The value in the address.
    pub value: String,
    /// What it is called.
    pub title: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Something that is suggested while it is typed.
pub struct Suggestion {
    /// The value.
    pub value: String,
}

impl FilterPanel {
    /// The filter of a question.
    pub fn of(asked: &Asked, holders: &[Holder], rulebook: &Rulebook) -> FilterPanel {
        let localities: BTreeSet<&str> = holders.iter().map(|holder| holder.locality.as_str()).collect();
        let teams: BTreeSet<&str> = holders.iter().filter_map(|holder| holder.team.as_deref()).collect();
        let workers: BTreeSet<&str> = holders.iter().filter_map(|holder| holder.worker.as_deref()).collect();
        let statuses: &[Status] = if asked.statuses.is_empty() { &USUAL } else { &asked.statuses };
        FilterPanel {
            active: active(asked, rulebook),
            clear: Asked { sort: asked.sort, ..Asked::default() }.href("/worklist"),
            statuses: [Status::Overdue, Status::DueSoon, Status::OnTrack, Status::Met, Status::Late, Status::Cancelled]
                .into_iter()
                .map(|status| Choice {
                    value: status.as_str().to_owned(),
                    title: words::status_title(status).to_owned(),
                    chosen: statuses.contains(&status),
                })
                .collect(),
            localities: names(localities, &asked.localities),
            teams: names(teams, &asked.teams),
            workers: names(BTreeSet::new(), &asked.workers),
            suggested: workers
                .into_iter()
                .take(MOST_SUGGESTED)
                .map(|value| Suggestion { value: value.to_owned() })
                .collect(),
            areas: area_choices(asked, rulebook),
            clocks: clock_choices(asked, rulebook),
            late: late_choices(asked),
            sort: (asked.sort != Asked::default().sort).then(|| asked.sort_name().to_owned()),
        }
    }
}

/// The names there are, and those chosen that are not there (any more).
fn names(there: BTreeSet<&str>, chosen: &[String]) -> Vec<Choice> {
    let all: BTreeSet<&str> = there.into_iter().chain(chosen.iter().map(String::as_str)).collect();
    let choice = |name: &str| Choice {
        value: name.to_owned(),
        title: name.to_owned(),
        chosen: chosen.iter().any(|one| one == name),
    };
    all.into_iter().map(choice).collect()
}

fn area_choices(asked: &Asked, rulebook: &Rulebook) -> Vec<Choice> {
    let used = areas::ALL.into_iter().filter(|area| rulebook.clocks.iter().any(|rule| rule.area == *area));
    let choice = |area: Area| Choice {
        value: area.as_str().to_owned(),
        title: areas::title(area).to_owned(),
        chosen: asked.areas.contains(&area),
    };
    used.map(choice).collect()
}

/// The clocks in the order of the areas, so that those of one service stand together.
fn clock_choices(asked: &Asked, rulebook: &Rulebook) -> Vec<Choice> {
    let by_area = areas::ALL.into_iter().flat_map(|area| rulebook.clocks.iter().filter(move |rule| rule.area == area));
    let choice = |rule: &rulebook::ClockRule| Choice {
        value: rule.id.clone(),
        title: rule.title.clone(),
        chosen: asked.clocks.contains(&rule.id),
    };
    by_area.map(choice).collect()
}

fn late_choices(asked: &Asked) -> Vec<Choice> {
    let any = Choice { value: String::new(), title: "Any".to_owned(), chosen: asked.late.is_none() };
    // A range that only an address can ask for is kept.
    let other = asked.late.filter(|late| !LATE.contains(late));
    let choice = |late: Late| Choice { value: late.text(), title: late.title(), chosen: asked.late == Some(late) };
    [any].into_iter().chain(LATE.into_iter().chain(other).map(choice)).collect()
}

fn active(asked: &Asked, rulebook: &Rulebook) -> Vec<ActiveFilter> {
    let asked = asked.at_the_first();
    let mut active = Vec::new();
    let mut add = |of, value: String, without: Asked| {
        active.push(ActiveFilter { of, value, without: without.href("/worklist") });
    };
    for status in &asked.statuses {
        let statuses = without(&asked.statuses, status);
        add("Status", words::status_title(*status).to_owned(), Asked { statuses, ..asked.clone() });
    }
    for name in &asked.localities {
        let localities = without(&asked.localities, name);
        add("Locality", name.clone(), Asked { localities, ..asked.clone() });
    }
    for name in &asked.teams {
        let teams = without(&asked.teams, name);
        add("Team", name.clone(), Asked { teams, ..asked.clone() });
    }
    for name in &asked.workers {
        let workers = without(&asked.workers, name);
        add("Worker", name.clone(), Asked { workers, ..asked.clone() });
    }
    for area in &asked.areas {
        let areas = without(&asked.areas, area);
        add("Area of work", areas::title(*area).to_owned(), Asked { areas, ..asked.clone() });
    }
    for id in &asked.clocks {
        let clocks = without(&asked.clocks, id);
        let title = rulebook.clock(id).map_or_else(|| id.clone(), |rule| rule.title.clone());
        add("Clock", title, Asked { clocks, ..asked.clone() });
    }
    if let Some(late) = asked.late {
        add("Overdue", late.words(), Asked { late: None, ..asked.clone() });
    }
    active
}

fn without<T: PartialEq + Clone>(all: &[T], one: &T) -> Vec<T> {
    all.iter().filter(|other| *other != one).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(query: &str) -> FilterPanel {
        let holder = |locality: &str, team: &str, worker: &str| Holder {
            locality: locality.into(),
            team: Some(team.into()),
            worker: Some(worker.into()),
        };
        let holders = [holder("Stroud", "Safeguarding 1", "SW1"), holder("Gloucester", "Safeguarding 2", "SW2")];
        FilterPanel::of(&Asked::read(query).expect("a question"), &holders, rulebook::default_rulebook())
    }

    fn chosen(choices: &[Choice]) -> Vec<&str> {
        choices.iter().filter(|choice| choice.chosen).map(|choice| choice.value.as_str()).collect()
    }

    #[test]
    fn nothing_asked_is_overdue_and_due_soon() {
        let panel = panel("");
        assert_eq!(chosen(&panel.statuses), ["overdue", "due_soon"]);
        assert!(panel.active.is_empty());
        assert_eq!(chosen(&panel.late), [""]);
    }

    #[test]
    fn each_choice_can_be_taken_back() {
        let panel = panel("locality=Stroud&locality=Gloucester&clock=cp_visit&late=6-20&after=x");
        let active: Vec<String> =
            panel.active.iter().map(|one| format!("{}: {} -> {}", one.of, one.value, one.without)).collect();
        assert_eq!(
            active,
            [
                "Locality: Stroud -> /worklist?locality=Gloucester&clock=cp_visit&late=6-20",
                "Locality: Gloucester -> /worklist?locality=Stroud&clock=cp_visit&late=6-20",
                "Clock: Child protection visit -> /worklist?locality=Stroud&locality=Gloucester&late=6-20",
                "Overdue: by 6 to 20 days -> /worklist?locality=Stroud&locality=Gloucester&clock=cp_visit",
            ]
        );
    }

    #[test]
    fn what_is_chosen_and_not_there_is_shown() {
        let panel = panel("team=Closed+team&worker=SW9&late=3-4&sort=holder");
        assert_eq!(chosen(&panel.teams), ["Closed team"]);
        assert_eq!(chosen(&panel.workers), ["SW9"]);
        assert_eq!(chosen(&panel.late), ["3-4"]);
        assert_eq!(panel.sort.as_deref(), Some("holder"));
    }
}
