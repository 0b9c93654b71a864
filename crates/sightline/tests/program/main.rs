//! The program as its users run it: arguments in, output and exit status out.

#[cfg(test)]
mod behaviour;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod server;
#[cfg(test)]
mod support;
