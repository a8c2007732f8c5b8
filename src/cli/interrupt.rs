//! Ctrl-C: the first one ends a run after the drafts at hand, so that the report is whole; the second one ends it at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a program that was interrupted, as shells have it.
pub const CODE: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where that cannot be, Ctrl-C does what it always does.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(CODE));
        }
    });
}

/// Whether somebody asked for an end.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
