//! The language server: a synchronous loop over [`lint`](crate::lint) and [`fix`](crate::fix), for editors.
//!
//! It decides nothing by itself. Which pages are linted, and how, is the configuration's and the walk's business; what is
//! found, the rules'; what a repair is, the fixes'. Here these are told in the editor's language.

mod actions;
mod capabilities;
mod client;
mod completion;
mod configurations;
mod diagnostics;
mod documents;
mod edits;
mod guard;
mod hover;
mod notifications;
mod requests;
mod server;
mod symbols;
mod uri;

use std::sync::mpsc;
use std::thread;

use lsp_server::{Connection, Message};

use server::Server;

/// How a server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it.
    Orderly,
    /// The editor left without a word, or never spoke the protocol.
    Abruptly,
}

/// Serves one editor on standard input and output, until it leaves.
pub fn run() -> Ended {
    let (connection, threads) = Connection::stdio();
    let ended = serve(connection);
    if ended == Ended::Orderly {
        // What was said last must still get out.
        let _ = threads.join();
    }
    ended
}

fn serve(connection: Connection) -> Ended {
    let Ok((id, params)) = connection.initialize_start() else { return Ended::Abruptly };
    let Connection { sender, receiver } = connection;
    // The editor may be slow to read: what is for it waits here, so that the loop goes on reading what it says.
    let (outbox, waiting) = mpsc::channel::<Message>();
    let forwarder = thread::spawn(move || waiting.into_iter().try_for_each(|message| sender.send(message)));
    let mut server = Server::new(&params, outbox);
    server.introduce(id);
    let ended = server.serve(|due| match due.map(|due| receiver.recv_deadline(due)) {
        None => receiver.recv().map(Some).map_err(|_| ()),
        Some(Ok(message)) => Ok(Some(message)),
        Some(Err(error)) => {
            if error.is_timeout() {
                Ok(None)
            } else {
                Err(())
            }
        }
    });
    drop(server);
    if ended == Ended::Orderly {
        let _ = forwarder.join();
    }
    ended
}
