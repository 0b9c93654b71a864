//! Workbooks in, events out: literal tables of rows and of what they become.

#[cfg(test)]
mod compare;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod layout;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod support;
