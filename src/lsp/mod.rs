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

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

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

/// Serves one editor on standard input and output, until it leaves. Paths in messages begin at the working folder.
pub fn run(working_folder: &Path) -> Ended {
    let (connection, threads) = Connection::stdio();
    let ended = serve(&connection, working_folder);
    // The thread that writes ends when nobody can say anything any more.
    drop(connection);
    if ended == Ended::Orderly {
        // What was said last must still get out.
        let _ = threads.join();
    }
    ended
}

fn serve(connection: &Connection, working_folder: &Path) -> Ended {
    let Ok((id, params)) = connection.initialize_start() else { return Ended::Abruptly };
    // The editor may be slow to read: what is for it waits here, so that the loop goes on reading what it says.
    let (outbox, waiting) = mpsc::channel::<Message>();
    let sender = connection.sender.clone();
    let forwarder = thread::spawn(move || waiting.into_iter().try_for_each(|message| sender.send(message)));
    let mut server = Server::new(&params, working_folder, outbox);
    server.introduce(id);
    let ended = server.serve(|until| next(connection, until));
    drop(server);
    if ended == Ended::Orderly {
        let _ = forwarder.join();
    }
    ended
}

/// The editor has left.
struct Gone;

/// What the editor says next; nothing if it says nothing until then.
fn next(connection: &Connection, until: Option<Instant>) -> Result<Option<Message>, Gone> {
    let Some(until) = until else { return connection.receiver.recv().map(Some).map_err(|_| Gone) };
    match connection.receiver.recv_deadline(until) {
        Ok(message) => Ok(Some(message)),
        Err(error) if error.is_timeout() => Ok(None),
        Err(_) => Err(Gone),
    }
}
