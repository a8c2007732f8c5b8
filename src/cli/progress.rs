//! A bar for a person who waits: on a terminal only, and only where the work takes more than half a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(500);

/// Counts drafts while they are read.
pub struct Progress {
    total: u64,
    done: AtomicU64,
    since: Instant,
    terminal: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Begins to count to `total`.
    pub fn new(total: usize) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            total: total as u64,
            done: AtomicU64::new(0),
            since: Instant::now(),
            terminal,
            bar: OnceLock::new(),
        }
    }

    /// One more draft is read.
    pub fn tick(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.terminal && self.since.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.draw()).set_position(done);
        }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    fn draw(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.total), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template("Reading {bar:30} {human_pos} of {human_len} drafts, {eta} left")
        {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar
    }
}
