//! Shows how far the first reading of a folder has come, where the client can show it.
//!
//! Nothing waits for the client: what it is told is queued, and it ends when the value is dropped.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::ls_types::notification::Progress as ProgressNotification;
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// A progress that the client shows until this is dropped.
pub struct Progress {
    steps: UnboundedSender<(usize, usize)>,
}

impl Progress {
    /// Begins to show a progress, once the client agrees.
    pub fn begin(client: &Client, number: u64, title: &'static str) -> Self {
        let (steps, mut taken) = unbounded_channel::<(usize, usize)>();
        let client = client.clone();
        tokio::spawn(async move {
            let token = ProgressToken::String(format!("copydesk-{number}"));
            let create = WorkDoneProgressCreateParams { token: token.clone() };
            if client.send_request::<WorkDoneProgressCreate>(create).await.is_err() {
                return;
            }
            let show = |step| {
                let value = ProgressParamsValue::WorkDone(step);
                client
                    .send_notification::<ProgressNotification>(ProgressParams { token: token.clone(), value })
            };
            let begin = WorkDoneProgressBegin {
                title: title.to_owned(),
                percentage: Some(0),
                ..WorkDoneProgressBegin::default()
            };
            show(WorkDoneProgress::Begin(begin)).await;
            while let Some((done, of)) = taken.recv().await {
                let report = WorkDoneProgressReport {
                    message: Some(format!("{done} of {of}")),
                    percentage: Some((done * 100 / of.max(1)) as u32),
                    ..WorkDoneProgressReport::default()
                };
                show(WorkDoneProgress::Report(report)).await;
            }
            show(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
        });
        Self { steps }
    }

    /// Says how many of how many are done.
    pub fn report(&self, done: usize, of: usize) {
        let _ = self.steps.send((done, of));
    }
}
