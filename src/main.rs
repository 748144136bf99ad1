//! `jflint`: arguments in, exit status out.

use std::process::ExitCode;

// A run allocates many small pieces and frees them at its end.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jflint::cli::run(std::env::args_os()).into()
}
