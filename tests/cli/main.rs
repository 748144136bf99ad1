//! The real binary over temporary folders: what it prints, where, and with which status.
#![allow(clippy::expect_used, reason = "a helper of tests fails the test")]

mod check;
mod config;
mod project;
mod suppress;
mod walk;
mod words;
