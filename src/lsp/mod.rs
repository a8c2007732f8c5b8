//! The language server: the same reading as `check`, on every keystroke.
//!
//! Three threads and a pool. One reads messages, one writes them; between them a single thread runs the protocol and
//! the actor that owns all state, so that events are taken in the order in which they arrived. What takes time runs in
//! the pool, on snapshots. Only this floor knows the types of the protocol; every conversion from bytes to positions
//! is in `convert`.

mod actions;
mod actor;
mod backend;
mod buffer;
mod completion;
mod convert;
mod event;
mod guide_edit;
mod guide_help;
mod guide_marks;
mod hints;
mod hover;
mod log;
mod names;
mod outline;
mod parent;
mod progress;
mod project;
mod pull;
mod quotations;
mod session;
mod settings;
mod shelf;
mod snapshot;
mod stet;
mod transport;

use actor::Actor;
use backend::Backend;
use event::Event;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, SinkExt, StreamExt};
use std::io;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::ls_types::SetTraceParams;
use tower_lsp::{ClientSocket, ExitedError, LspService};
use tower_service::Service;
use transport::{Incoming, Outbox};

/// How long a client that has gone or that does not read is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What ends or feeds the session.
enum Input {
    Messages(Vec<Incoming>),
    Closed,
    /// The process that started the server is no more.
    Orphaned,
}

/// Serves one client over standard input and output. The exit code is that of the protocol: 1 where `exit` came
/// without `shutdown`.
pub fn run() -> ExitCode {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().build() else {
        log::error("cannot start: no threads");
        return ExitCode::from(2);
    };
    let (outbox, writer) = transport::write(io::stdout());
    let code = runtime.block_on(serve(outbox));
    // Checks that still run are of no use to anybody, and a client that does not read must not keep the server alive.
    runtime.shutdown_background();
    let (done, written) = channel();
    thread::spawn(move || done.send(writer.join().is_ok()));
    let _ = written.recv_timeout(PATIENCE);
    code
}

async fn serve(outbox: Outbox) -> ExitCode {
    let (input, mut inputs) = mpsc::unbounded_channel();
    let reader = input.clone();
    thread::spawn(move || {
        transport::read(io::stdin(), |messages| reader.send(Input::Messages(messages)).is_ok());
        let _ = reader.send(Input::Closed);
    });
    let orphaned = Box::new(move || drop(input.send(Input::Orphaned)));
    let (events, inbox) = mpsc::unbounded_channel();
    let (service, socket) = LspService::new(|client| Backend::new(client, events.clone(), orphaned));
    let actor = Actor::new(service.inner().client.clone(), outbox.clone(), events.clone());
    tokio::spawn(actor.run(inbox));
    let mut server = Server { service, socket, running: FuturesUnordered::new(), outbox, shut_down: false };
    loop {
        tokio::select! {
            biased;
            Some(response) = server.running.next() => server.respond(response),
            Some(request) = server.socket.next() => server.outbox.send(&request),
            input = inputs.recv() => match input {
                Some(Input::Messages(messages)) => {
                    for message in messages {
                        if let Some(code) = server.take(message).await {
                            return code;
                        }
                    }
                }
                Some(Input::Closed) => break,
                Some(Input::Orphaned) | None => return ExitCode::SUCCESS,
            },
        }
    }
    // Nothing more will be asked: what was asked is answered, what is being checked is published.
    let _ = tokio::time::timeout(PATIENCE, async {
        while let Some(response) = server.running.next().await {
            server.respond(response);
        }
        let (closing, closed) = oneshot::channel();
        if events.send(Event::Closing(closing)).is_ok() {
            let _ = closed.await;
        }
    })
    .await;
    ExitCode::SUCCESS
}

type Running = <LspService<Backend> as Service<Request>>::Future;

/// The protocol's library does not know this notification.
fn set_trace(request: &Request) {
    let params = request.params().cloned().unwrap_or_default();
    match serde_json::from_value::<SetTraceParams>(params) {
        Ok(params) => log::set_trace(params.value),
        Err(error) => log::warning(&format!("$/setTrace could not be read: {error}")),
    }
}

/// The protocol's side of the session: takes messages in order, runs any number of requests at once.
struct Server {
    service: LspService<Backend>,
    /// Requests to the client come out of it, the client's responses go in.
    socket: ClientSocket,
    running: FuturesUnordered<Running>,
    outbox: Outbox,
    shut_down: bool,
}

impl Server {
    /// Takes one message; gives the exit code where it is the last.
    async fn take(&mut self, message: Incoming) -> Option<ExitCode> {
        match message {
            Incoming::Request(request) => {
                if let Some(id) = request.id().filter(|_| request.method().starts_with("$/")) {
                    // A notification of this kind may be ignored, a request may not.
                    self.outbox.send(&Response::from_error(id.clone(), Error::method_not_found()));
                    return None;
                }
                if request.method() == "$/setTrace" {
                    set_trace(&request);
                    return None;
                }
                let exit = request.method() == "exit";
                self.shut_down |= request.method() == "shutdown";
                let mut future = self.service.call(request);
                // The first step of a handler sends its event: taken here, events keep the order of the messages.
                match (&mut future).now_or_never() {
                    Some(response) => self.respond(response),
                    None => self.running.push(future),
                }
                if exit {
                    return Some(ExitCode::from(u8::from(!self.shut_down)));
                }
            }
            Incoming::Response(response) => {
                let _ = self.socket.send(response).await;
            }
            Incoming::Malformed(response) => {
                log::warning("a message could not be read");
                self.outbox.send(&response);
            }
        }
        None
    }

    fn respond(&self, response: Result<Option<Response>, ExitedError>) {
        if let Ok(Some(response)) = response {
            self.outbox.send(&response);
        }
    }
}
