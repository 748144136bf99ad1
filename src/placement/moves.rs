//! Whether headings that stand in a wrong place may be given their depth without doing harm.

use std::ops::Range;

use crate::model::HeadingClass;
use crate::placement::{Placement, Slip};

impl Placement<'_> {
    /// A heading and what stands under it, up to the next section or role: those have a place of their own.
    pub fn with_parts(&self, heading: usize) -> Range<usize> {
        let deeper = self.family.with_deeper(heading);
        let has_place =
            |at: &usize| matches!(self.heading(*at).class, HeadingClass::Section(_) | HeadingClass::Role(_));
        let end = (heading + 1..deeper.end).find(has_place).unwrap_or(deeper.end);
        heading..end
    }

    /// For each section whether it may move by itself: once those before it have moved, it leaves no gap below the heading
    /// before it, and of two that would stand beside each other under one name neither moves.
    pub fn may_move(&self, slips: &[Slip]) -> Vec<bool> {
        let mut depths: Vec<u8> = self.family.headings.iter().map(|heading| heading.depth).collect();
        for slip in slips {
            for at in self.with_parts(slip.heading) {
                depths[at] = (depths[at] + slip.depth).saturating_sub(self.heading(slip.heading).depth);
            }
        }
        let all_moved = depths.clone();
        let mut may_move = Vec::with_capacity(slips.len());
        for slip in slips {
            let moves = !leaves_gap(slip.heading, &depths) && !self.has_twin(slip.heading, &all_moved);
            if !moves {
                self.with_parts(slip.heading).for_each(|at| depths[at] = self.heading(at).depth);
            }
            may_move.push(moves);
        }
        may_move
    }

    /// Whether another heading of the same name stands beside one, as the headings have these depths.
    fn has_twin(&self, heading: usize, depths: &[u8]) -> bool {
        let depth = depths[heading];
        let beside = |at: &usize| depths[*at] >= depth;
        let is_same = |at: usize| depths[at] == depth && self.heading(at).folded == self.heading(heading).folded;
        (0..heading).rev().take_while(beside).any(is_same)
            || (heading + 1..depths.len()).take_while(beside).any(is_same)
    }
}

fn leaves_gap(heading: usize, depths: &[u8]) -> bool {
    heading.checked_sub(1).is_some_and(|before| depths[heading] > depths[before] + 1)
}
