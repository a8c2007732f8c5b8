//! Watches the process that started the server, so that a killed editor leaves nothing behind.
//!
//! A closed standard input says the same sooner, unless another process holds it open.

use std::thread;
use std::time::Duration;

const INTERVAL: Duration = Duration::from_secs(1);

/// Calls `gone` once the process is no more. A process that is not there to begin with is on another machine, or outside
/// the container: then the input alone tells.
pub fn watch(process: u32, gone: impl FnOnce() + Send + 'static) {
    if !is_alive(process) {
        return;
    }
    thread::spawn(move || {
        while is_alive(process) {
            thread::sleep(INTERVAL);
        }
        gone();
    });
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else {
        return true;
    };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

/// Elsewhere the closed input must do.
#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}
