//! The real binary over temporary folders: what it prints, where, and with which status.

mod check;
mod config;
mod project;
mod suppress;
mod walk;
