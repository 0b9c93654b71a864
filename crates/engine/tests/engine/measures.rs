//! domain.md section 6: every kind of measure, at its edges.

mod clocks;
mod conversions;
mod event_shares;
mod events;
mod look_back;
mod state_look_back;
mod state_shares;
mod targets;
mod workforce;
