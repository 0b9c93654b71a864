//! Localities, teams, the workers in them, and foster carers' households: who comes, and who leaves.

use vocabulary::{Number, Text};

use crate::days::{At, Days};
use crate::draw::Draw;
use crate::figures::workforce as figures;
use crate::shape::Plan;

/// The sorts of team.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Team {
    /// The multi-agency safeguarding hub: contacts, on a duty list.
    Mash,
    /// Early help, on a duty list.
    EarlyHelp,
    /// Referrals and assessments.
    Assessment,
    /// Plans for children in need and child protection.
    Safeguarding,
    /// Children in care.
    Permanence,
    /// Care leavers.
    LeavingCare,
    /// Disabled children.
    Disabled,
    /// Foster carers.
    Fostering,
}

/// A post of a team, and who has it one after the other.
pub(crate) struct Post {
    pub(crate) locality: Text,
    pub(crate) team: Text,
    pub(crate) manager: Text,
    pub(crate) people: Vec<Worker>,
}

/// Somebody in a post.
pub(crate) struct Worker {
    pub(crate) id: Text,
    pub(crate) fte: Number,
    /// The first day.
    pub(crate) from: i32,
    /// The day of leaving.
    pub(crate) to: i32,
}

/// A household of foster carers.
pub(crate) struct Household {
    pub(crate) uuid: u128,
    pub(crate) locality: usize,
    pub(crate) places: u8,
    /// The day of approval.
    pub(crate) from: i32,
    /// The day on which the approval ends.
    pub(crate) to: i32,
}

/// All teams of one sort in one locality.
struct Teams {
    locality: usize,
    team: Team,
    first: usize,
    posts: usize,
}

/// Everybody who works for the county.
pub(crate) struct Workforce {
    localities: Vec<Text>,
    teams: Vec<Teams>,
    pub(crate) posts: Vec<Post>,
    /// The places for foster carers' households, and which have them one after the other.
    pub(crate) homes: Vec<Vec<Household>>,
}

/// The streams of random numbers of posts and homes, apart from those of the children.
const POSTS: u64 = 1 << 60;
const HOMES: u64 = 2 << 60;
/// Posts of one team.
const TEAM_POSTS: usize = 7;

impl Workforce {
    /// The workforce for so many children.
    pub(crate) fn new(plan: Plan, days: &Days, window: At, until: At) -> Workforce {
        let localities: Vec<_> = figures::LOCALITIES.iter().map(|&(name, _)| Text::new_static(name)).collect();
        let mut workforce = Workforce { localities, teams: Vec::new(), posts: Vec::new(), homes: Vec::new() };
        let span = (window.day(), until.day());
        for (locality, &(_, permille)) in figures::LOCALITIES.iter().enumerate() {
            for &(team, title, children, caseload) in &figures::TEAMS {
                let is_disabled = locality == figures::DISABLED;
                if is_disabled != (team == Team::Disabled) {
                    continue;
                }
                let share = if is_disabled { 1_000 } else { permille };
                let posts = scaled(u64::from(children) * u64::from(share), plan.children, 1_000 * u64::from(caseload));
                workforce.add_teams(plan.seed, days, span, (locality, team, title, posts));
            }
        }
        let homes = scaled(figures::HOUSEHOLDS, plan.children, 1);
        workforce.homes = (0..homes).map(|home| households(plan.seed, home as u64, days, span)).collect();
        workforce
    }

    fn add_teams(&mut self, seed: u64, days: &Days, span: (i32, i32), of: (usize, Team, &str, usize)) {
        let (locality, team, title, posts) = of;
        let Some(name) = self.localities.get(locality).cloned() else { return };
        let first = self.posts.len();
        let several = posts > TEAM_POSTS;
        for post in 0..posts {
            let part = post / TEAM_POSTS + 1;
            let of_team = if several { format!("{title} {name} {part}") } else { format!("{title} {name}") };
            let manager = Text::from(format!("TM-{}-{part}", self.teams.len() + 1));
            let people = people(seed, self.posts.len(), days, span);
            self.posts.push(Post { locality: name.clone(), team: Text::from(of_team), manager, people });
        }
        self.teams.push(Teams { locality, team, first, posts });
    }

    /// A locality and its team with a duty list.
    pub(crate) fn duty(&self, locality: usize, team: Team) -> (Text, Text) {
        let team = if team == Team::EarlyHelp { figures::EARLY_HELP } else { figures::MASH };
        (self.localities.get(locality).cloned().unwrap_or_default(), Text::new_static(team))
    }

    /// A post for a child of a locality, in a team of the sort; another one than the last, if there is another.
    pub(crate) fn post(&self, locality: usize, team: Team, last: Option<&Post>, draw: &mut Draw) -> Option<&Post> {
        let same_locality = |teams: &&Teams| teams.locality == locality;
        let of_team = |teams: &&Teams| teams.team == team;
        // Where disabled children are all posts are of one sort.
        let mut found = self.teams.iter().filter(same_locality);
        let teams = found.clone().find(of_team).or_else(|| found.next())?;
        let post = draw.below(u32::try_from(teams.posts).unwrap_or(u32::MAX)) as usize;
        let at = |post: usize| self.posts.get(teams.first + post % teams.posts.max(1));
        at(post).filter(|post| !last.is_some_and(|last| std::ptr::eq(*post, last))).or_else(|| at(post + 1))
    }

    /// A household that is approved on a day, chosen by a child's number so that children are spread over all.
    pub(crate) fn household(&self, child: u64, day: i32) -> Option<&Household> {
        let place = child.checked_rem(self.homes.len() as u64)?;
        let home = self.homes.get(place as usize)?;
        home.iter().find(|household| household.from <= day && day < household.to)
    }
}

impl Post {
    /// Who has the post on a day.
    pub(crate) fn holder(&self, day: i32) -> Option<&Worker> {
        self.people.iter().find(|worker| worker.from <= day && day < worker.to)
    }
}

/// A number of a county with [`crate::figures::OPEN`] open children for one with so many, at least 1.
fn scaled(number: u64, children: u32, per: u64) -> usize {
    let unit = u64::from(crate::figures::OPEN) * per;
    let scaled = (number * u64::from(children) + unit / 2) / unit;
    usize::try_from(scaled.max(1)).unwrap_or(usize::MAX)
}

/// Days of a month, near enough for how long people stay.
const MONTH: i32 = 30;

/// Who has a post from before the county's years until after them.
fn people(seed: u64, post: usize, days: &Days, (window, until): (i32, i32)) -> Vec<Worker> {
    let mut draw = Draw::new(seed, POSTS + post as u64);
    let mut people = Vec::new();
    let first_stay = draw.of(figures::STAY_MONTHS) * MONTH;
    // Somebody in the middle of their stay a year before, so that children taken over have a worker too.
    let mut from = days.working_day_from(window - 365 - draw.between(0, first_stay));
    let mut stay = first_stay;
    while from <= until {
        let fte = draw.one(&figures::FTE);
        let fte = Number::new(f64::from(fte) / 100.0).unwrap_or(Number::from(1));
        let id = Text::from(format!("SW{:04}{}", post + 1, letters(people.len())));
        let to = days.working_day_from(from + stay);
        people.push(Worker { id, fte, from, to });
        from = to;
        stay = draw.of(figures::STAY_MONTHS) * MONTH;
    }
    people
}

/// A, B … Z, then AA, AB …: who has a post after whom.
fn letters(number: usize) -> String {
    let last = char::from(b'A' + (number % 26) as u8);
    if number < 26 { last.to_string() } else { format!("{}{last}", letters(number / 26 - 1)) }
}

/// Which households have a home from before the county's years until after them.
fn households(seed: u64, home: u64, days: &Days, (window, until): (i32, i32)) -> Vec<Household> {
    let mut draw = Draw::new(seed, HOMES + home);
    let mut households = Vec::new();
    let first_stay = draw.of(figures::CARER_MONTHS);
    let mut from = days.months_after(window, -draw.between(0, first_stay));
    let mut months = first_stay;
    while from <= until {
        let (uuid, locality, places) = (draw.uuid(), draw.one(&figures::HOME_LOCALITY), draw.one(&figures::PLACES));
        let to = days.months_after(from, months);
        households.push(Household { uuid, locality, places, from, to });
        from = to;
        months = draw.of(figures::CARER_MONTHS);
    }
    households
}
