//! The language server, as editors meet it: the real program over pipes.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "what is said to a server is written where it is said")]
#![allow(clippy::cast_possible_truncation, reason = "pages of tests are small")]

mod actions;
mod client;
mod completion;
mod configuration;
mod diagnostics;
mod everywhere;
mod hover;
mod keystroke;
mod lifecycle;
mod same_as_check;
mod suppress;
mod symbols;
mod sync;
mod words;
