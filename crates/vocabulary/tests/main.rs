//! The vocabulary from outside: bytes in, events or refusals out.

mod accepted;
mod content;
mod malformed;
mod order;
mod schemas;
mod subjects;
mod support;
mod table;
mod values;
mod writing;
