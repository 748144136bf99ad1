//! A mistake of ours about one page must not end the server: an editor keeps it for days.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a piece of work gives; nothing if it stumbled.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_here() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> i32 { panic!("a rule stumbled") }), None);
    }
}
