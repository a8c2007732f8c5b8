//! What the server says about itself: to standard error, and to the client where there is one.
//!
//! Standard output belongs to the protocol. How much is said is the process's, because whatever goes wrong must be able
//! to say so, wherever it is.

use std::sync::atomic::{AtomicU8, Ordering};
use tower_lsp::Client;
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{LogTraceParams, MessageType, TraceValue};

/// How much weight a message has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something failed, and what it cost.
    Error,
    /// Something was not as it should be.
    Warning,
    /// What the server does, once in a while.
    #[default]
    Info,
    /// What it does all the time.
    Debug,
}

/// The least weighty messages that are said.
static LEVEL: AtomicU8 = AtomicU8::new(Level::Info as u8);

/// How much of each step the client wants to know, as `$/setTrace` says.
static TRACE: AtomicU8 = AtomicU8::new(0);

impl Level {
    /// The level that a setting names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "error" => Some(Self::Error),
            "warn" | "warning" => Some(Self::Warning),
            "info" => Some(Self::Info),
            "debug" => Some(Self::Debug),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }

    fn is_said(self) -> bool {
        self as u8 <= LEVEL.load(Ordering::Relaxed)
    }
}

/// Says from now on what has at least this weight.
pub fn set_level(level: Level) {
    LEVEL.store(level as u8, Ordering::Relaxed);
}

/// Traces from now on as much as the client wants.
pub fn set_trace(value: TraceValue) {
    let value = match value {
        TraceValue::Off => 0,
        TraceValue::Messages => 1,
        TraceValue::Verbose => 2,
    };
    TRACE.store(value, Ordering::Relaxed);
}

/// Says that something went wrong and what it cost.
pub fn error(message: &str) {
    to_stderr(Level::Error, message);
}

/// Says that something was not as it should be.
pub fn warning(message: &str) {
    to_stderr(Level::Warning, message);
}

/// Says something to both, without waiting for the client.
pub fn to_client(client: &Client, level: Level, message: &str) {
    if !level.is_said() {
        return;
    }
    to_stderr(level, message);
    let kind = match level {
        Level::Error => MessageType::ERROR,
        Level::Warning => MessageType::WARNING,
        Level::Info => MessageType::INFO,
        Level::Debug => MessageType::LOG,
    };
    let (client, message) = (client.clone(), message.to_owned());
    tokio::spawn(async move { client.log_message(kind, message).await });
}

/// Tells a client that traces of a step; `more` is for one that wants all there is.
pub fn trace(client: &Client, step: impl FnOnce() -> (String, String)) {
    let wanted = TRACE.load(Ordering::Relaxed);
    if wanted == 0 {
        return;
    }
    let (message, more) = step();
    let params = LogTraceParams { message, verbose: (wanted > 1).then_some(more) };
    let client = client.clone();
    tokio::spawn(async move { client.send_notification::<LogTrace>(params).await });
}

fn to_stderr(level: Level, message: &str) {
    if level.is_said() {
        eprintln!("copydesk lsp: {}: {message}", level.name());
    }
}
