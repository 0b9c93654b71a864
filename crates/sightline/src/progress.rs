//! Progress on standard error: only on a terminal, and only of what takes longer than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// After how long progress is shown.
const QUIET: Duration = Duration::from_secs(1);

/// A progress bar that keeps quiet at first.
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
    shown: OnceLock<()>,
}

impl Progress {
    /// Of bytes; a spinner where their number is not known.
    pub fn bytes(what: &'static str, total: Option<u64>) -> Progress {
        Progress::of(what, total, "{bytes} of {total_bytes}, {bytes_per_sec}", "{bytes}, {bytes_per_sec}")
    }

    /// Of things that are counted.
    pub fn count(what: &'static str, total: u64) -> Progress {
        Progress::of(what, Some(total), "{human_pos} of {human_len}", "{human_pos}")
    }

    fn of(what: &'static str, total: Option<u64>, known: &str, unknown: &str) -> Progress {
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        let template = match total {
            Some(_) => format!("{{msg}} {{wide_bar}} {known}, {{eta}} left"),
            None => format!("{{spinner}} {{msg}} {unknown}"),
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.set_draw_target(ProgressDrawTarget::hidden());
        Progress { bar: bar.with_message(what), began: Instant::now(), shown: OnceLock::new() }
    }

    /// So much more is done.
    pub fn add(&self, more: u64) {
        if self.began.elapsed() >= QUIET {
            // A terminal shows it; anything else is a hidden target to the library.
            self.shown.get_or_init(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(more);
    }

    /// All is done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
