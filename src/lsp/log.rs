//! What the server says about itself: to standard error, and to the client where there is one.
//!
//! Standard output belongs to the protocol.

use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;

/// Says that something went wrong and what it cost.
pub fn error(message: &str) {
    eprintln!("copydesk lsp: error: {message}");
}

/// Says that something was not as it should be.
pub fn warning(message: &str) {
    eprintln!("copydesk lsp: warning: {message}");
}

/// Says the same to the client, without waiting for it.
pub fn to_client(client: &Client, level: MessageType, message: String) {
    let client = client.clone();
    tokio::spawn(async move { client.log_message(level, message).await });
}
