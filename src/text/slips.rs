//! How far apart two words are.

/// How many letters of a word are wrong, missing, too many or swapped against another, if no more than `most`. Counted in
/// characters, of texts of any length; where one word is compared with many, `spelling::near::slips_between` takes less.
pub fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    if differ(one, other, most) {
        return None;
    }
    let (one, other) = without_common_ends(one, other);
    Some(strsim::damerau_levenshtein(one, other)).filter(|slips| *slips <= most)
}

/// Two words without what they begin and end with alike, where no slip is: the distance takes time by the square.
fn without_common_ends<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let same = |letters: &(char, char)| letters.0 == letters.1;
    let length = |letters: (char, char)| letters.0.len_utf8();
    let start: usize = one.chars().zip(other.chars()).take_while(same).map(length).sum();
    let (one, other) = (&one[start..], &other[start..]);
    let end: usize = one.chars().rev().zip(other.chars().rev()).take_while(same).map(length).sum();
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// Whether two words have so different letters that more than `most` slips part them: a slip brings in one letter and
/// takes out one at most. Tells nearly all pairs apart by the kinds of letters for 100 instructions, and most of the
/// others by their numbers for 200, where the distance takes thousands.
pub fn differ(one: &str, other: &str, most: usize) -> bool {
    let (letters, others) = (letters_of(one), letters_of(other));
    if (letters & !others).count_ones().max((others & !letters).count_ones()) as usize > most {
        return true;
    }
    let mut balance = [0_i32; 64];
    one.chars().for_each(|c| balance[c as usize % 64] += 1);
    other.chars().for_each(|c| balance[c as usize % 64] -= 1);
    let too_many: i32 = balance.iter().map(|count| (*count).max(0)).sum();
    let missing: i32 = balance.iter().map(|count| (-count).max(0)).sum();
    too_many.max(missing) as usize > most
}

/// A bit for each kind of letter.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        assert_eq!(slips("requirements", "requirments", 2), Some(1));
        assert_eq!(slips("requirements", "reuqirmets", 2), None);
        assert_eq!(slips("manager", "engineer", 2), None);
        assert_eq!(slips("été", "ete", 2), Some(2));
        assert_eq!(slips("same", "same", 0), Some(0));
        assert_eq!((slips("tax-job-grade", "tax-jbo-grade", 1), slips("aab", "aaab", 1)), (Some(1), Some(1)));
    }
}
