//! Singular nouns without an article: "work with product team".

use super::indefinite::{Indefinite, indefinite};
use super::{Repair, Slip, follows_directly, is_blank, is_running_text, opens_sentence};
use crate::facts::{Article, BareNoun, BarePlace, Facts, GrammarFacts, VerbForm};
use crate::prose::{Prose, Shape, WordAt};
use crate::text::{fold, match_case};
use crate::word_hash::WordTable;
use crate::wording::FoundTerm;

/// More words than these stand before a noun in names only.
const MOST_MODIFIERS: usize = 4;

/// What is said of a noun where it lacks its article.
pub fn missing<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &Facts,
    found: &FoundTerm,
    noun: &BareNoun,
) -> Option<Slip<'p, 'a>> {
    let (articles, facts) = (&facts.terms.rows().articles, &facts.grammar);
    let (first, last) = (found.first(prose), found.last(prose));
    if is_owner(last, facts) {
        return owner(last, facts);
    }
    // Most nouns have their article.
    let has_determiner = first.before().is_some_and(|before| contains(&facts.determiners, before));
    if has_determiner || !ends_phrase(last, facts) || !is_noun(last) || !is_running_text(first.block) {
        return None;
    }
    let (phrase, place) = phrase_of(first, noun, facts)?;
    let governor = phrase.before()?;
    let is_right = may_stand_bare(governor, facts) || is_part_of_name(governor, phrase) || is_repeated(last);
    let article = || match place.article {
        Article::The => Some("the"),
        Article::A => indefinite(phrase, articles).map(Indefinite::written),
    };
    (!is_right).then(|| slip(governor, phrase, last, article(), facts))
}

fn is_owner(word: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    word.word().hash != word.word().stem && facts.bare_owners.contains(word.word().stem)
}

/// What is said of "team's" behind a preposition or a verb.
fn owner<'p, 'a>(noun: WordAt<'p, 'a>, facts: &GrammarFacts) -> Option<Slip<'p, 'a>> {
    let before = noun.before().filter(|_| is_running_text(noun.block) && follows_directly(noun))?;
    let is_bare = contains(&facts.prepositions, before) || is_verb(before, facts);
    is_bare.then(|| slip(before, noun, noun, Some("the"), facts))
}

/// Whether a word is a verb where it stands: "the deploy team's" has none.
fn is_verb(word: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let Some(known) = facts.verbs.get(word.word().hash).filter(|known| !known.is_noun) else { return false };
    known.form == VerbForm::Third || word.before().is_none_or(|before| contains(&facts.modals, before))
}

/// What is said of "reports to Manager".
pub fn before_title<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let to = found.last(prose);
    let title = to.after().filter(|title| follows_directly(*title) && title.word().shape != Shape::Lower)?;
    // "Senior Manager"
    let senior = title.after().filter(|next| matches!(title.written(), "Senior" | "Sr") && stands_next(*next));
    let last = senior.unwrap_or(title);
    let is_name = !last.text_after().starts_with('-') && last.word().hash == last.word().stem;
    let is_person = is_name && contains(&facts.titles, last) && !is_rank(last);
    (is_person && is_running_text(to.block) && is_of_role(found.first(prose)))
        .then(|| slip(to, title, last, Some("the"), facts))
}

/// "Senior Manager", "Sr. Manager"
fn stands_next(word: WordAt<'_, '_>) -> bool {
    word.word().shape != Shape::Lower && is_blank(word.gap_before().trim_start_matches('.'))
}

/// Whether "reports" is what a role does: "present reports to Manager" has another verb.
fn is_of_role(reports: WordAt<'_, '_>) -> bool {
    reports.before().is_none_or(|before| {
        let is_subject = matches!(before.written(), "role" | "position" | "and" | "who" | "that" | "level" | "it");
        is_subject || before.at > 0 && before.word().shape != Shape::Lower || opens_sentence(reports)
    })
}

/// "Director level", "VP and above"
fn is_rank(title: WordAt<'_, '_>) -> bool {
    title.after().is_some_and(|next| matches!(next.written(), "level" | "levels" | "and" | "or"))
}

/// What is said of "a 50-minute interviews".
pub fn with_plural<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let article = found.first(prose);
    let noun = plural_after(article, facts)?;
    let is_apart = article.at == 0 || follows_directly(article);
    if !is_apart || article.word().shape != Shape::Lower || !is_running_text(noun.block) || !ends_phrase(noun, facts) {
        return None;
    }
    let (block, range) = (noun.block, article.word().range().start..noun.word().range().end);
    let written = &block.text()[range.clone()];
    Some(Slip {
        block,
        message: format!("`{written}` has an article for one and a noun for several"),
        help: format!("Leave `{}` out, or speak of one", article.written()),
        range,
        repair: None,
    })
}

/// What is said of "each quarters".
pub fn each_of_several<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let each = found.first(prose);
    // "Each quarter teams are asked": what follows at once is what there is one of.
    let noun = each.after().filter(|noun| follows_directly(*noun) && is_noun(*noun))?;
    let is_plural = facts.plurals.iter().any(|row| row.after.is_none() && contains(&row.nouns, noun));
    if !is_plural || !is_running_text(noun.block) || !ends_phrase(noun, facts) {
        return None;
    }
    let (block, range) = (noun.block, each.word().range().start..noun.word().range().end);
    let written = &block.text()[range.clone()];
    let message = format!("`{written}` speaks of each one, with a noun for several");
    let help = format!("Write `{}` in the singular, or `all`", noun.written());
    Some(Slip { block, message, help, range, repair: None })
}

/// The plural that follows an article, with words between that belong to it.
fn plural_after<'p, 'a>(article: WordAt<'p, 'a>, facts: &GrammarFacts) -> Option<WordAt<'p, 'a>> {
    let (first, end) = (article.at + 1, article.words.len().min(article.at + 2 + MOST_MODIFIERS));
    let row_of = |word: WordAt<'_, '_>| facts.plurals.iter().find(|row| contains(&row.nouns, word));
    // Nine articles in ten have none near them, which costs less to see than the words between.
    let mut near = (first..end).map(|at| WordAt { at, ..article });
    let (noun, row) = near.find_map(|noun| Some((noun, row_of(noun)?)))?;
    let words = || (first..noun.at).map(|at| WordAt { at, ..article });
    let gap_after = |word: WordAt<'_, 'a>| word.after().map_or("", |next| next.gap_before());
    let belongs = |word| !contains(&facts.counts, word) && is_modifier(word, gap_after(word), facts);
    let gap = gap_after(article).trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    let before = noun.before()?;
    let is_noun_there = row.after.as_ref().is_none_or(|after| contains(after, before));
    (is_noun_there && is_blank(gap) && words().all(belongs)).then_some(noun)
}

/// What is said of "two additional team member".
pub fn counted<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let counter = found.last(prose);
    let first = counter.after().filter(|first| is_blank(first.gap_before()))?;
    let is_adjective = contains(&facts.counted.units, first) || first.written().ends_with('s');
    let not_after = match counter.written() {
        "other" => &facts.counted.not_before_other,
        _ => &facts.counted.not_after,
    };
    let is_other = found.first(prose).before().is_some_and(|before| contains(not_after, before));
    if is_adjective || is_other || counter.word().shape != Shape::Lower || !is_running_text(counter.block) {
        return None;
    }
    let noun = noun_of_phrase(first, facts)?;
    let (block, range) = (noun.block, found.first(prose).word().range().start..noun.word().range().end);
    let written = &block.text()[range.clone()];
    let message = format!("`{written}` speaks of several, with a noun for one");
    let help = format!("Write `{}` in the plural", noun.written());
    Some(Slip { block, message, help, range, repair: None })
}

/// The noun for one with which a phrase ends.
fn noun_of_phrase<'p, 'a>(first: WordAt<'p, 'a>, facts: &GrammarFacts) -> Option<WordAt<'p, 'a>> {
    let gap_after = |word: WordAt<'_, 'a>| word.after().map_or("", |next| next.gap_before());
    let is_last =
        |word: WordAt<'_, '_>| is_noun(word) && contains(&facts.counted.nouns, word) && ends_phrase(word, facts);
    let mut word = first;
    for _ in 0..=MOST_MODIFIERS {
        if is_last(word) {
            return Some(word);
        }
        if !is_modifier(word, gap_after(word), facts) {
            return None;
        }
        word = word.after()?;
    }
    None
}

/// What is said of a person without an article with whom a sentence begins.
pub fn bare_subject<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let subject = found.last(prose);
    let verb = subject.after().filter(|verb| follows_directly(*verb) && is_noun(subject))?;
    let is_verb = contains(&facts.modals, verb) && verb.written() != "to" || matches!(verb.written(), "is" | "has");
    let opener = subject.before().filter(|before| contains(&facts.before_subjects, *before) && opens_sentence(*before));
    let begins = is_running_text(subject.block) && (opens_sentence(subject) || opener.is_some());
    // "Next, candidate", but "Selected candidate".
    let first = opener.filter(|_| follows_directly(subject)).unwrap_or(subject);
    (begins && is_verb).then(|| {
        let range = first.word().range().start..subject.word().range().end;
        let written = &subject.block.text()[range.clone()];
        let right = match_case(written, &format!("the {}", fold(written)));
        let repair = Some(Repair::change(range.clone(), &right));
        let message = format!("`{written}` lacks an article");
        let help = format!("Write `{right} {}`, or speak of several", verb.written());
        Slip { block: subject.block, range, message, help, repair }
    })
}

/// Whether the word is no possessive and no acronym.
fn is_noun(word: WordAt<'_, '_>) -> bool {
    word.word().hash == word.word().stem && matches!(word.word().shape, Shape::Lower | Shape::Capitalised)
}

/// Whether no other noun follows: "in team meetings", "at team, company and group level".
pub fn ends_phrase(noun: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    match noun.text_after().as_bytes() {
        [] | [b'.' | b';' | b':' | b')' | b'!' | b'?', ..] => true,
        _ => noun.after().is_some_and(|next| {
            let is_end = contains(&facts.ends_phrase, next) || begins_alternative(next);
            is_end && next.word().shape == Shape::Lower && follows_directly(next)
        }),
    }
}

/// "A degree in a related field or equivalent experience"
fn begins_alternative(or: WordAt<'_, '_>) -> bool {
    or.written() == "or" && or.after().is_some_and(|next| next.written() == "equivalent" && follows_directly(next))
}

/// The first word of the phrase that a noun ends, and the place in which it stands, if the noun takes an article there.
fn phrase_of<'p, 'a, 'f>(
    noun: WordAt<'p, 'a>,
    row: &'f BareNoun,
    facts: &GrammarFacts,
) -> Option<(WordAt<'p, 'a>, &'f BarePlace)> {
    let mut first = noun;
    for modifiers in 0..=MOST_MODIFIERS {
        let before = first.before().filter(|before| !contains(&facts.determiners, *before))?;
        let place = row.places.iter().find(|place| governs(before, first, place));
        if let Some(place) = place {
            return (modifiers >= place.modifiers).then_some((first, place));
        }
        if !is_modifier(before, first.gap_before(), facts) {
            return None;
        }
        first = before;
    }
    None
}

fn governs(word: WordAt<'_, '_>, next: WordAt<'_, '_>, place: &BarePlace) -> bool {
    let is_opened = || {
        let opening = |words| word.before().is_none_or(|before| contains(words, before) && follows_directly(word));
        place.opened_by.as_ref().is_none_or(opening)
    };
    contains(&place.after, word) && follows_directly(next) && is_opened()
}

fn contains(words: &WordTable, word: WordAt<'_, '_>) -> bool {
    words.contains(word.word().hash)
}

/// Whether a word can be part of the phrase; `gap` stands after it.
fn is_modifier(word: WordAt<'_, '_>, gap: &str, facts: &GrammarFacts) -> bool {
    let is_compound = gap == "-" || word.gap_before() == "-";
    let is_verb = || word.written().ends_with("ing") && !is_compound && !contains(&facts.names_in_ing, word);
    let is_plain = !word.word().technical && word.word().hash == word.word().stem;
    let joins = is_blank(gap) || gap == "-" || gap == "/";
    joins && is_plain && (is_compound || !contains(&facts.no_modifiers, word)) && !is_verb()
}

/// "any type of organization", "20% of team"
fn may_stand_bare(governor: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let is_kind = governor.before().is_some_and(|before| contains(&facts.kinds, before));
    governor.written() == "of" && (is_kind || governor.text_before().trim_end().ends_with('%'))
}

/// "Center of Excellence team", where the article stands before the name. The first word of a text has a capital anyway.
fn is_part_of_name(governor: WordAt<'_, '_>, phrase: WordAt<'_, '_>) -> bool {
    let is_name = |word: WordAt<'_, '_>| word.at > 0 && word.word().shape != Shape::Lower;
    is_name(governor) || is_name(phrase) && governor.before().is_some_and(is_name)
}

/// "from team to team"
fn is_repeated(noun: WordAt<'_, '_>) -> bool {
    let second = noun.after().and_then(WordAt::after);
    let first = noun.before().and_then(WordAt::before);
    [first, second].into_iter().flatten().any(|other| other.word().hash == noun.word().hash)
}

fn slip<'p, 'a>(
    governor: WordAt<'p, 'a>,
    phrase: WordAt<'p, 'a>,
    noun: WordAt<'p, 'a>,
    article: Option<&'static str>,
    facts: &GrammarFacts,
) -> Slip<'p, 'a> {
    let block = phrase.block;
    let is_verb = facts.verbs.get(phrase.word().hash).is_some_and(|known| known.form == VerbForm::Base);
    let (start, end) = (phrase.word().range().start, noun.word().range().end);
    let range = governor.word().range().start..end;
    let message = format!("`{}` lacks an article", block.text()[range.clone()].replace('\n', " "));
    let written = block.text()[start..end].replace('\n', " ");
    // "Support Renewals Team" speaks of a certain one.
    let article = if phrase.word().shape == Shape::Lower { article } else { Some("the") };
    // "to staff team" lacks it behind the verb.
    let (help, repair) = match article.filter(|_| governor.written() != "to" || !is_verb) {
        Some("the") => (format!("Write `the {written}`, or `a` if any will do"), Some("the")),
        Some(article) => (format!("Write `{article} {written}`, or `the` if it is a certain one"), Some(article)),
        None => ("Write `a`, `an` or `the` before the noun".to_owned(), None),
    };
    let repair = repair.map(|article| Repair::insert(start, format!("{article} ")));
    Slip { block, range, message, help, repair }
}
