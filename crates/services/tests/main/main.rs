//! The services around the real embedded store, with a clock that is moved by hand.

#[cfg(test)]
mod figures;
#[cfg(test)]
mod live;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verifying;
