//! What each type's data is: the tables of the vocabulary, by theme, each in the vocabulary's order.

mod assessment;
mod care;
mod carers;
mod children;
mod front_door;
mod oversight;
mod support;

pub use assessment::*;
pub use care::*;
pub use carers::*;
pub use children::*;
pub use front_door::*;
pub use oversight::*;
pub use support::*;
