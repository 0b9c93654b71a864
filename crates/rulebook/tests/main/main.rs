//! The reader of rulebooks: what the default rulebook holds, what every mistake is answered with, and that no text
//! whatever makes it panic.

mod default;
mod edits;
mod mistakes;
mod order;
mod patterns;
mod targets;
