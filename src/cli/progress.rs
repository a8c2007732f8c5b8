//! A bar for a person who waits: on a terminal only, and only where the work takes more than half a second.
//!
//! It is as long as the drafts' bytes, so that the time it foretells holds for drafts of unlike length.

use crate::report::text::digits;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);

/// What there is to read, as far as anybody knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Total {
    pub drafts: Option<u64>,
    pub bytes: Option<u64>,
}

/// Counts drafts while they are read.
pub struct Progress {
    total: Total,
    drafts: AtomicU64,
    bytes: AtomicU64,
    since: Instant,
    terminal: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Begins to count.
    pub fn new(total: Total) -> Self {
        Self {
            total,
            drafts: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            since: Instant::now(),
            terminal: std::io::stderr().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// One more draft of so many bytes is read.
    pub fn tick(&self, bytes: u64) {
        let drafts = self.drafts.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if !self.terminal || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| self.draw());
        match self.total.drafts {
            Some(total) => bar.set_message(format!("{} of {}", digits(drafts), digits(total))),
            None => bar.set_message(digits(drafts)),
        }
        bar.set_position(bytes);
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    fn draw(&self) -> ProgressBar {
        let length = self.total.bytes;
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        let template = match length {
            Some(_) => "Reading {bar:30} {msg} drafts, {eta} left",
            None => "Reading, {msg} drafts so far, {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        // What was read before the bar was drawn counts for the time that it foretells.
        bar.with_elapsed(self.since.elapsed())
    }
}
