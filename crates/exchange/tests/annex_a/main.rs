//! Workbooks in, events out: literal tables of rows and of what they become.

mod compare;
mod hostile;
mod layout;
mod lists;
mod sample;
mod support;
