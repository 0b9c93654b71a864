//! domain.md section 4, respond: each start opens one clock, and the first matching stop closes it.

mod assessment;
mod early_help;
mod front_door;
mod matching;
mod protection;
mod support;
