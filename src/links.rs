//! What is wrong with a link: with the address of one that Markdown reads, or with the brackets of one that it takes for
//! text.

mod address;
mod broken;

pub use address::{WrongAddress, wrong_address};
pub use broken::{Broken, BrokenKind, broken_at, may_be_in_broken};

/// In bytes or characters: longer stretches are no address.
const LONGEST: usize = 400;
