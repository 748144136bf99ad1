//! The real binary over temporary folders: what it prints, where, and with which status.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of tests fails the test")]

mod baseline;
mod check;
mod config;
mod fix;
mod merge_request;
mod options;
mod project;
mod shell;
mod suppress;
mod walk;
mod words;
