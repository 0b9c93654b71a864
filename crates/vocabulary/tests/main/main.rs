//! The vocabulary from outside: bytes in, events or refusals out.

#[cfg(test)]
mod accepted;
#[cfg(test)]
mod content;
#[cfg(test)]
mod malformed;
#[cfg(test)]
mod order;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod subjects;
#[cfg(test)]
mod support;
#[cfg(test)]
mod table;
#[cfg(test)]
mod values;
#[cfg(test)]
mod writing;
