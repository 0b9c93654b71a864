//! Journeys through the pages in a browser: what somebody does, and what they then see or are told.
//!
//! Each has a Sightline of its own, with a store in a new folder and a clock that is moved by hand, and a browser of
//! its own. Nothing sleeps: what a page will show is waited for, and fails after [`browser::LONGEST`]. What works
//! without scripts is walked twice, the second time without.

mod accessibility;
mod axe;
mod browser;
mod by_keyboard;
mod child_then;
mod histories;
mod journey;
mod live_list;
mod quarantine;
mod reasons;
mod site;
