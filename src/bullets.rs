//! The bullets of the sections as folded words: read once for all rules that compare bullets.
//!
//! Two bullets are the same when their words are. Links are their texts; emphasis, case, typographic quotes, and the
//! punctuation between words do not count.

mod content;

use std::ops::Range;

pub use content::Content;

use crate::lists::adjacent;
use crate::model::{HeadingClass, Item, JobFamily, items_in};
use crate::prose::{Block, Mark, Prose};
use crate::source::Source;
use crate::syntax::{OPAQUE, Tree};
use crate::text::fold_char;
use crate::word_hash::{PlainWord, WordHash, WordSet, hash_of, plain_word};

/// The bullets of a page.
#[derive(Debug, Default)]
pub struct Bullets {
    all: Vec<Bullet>,
    sections: Vec<Range<usize>>,
    /// Those below headings that are no section, such as a specialty's.
    loose: Vec<Range<usize>>,
    words: Vec<u64>,
    /// The hashes that several bullets of the page have.
    repeated: WordSet,
    /// Where the wordings begin by which roles extend others, in order.
    extensions: Vec<usize>,
}

/// A bullet that has words of its own.
#[derive(Debug, Clone)]
pub struct Bullet {
    pub item: Item,
    /// Of its words: equal bullets have equal hashes, and different ones nearly never.
    pub hash: u64,
    /// The bullet at which its list begins: a list that begins anew below another paragraph or heading is another one,
    /// a list whose marker changes is not.
    pub list: usize,
    /// It says that the section extends another role, and is no duty itself.
    pub extends: bool,
    words: Range<usize>,
}

/// A little more than a bullet has on average: the list of them need not move.
const WORDS_OF_BULLET: usize = 16;

impl Bullets {
    /// Reads the bullets of a page.
    pub fn read(source: &Source, tree: &Tree, family: &JobFamily, prose: &Prose<'_>) -> Self {
        let extensions = family.roles.iter().flat_map(|role| &role.extensions);
        let items = family.sections.iter().map(|section| section.items.len()).sum();
        let mut bullets = Self {
            all: Vec::with_capacity(items),
            words: Vec::with_capacity(items * WORDS_OF_BULLET),
            extensions: extensions.map(|found| found.span.start).collect(),
            ..Self::default()
        };
        bullets.extensions.sort_unstable();
        for section in &family.sections {
            let range = bullets.add_all(source, tree, prose, &section.items);
            bullets.sections.push(range);
        }
        for heading in &family.headings {
            if !matches!(heading.class, HeadingClass::Section(_) | HeadingClass::Part(_)) {
                let range = bullets.add_all(source, tree, prose, &items_in(tree, &heading.blocks));
                bullets.loose.push(range);
            }
        }
        bullets.repeated = repeated(&bullets.all);
        bullets
    }

    fn add_all(&mut self, source: &Source, tree: &Tree, prose: &Prose<'_>, items: &[Item]) -> Range<usize> {
        let first = self.all.len();
        let mut list = first;
        let mut last = None;
        // The bullets stand in order, and so do their blocks: each is the next but for a few.
        let mut blocks = items.first().map_or(&[][..], |item| prose.blocks_from(item.text)).iter();
        for item in items {
            let holder = tree.parent(item.node).filter(|_| item.parent.is_none());
            if let Some(holder) = holder.filter(|holder| Some(*holder) != last) {
                let goes_on = last.is_some_and(|last| adjacent(source, tree, last, holder));
                list = if goes_on { list } else { self.all.len() };
                last = Some(holder);
            }
            if tree.node(item.text).kind.is_paragraph() {
                let block = blocks.find(|block| block.node == Some(item.text));
                self.add(item, list, tree.visible(item.text).text(), prose, block);
            }
        }
        first..self.all.len()
    }

    /// Bullets without a word, or with something in them whose text is made elsewhere, cannot be compared.
    fn add(&mut self, item: &Item, list: usize, text: &str, prose: &Prose<'_>, block: Option<&Block<'_>>) {
        let first = self.words.len();
        if let Some(block) = block.filter(|block| has_same_words(block, prose.marks(block))) {
            self.words.extend(prose.words(block).iter().map(|word| word.hash));
        } else if text.contains(OPAQUE) {
            return;
        } else {
            read_words(text, &mut self.words);
        }
        let words = first..self.words.len();
        if !words.is_empty() {
            let hash = hash_of_words(&self.words[words.clone()]);
            let next = self.extensions.partition_point(|start| *start < item.span.start);
            let extends = self.extensions.get(next).is_some_and(|start| item.span.contains(*start));
            self.all.push(Bullet { item: item.clone(), hash, list, extends, words });
        }
    }

    /// The bullets of a section, by its index, in document order.
    pub fn of(&self, section: usize) -> &[Bullet] {
        self.sections.get(section).map_or(&[], |range| &self.all[range.clone()])
    }

    /// The bullets below each heading that is no section.
    pub fn loose(&self) -> impl Iterator<Item = &[Bullet]> {
        self.loose.iter().map(|range| &self.all[range.clone()])
    }

    /// Whether another bullet of the page may have the same words: one in five has, and only of those can a rule say that
    /// they are repeated.
    pub fn is_repeated(&self, bullet: &Bullet) -> bool {
        self.repeated.contains(&bullet.hash)
    }

    /// The hash that a bullet of these words has.
    pub fn hash_of(text: &str) -> u64 {
        let mut words = Vec::new();
        read_words(text, &mut words);
        hash_of_words(&words)
    }

    /// The hashes of a bullet's words, in order.
    pub fn words(&self, bullet: &Bullet) -> &[u64] {
        &self.words[bullet.words.clone()]
    }
}

fn repeated(bullets: &[Bullet]) -> WordSet {
    let mut seen = WordSet::with_capacity_and_hasher(bullets.len(), Default::default());
    bullets.iter().map(|bullet| bullet.hash).filter(|hash| !seen.insert(*hash)).collect()
}

fn hash_of_words(words: &[u64]) -> u64 {
    words.iter().fold(1, |hash: u64, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Whether the words of a bullet are those of its prose: it has letters, and marks that only part words. Two bullets in
/// three are such, and need not be read a second time.
fn has_same_words(block: &Block<'_>, marks: &[Mark]) -> bool {
    let parts_words = |mark: &Mark| u8::try_from(mark.sign).is_ok_and(|sign| FOLDED[sign as usize] == PARTS_WORDS);
    block.has_plain_words() && marks.iter().all(parts_words)
}

/// Reads the words of a text: letters and digits, and the signs by which `C++` is not `C`.
fn read_words(text: &str, words: &mut Vec<u64>) {
    let bytes = text.as_bytes();
    let (mut word, mut at) = (WordHash::default(), 0);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match FOLDED[byte as usize] {
            PARTS_WORDS => end_word(&mut word, words),
            NO_LETTER => {}
            AND => {
                end_word(&mut word, words);
                words.push(hash_of("and"));
            }
            WIDE => at = read_wide(text, at - 1, &mut word, words),
            letter => match word.is_empty().then(|| whole_word(bytes, at - 1)).flatten() {
                Some((hash, end)) => {
                    words.push(hash);
                    at = end;
                }
                None => word.add(letter),
            },
        }
    }
    end_word(&mut word, words);
}

/// The hash and the end of the word that begins here, if all of it is letters: what a bullet mostly consists of.
fn whole_word(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let PlainWord { hash, end, .. } = plain_word(bytes, at);
    let parted = bytes.get(end).is_none_or(|after| matches!(FOLDED[*after as usize], PARTS_WORDS | AND));
    (parted && end > at).then_some((hash, end))
}

/// What a byte is to a bullet: the folded byte of its word, or one of the four below.
static FOLDED: [u8; 256] = {
    let mut folded = [PARTS_WORDS; 256];
    let mut byte = 0;
    while byte < 256 {
        folded[byte] = match byte as u8 {
            letter @ (b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9') => letter.to_ascii_lowercase(),
            sign @ (b'+' | b'#' | b'%' | b'$' | b'<' | b'>' | b'=') => sign,
            b'\'' => NO_LETTER,
            b'&' => AND,
            128.. => WIDE,
            _ => PARTS_WORDS,
        };
        byte += 1;
    }
    folded
};

const PARTS_WORDS: u8 = 0;
const NO_LETTER: u8 = 1;
const AND: u8 = 2;
/// Part of a character beyond ASCII.
const WIDE: u8 = 3;

/// Reads a character beyond ASCII; gives where it ends.
fn read_wide(text: &str, at: usize, word: &mut WordHash, words: &mut Vec<u64>) -> usize {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
    let folded = fold_char(c);
    if folded.is_alphanumeric() {
        folded.to_lowercase().for_each(|lower| word.add_char(lower));
    } else if folded != '\'' {
        end_word(word, words);
    }
    at + c.len_utf8()
}

fn end_word(word: &mut WordHash, words: &mut Vec<u64>) {
    if !word.is_empty() {
        words.push(word.finish());
        *word = WordHash::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    fn words(text: &str) -> Vec<u64> {
        let mut words = Vec::new();
        read_words(text, &mut words);
        words
    }

    #[test]
    fn words_of_the_prose_are_those_of_the_bullets() {
        let page =
            "## Requirements\n\n- Use C++ and GitLab\n- Plain words, only; here\n- `x` or y\n- Don't *stop* 5 R&D\n";
        let source = Source::new("x.md", page);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        let bullets = Bullets::read(&source, &tree, &family, &Prose::read(&source, &tree, &family));
        let hashes: Vec<u64> = bullets.of(0).iter().map(|bullet| bullet.hash).collect();
        let written = ["use C++ and gitlab", "plain words only here", "x or y", "dont stop 5 R and D"];
        assert_eq!(hashes, written.map(Bullets::hash_of));
    }

    #[test]
    fn writings_of_the_same_words_are_equal() {
        for (one, other) in [
            ("Ability to use GitLab.", "ability to use  GitLab"),
            ("Research & development", "Research and Development;"),
            ("GitLab\u{2019}s on\u{2011}call, rotation", "GitLab's on-call rotation"),
        ] {
            assert_eq!(words(one), words(other), "{one}");
        }
    }

    #[test]
    fn signs_that_make_another_thing_count() {
        for (one, other) in
            [("C", "C++"), ("C#", "C"), ("90%", "90"), ("SLA < 5", "SLA > 5"), ("1.5 years", "15 years")]
        {
            assert_ne!(words(one), words(other), "{one}");
        }
    }
}
