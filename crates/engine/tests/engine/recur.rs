//! domain.md section 4, recur: while a state holds, the act must happen at least every so often.

mod acts;
mod ages;
mod carry;
mod limits;
mod restarts;
