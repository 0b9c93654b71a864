//! The program as its users run it: arguments in, output and exit status out.

mod behaviour;
mod examples;
mod support;
