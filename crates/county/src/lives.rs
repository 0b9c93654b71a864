//! The sorts of lives that children of the county have with its services, and how one is told.

use calendar::Date;
use vocabulary::SubjectKind;

use crate::days::At;
use crate::draw::Draw;
use crate::figures::{lives as figures, missing, people, workforce};
use crate::shape::Shape;
use crate::story::{Identity, Person, Story, Told};

/// What a child's life with the services comes to in the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Life {
    /// Contacts, advice, perhaps early help; never a referral.
    ContactOnly,
    /// Referrals that end before the child is seen.
    Unseen,
    /// Referrals that end with the assessment.
    Assessed,
    /// Plans for a child in need.
    InNeed,
    /// A disabled child with short breaks.
    ShortBreaks,
    /// Child protection plans.
    Protected,
    /// Care, and then home, another family or adoption.
    CareAndHome,
    /// Care up to adulthood, and then support as a care leaver.
    CareAndLeaver,
    /// Private fostering.
    PrivateFostering,
}

/// A referral before the one that a life comes to, by what became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Earlier {
    /// Closed before the child was seen.
    Unseen,
    /// Closed after the assessment.
    Assessed,
    /// A plan for a child in need.
    InNeed,
    /// A child protection plan.
    Protected,
}

/// Tells the story of the child with a number, into a buffer to be used again; none if it was over before the county's
/// years.
pub(crate) fn tell(shape: &Shape, number: u64, buffer: &mut Vec<Told>) -> Option<Identity> {
    let mut draw = Draw::new(shape.seed, number);
    let (life, day) = shape.child(number, &mut draw)?;
    let mut story = Story::new(shape, draw, number, std::mem::take(buffer));
    let earlier = story.earlier(life);
    story.person = story.draw_person(life, day, earlier.len());
    story.live(life, day, &earlier);
    let is_known = story.told.iter().any(|told| told.occurred >= shape.window);
    if is_known {
        story.oversight();
        story.gone_missing();
        story.allocations();
        story.corrections();
    }
    let identity = Identity { kind: SubjectKind::Child, number, uuid: story.uuid, double: story.double };
    *buffer = story.told;
    is_known.then_some(identity)
}

impl Story<'_> {
    /// What became of the referrals before the last.
    fn earlier(&mut self, life: Life) -> Vec<Earlier> {
        let mut earlier = Vec::new();
        let (others, odds) = match life {
            Life::ContactOnly | Life::ShortBreaks | Life::PrivateFostering => return earlier,
            Life::Unseen => (self.draw.one(&figures::EARLIER_FEW), &figures::EARLIER_LIGHT),
            Life::Assessed => (self.draw.one(&figures::EARLIER_FEW), &figures::EARLIER_LIGHT),
            Life::InNeed => (self.draw.one(&figures::EARLIER_SOME), &figures::EARLIER_KINDS),
            Life::Protected | Life::CareAndHome | Life::CareAndLeaver => {
                (self.draw.one(&figures::EARLIER_SOME), &figures::EARLIER_KINDS)
            }
        };
        for _ in 0..others {
            earlier.push(self.draw.one(odds));
        }
        let protected = match life {
            Life::Protected => self.draw.one(&figures::PROTECTED_BEFORE),
            Life::CareAndHome | Life::CareAndLeaver => self.draw.one(&figures::PROTECTED_BEFORE_CARE),
            Life::ContactOnly
            | Life::Unseen
            | Life::Assessed
            | Life::InNeed
            | Life::ShortBreaks
            | Life::PrivateFostering => 0,
        };
        earlier.extend((0..protected).map(|_| Earlier::Protected));
        earlier
    }

    fn draw_person(&mut self, life: Life, day: i32, earlier: usize) -> Person {
        let uasc = life == Life::CareAndLeaver && earlier == 0 && self.draw.chance(people::UASC);
        let earlier = i32::try_from(earlier).unwrap_or(0);
        let months = match life {
            Life::ContactOnly | Life::Unseen | Life::Assessed | Life::InNeed => self.draw.of(people::AGE_MONTHS),
            Life::ShortBreaks => self.draw.of(people::AGE_MONTHS_DISABLED),
            Life::PrivateFostering => self.draw.of(people::AGE_MONTHS_PRIVATE),
            Life::Protected => self.draw.of(people::AGE_MONTHS_PROTECTED) - earlier * figures::MONTHS_OF_EARLIER,
            Life::CareAndHome => self.draw.of(people::AGE_MONTHS_CARE) - earlier * figures::MONTHS_OF_EARLIER,
            Life::CareAndLeaver if uasc => self.draw.of(people::AGE_MONTHS_UASC),
            Life::CareAndLeaver => {
                self.draw.of(people::AGE_MONTHS_STAYERS) - (earlier + 1) * figures::MONTHS_OF_EARLIER
            }
        };
        let born = self.shape.days.months_after(day, -months.max(-5)) - self.draw.between(0, 29);
        let disabled = life == Life::ShortBreaks || self.draw.chance(people::DISABLED);
        let locality = if life == Life::ShortBreaks {
            workforce::DISABLED
        } else if uasc {
            workforce::OTHER
        } else {
            self.draw.one(&people::LOCALITIES)
        };
        let goes_missing = self.draw.one(match life {
            Life::CareAndHome | Life::CareAndLeaver => &missing::DAYS_BETWEEN_IN_CARE,
            Life::ContactOnly
            | Life::Unseen
            | Life::Assessed
            | Life::InNeed
            | Life::ShortBreaks
            | Life::Protected
            | Life::PrivateFostering => &missing::DAYS_BETWEEN,
        });
        Person {
            born,
            sex: Some(self.draw.one(&people::SEXES)),
            ethnicity: vocabulary::Text::new_static(self.draw.one(&people::ETHNICITIES)),
            disabled,
            uasc,
            locality,
            goes_missing,
        }
    }

    /// The whole life, from the first contact on.
    fn live(&mut self, life: Life, day: i32, earlier: &[Earlier]) {
        if life == Life::ContactOnly {
            return self.only_contacts(day);
        }
        let mut day = if self.person.uasc { day } else { self.earlier_contacts(day, life) };
        for &spell in earlier {
            if self.is_too_late(day) {
                return;
            }
            let closed = match spell {
                Earlier::Unseen => self.unseen_spell(day),
                Earlier::Assessed => self.assessed_spell(day),
                Earlier::InNeed => self.need_spell(day),
                Earlier::Protected => self.protected_spell(day),
            };
            day = self.next_referral(closed);
        }
        if self.is_too_late(day) {
            return;
        }
        let closed = match life {
            Life::ContactOnly | Life::Unseen => self.unseen_spell(day),
            Life::Assessed => self.assessed_spell(day),
            Life::InNeed => self.need_spell(day),
            Life::ShortBreaks => self.short_breaks(day),
            Life::Protected => self.protected_spell(day),
            Life::CareAndHome | Life::CareAndLeaver => self.care_spell(day, life),
            Life::PrivateFostering => self.private_fostering(day),
        };
        if life == Life::CareAndHome && self.draw.chance(figures::CARE_AGAIN) {
            let wait = 1 + self.draw.of(figures::CARE_AGAIN_DAYS);
            let again = self.any_day(closed.day() + wait);
            if !self.is_too_late(again) {
                self.care_spell(again, life);
            }
        }
    }

    /// The day of the next referral after a case was closed; sometimes there is a lesser contact in between.
    fn next_referral(&mut self, closed: At) -> i32 {
        let wait = 5 + self.waiting(figures::DAYS_UNTIL_NEXT_REFERRAL);
        if wait > 60 && self.draw.chance(figures::CONTACT_BETWEEN) {
            let between = self.any_day(closed.day() + wait / 3);
            if !self.is_too_late(between) {
                let over = self.lesser_contact(between);
                return self.any_day((closed.day() + wait).max(over.day() + 1));
            }
        }
        self.any_day(closed.day() + wait)
    }

    /// Whether a day is after the county's last, or the child nearly grown up.
    fn is_too_late(&self, day: i32) -> bool {
        day > self.shape.until.day() || day > self.birthday(18, 0).day() - figures::LEAST_DAYS_OF_CHILDHOOD
    }

    /// The child's date of birth.
    pub(crate) fn date_of_birth(&self) -> Date {
        self.shape.days.date(self.person.born)
    }
}
