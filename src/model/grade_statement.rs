//! Grade statements: "The Analyst is a [grade 6](/…#gitlab-job-grades)." and its forms.

use std::ops::Range;

use crate::facts::{GradeFacts, GradeWordings};
use crate::model::grade::{Grade, GradeValue};
use crate::model::role_name::Relation;
use crate::source::Span;
use crate::syntax::{NodeId, Tree, Visible};
use crate::text::{fold, fold_char, strip_article, subject_in};

/// A sentence that says which grade a role is.
#[derive(Debug, Clone)]
pub struct GradeStatement {
    /// The sentence.
    pub span: Span,
    /// The role that it names, without "The" and braces; empty where it names none ("This role is a ...").
    pub subject: String,
    pub subject_span: Span,
    /// Most have one; "a grade 11 or a grade 12" has two.
    pub grades: Vec<GradeValue>,
    /// The words that give the grade: the link's text, or "grade 8" where there is no link.
    pub grade_span: Span,
    pub link: Option<NodeId>,
    /// It gives no number, and says that there is none or that a linked sheet has it (pages of 2026).
    pub told_elsewhere: bool,
    /// How the subject compares with the name of the role in whose text it stands; `Same` where it names none, and for
    /// statements that stand in no role's text.
    pub relation: Relation,
}

impl GradeStatement {
    /// Whether the grade is another role's by the statement's own words.
    pub fn is_about_another(&self) -> bool {
        self.relation.is_other()
    }

    /// Whether it is about all roles: "All analysts are a grade 6". A sheet that a statement without a name leads to has
    /// the grades of all.
    pub fn is_general(&self) -> bool {
        let first = self.subject.split(' ').next().unwrap_or("").to_ascii_lowercase();
        self.subject.is_empty() && self.told_elsewhere
            || matches!(first.as_str(), "all" | "both" | "each" | "every" | "these" | "roles" | "levels")
    }

    /// Whether it was meant to give a grade and gives none: "The Analyst is a grade #".
    pub fn is_malformed(&self) -> bool {
        self.grades.is_empty() && !self.told_elsewhere
    }

    /// The role as it is named, without the braces of a template.
    pub fn named(&self) -> &str {
        self.subject.trim_matches(['{', '}', ' '])
    }
}

/// Where a sentence about a grade stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// Here a number needs no "grade" before it, and what gives no grade was meant to.
    JobGrade,
    OtherHeading,
}

/// Finds the grade statements of a paragraph.
pub fn statements(tree: &Tree, paragraph: NodeId, under: Under, facts: &GradeFacts) -> Vec<GradeStatement> {
    let visible = tree.visible(paragraph);
    if under == Under::OtherHeading
        && !visible.text().contains(GRADE_OF_ANY_CASE)
        && !links_to_grades(tree, paragraph, facts)
    {
        return Vec::new();
    }
    let links: Vec<NodeId> = tree.descendants(paragraph).filter(|id| tree.node(*id).link().is_some()).collect();
    sentences(visible.text()).filter_map(|range| statement(tree, &links, &visible.part(range), under, facts)).collect()
}

/// What "grade" and "Grade" share: one search finds both, in every paragraph of every page.
pub const GRADE_OF_ANY_CASE: &str = "rade";

fn links_to_grades(tree: &Tree, paragraph: NodeId, facts: &GradeFacts) -> bool {
    tree.descendants(paragraph).any(|id| tree.node(id).link().is_some_and(|link| facts.is_grade_link(&link.url)))
}

/// Splits a paragraph at full stops that end a sentence ("Sr. Analyst" and "9.5" do not).
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for (at, _) in text.match_indices('.').filter(|(at, _)| text[at + 1..].starts_with(' ')) {
        let word = text[start..at].rsplit(' ').next().unwrap_or("");
        if matches!(word, "Sr" | "Jr" | "e.g" | "i.e" | "etc") {
            continue;
        }
        ranges.push(start..at + 1);
        start = at + 2;
    }
    ranges.push(start..text.len());
    ranges.into_iter().flat_map(|range| clauses(text, range)).filter(|range| range.start < range.end)
}

/// "The Analyst is a grade 6 and the Senior Analyst is a grade 7" says two things.
fn clauses(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let states = |part: &str| part.contains(" is a ") && part.contains(GRADE_OF_ANY_CASE);
    let and = text[sentence.clone()].match_indices(" and the ").map(|(at, _)| sentence.start + at);
    let parted = and.into_iter().find(|at| states(&text[sentence.start..*at]) && states(&text[*at..sentence.end]));
    let first = sentence.start..parted.unwrap_or(sentence.end);
    let second = parted.map(|at| at + " and ".len()..sentence.end);
    std::iter::once(first).chain(second)
}

fn statement(
    tree: &Tree,
    links: &[NodeId],
    sentence: &Visible<'_>,
    under: Under,
    facts: &GradeFacts,
) -> Option<GradeStatement> {
    let folded = plain(sentence.text());
    let label = label_end(&folded, &facts.statements);
    let (verb_at, from) = label.map(|end| (0, end)).or_else(|| first_verb(&folded, &facts.statements))?;
    let link = link_in(tree, links, sentence, from);
    let predicate = Predicate { tree, facts, sentence, from, text: &folded[from..], link };
    let leads_to_grades = predicate.leads_to_grades();
    let says_grade = leads_to_grades || predicate.begins_with_grade();
    if under == Under::OtherHeading && !says_grade && label.is_none() {
        return None;
    }
    let is_bracketed = link.is_some() || predicate.text.contains('[');
    let may_stand_bare = leads_to_grades || label.is_some() || (under == Under::JobGrade && is_bracketed);
    let grades = predicate.grades(may_stand_bare);
    let told_elsewhere = grades.is_empty() && predicate.tells_elsewhere();
    let is_meant = under == Under::JobGrade && says_grade;
    if grades.is_empty() && !told_elsewhere && !is_meant {
        return None;
    }
    let subject = subject_range(&folded[..verb_at], &facts.statements);
    Some(GradeStatement {
        span: sentence.whole(),
        subject: sentence.text()[subject.clone()].trim().to_owned(),
        subject_span: sentence.span(subject),
        grades,
        grade_span: predicate.grade_span(),
        link,
        told_elsewhere,
        relation: Relation::Same,
    })
}

/// Lower case and straight, byte for byte: positions stay those of the text.
fn plain(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(plain_char).collect() }
}

fn plain_char(c: char) -> char {
    let plain = fold_char(c);
    let plain = if plain.len_utf8() == c.len_utf8() { plain } else { c };
    plain.to_ascii_lowercase()
}

/// Where the label of a grade without a sentence ends: "Job Grade: 6".
fn label_end(folded: &str, wordings: &GradeWordings) -> Option<usize> {
    let start = folded.len() - folded.trim_start().len();
    let label = wordings.labels.iter().find(|label| folded[start..].starts_with(label.as_str()))?;
    Some(start + label.len())
}

fn first_verb(text: &str, wordings: &GradeWordings) -> Option<(usize, usize)> {
    let verb_at = |at: usize| wordings.verbs.iter().find(|verb| text[at..].starts_with(verb.as_str()));
    text.match_indices(' ').find_map(|(at, _)| Some((at, at + verb_at(at)?.len())))
}

/// The role that a subject names: without article, braces and "role"; empty for "This role".
fn subject_range(subject: &str, wordings: &GradeWordings) -> Range<usize> {
    let core = subject_in(subject);
    let (subject, offset) = (&subject[core.clone()], core.start);
    let bare = strip_article(subject.trim_start());
    let named = wordings.before_role.iter().find_map(|before| bare.strip_prefix(before.as_str()));
    let bare = named.map_or(bare, strip_article);
    let start = subject.len() - bare.len();
    let mut end = subject.trim_end_matches([' ', ',']).len().max(start);
    let shorter =
        |name: &str| wordings.after_role.iter().find_map(|after| name.strip_suffix(after.as_str())).map(str::len);
    while let Some(length) = shorter(&subject[start..end]) {
        end = start + length;
    }
    let is_none = wordings.no_roles.iter().any(|word| *word == subject[start..end]);
    offset + start..offset + if is_none { start } else { end }
}

/// The first of the paragraph's links that stands in the sentence, after `from`.
fn link_in(tree: &Tree, links: &[NodeId], sentence: &Visible<'_>, from: usize) -> Option<NodeId> {
    let range = sentence.range();
    let shown = |id: &NodeId| tree.visible(*id).range();
    let first = links.partition_point(|id| shown(id).start < range.start + from);
    links.get(first).copied().filter(|id| shown(id).end <= range.end)
}

/// What a sentence says of its subject: what follows the verb, or the label "Job Grade:".
struct Predicate<'s> {
    tree: &'s Tree,
    facts: &'s GradeFacts,
    sentence: &'s Visible<'s>,
    /// Where it begins, in bytes of the sentence.
    from: usize,
    /// Folded, byte for byte.
    text: &'s str,
    /// The first link in it.
    link: Option<NodeId>,
}

impl Predicate<'_> {
    fn leads_to_grades(&self) -> bool {
        let link = self.link.and_then(|id| self.tree.node(id).link());
        link.is_some_and(|link| self.facts.is_grade_link(&link.url))
    }

    fn begins_with_grade(&self) -> bool {
        let words = self.text.trim_start_matches(['[', ' ']);
        let words = words.strip_prefix("a ").or_else(|| words.strip_prefix("an ")).unwrap_or(words);
        let words = words.strip_prefix("job ").unwrap_or(words);
        words.starts_with("grade") || words.starts_with("[grade")
    }

    /// The numbers that stand where a grade does, or right after the verb, where they `may_stand_bare`: without "grade".
    fn grades(&self, may_stand_bare: bool) -> Vec<GradeValue> {
        let mut grades = Vec::new();
        let mut at = 0;
        while let Some(found) = self.text[at..].find(|c: char| c.is_ascii_digit()) {
            let start = at + found;
            at = start + number_length(&self.text[start..]);
            let before = self.text[..start].trim_end_matches([' ', '#', '[', ':', '(']);
            let is_joined = self.text[..start].ends_with(|c: char| c.is_alphanumeric());
            let is_grade = follows_grade(before)
                || (!grades.is_empty() && goes_on_after_grade(before))
                || (may_stand_bare && is_predicate_start(before));
            if is_joined || !is_grade {
                continue;
            }
            if let Some(grade) = Grade::parse(&self.text[start..at]) {
                grades.push(GradeValue { grade, span: self.sentence.span(self.from + start..self.from + at) });
            }
        }
        grades
    }

    /// Whether it says that there is no grade, or that a linked sheet has it.
    fn tells_elsewhere(&self) -> bool {
        contains_any(self.text, &self.facts.statements.without)
            || (self.leads_to_sheet() && contains_any(self.text, &self.facts.statements.told_there))
    }

    fn leads_to_sheet(&self) -> bool {
        self.link.is_some_and(|id| {
            let text = fold(self.tree.visible(id).text());
            self.facts.level_resources.iter().any(|resource| text.contains(resource.as_str()))
        })
    }

    /// The link's text, or "grade 8" where there is no link.
    fn grade_span(&self) -> Span {
        if let Some(link) = self.link {
            return self.tree.visible(link).whole();
        }
        let start = self.text.find("grade").or_else(|| self.text.find("level")).unwrap_or(0);
        let end = self.text[start..].find(['.', ',']).map_or(self.text.len(), |at| start + at);
        self.sentence.span(self.from + start..self.from + end.max(start))
    }
}

/// How many bytes the number takes with which a text begins; "9.5" is one, and of "9.55" only the 9.
fn number_length(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let has_half = text[digits..].starts_with(".5") && !text[digits + 2..].starts_with(|c: char| c.is_ascii_digit());
    if has_half { digits + 2 } else { digits }
}

fn follows_grade(before: &str) -> bool {
    ["grade", "level", "grades"].iter().any(|word| before.ends_with(word))
}

/// "grade 6, 7 or 8", "grades 6-8".
fn goes_on_after_grade(before: &str) -> bool {
    before.ends_with([',', '/', '-', '–']) || ["or", "and", " to"].iter().any(|joint| before.ends_with(joint))
}

/// Whether nothing but "a", "job", "grade" stands between the verb and a number.
fn is_predicate_start(before: &str) -> bool {
    before.split_whitespace().all(|word| {
        matches!(word.trim_matches(['[', ':']), "a" | "an" | "job" | "at" | "of" | "grade" | "graded" | "" | "level")
    })
}

fn contains_any(text: &str, wordings: &[String]) -> bool {
    wordings.iter().any(|wording| text.contains(wording.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;

    fn read(markdown: &str, under: Under) -> Vec<(String, Vec<String>, bool)> {
        let source = Source::new("x.md", markdown);
        let tree = Tree::parse(&source);
        let facts = Facts::embedded();
        let paragraph = tree.children(NodeId::ROOT).next().expect("a paragraph");
        statements(&tree, paragraph, under, &facts.grades)
            .into_iter()
            .map(|found| {
                (
                    found.subject,
                    found.grades.iter().map(|grade| grade.grade.to_string()).collect(),
                    found.told_elsewhere,
                )
            })
            .collect()
    }

    fn one(markdown: &str) -> (String, Vec<String>, bool) {
        read(markdown, Under::JobGrade).into_iter().next().unwrap_or_else(|| panic!("no statement in {markdown}"))
    }

    #[test]
    fn every_form_of_a_statement_is_read() {
        let cases = [
            ("The Tax Analyst is a [grade 6](/x/#gitlab-job-grades).", "Tax Analyst", "6"),
            ("The Tax Analyst is a [6](/x/#gitlab-job-grades).", "Tax Analyst", "6"),
            ("The Tax Analyst is a job grade [level 6](/x/).", "Tax Analyst", "6"),
            ("The Tax Analyst is a job grade [12](/x/).", "Tax Analyst", "12"),
            ("The Tax Analyst is a [grade #10](/x/).", "Tax Analyst", "10"),
            ("The Tax Analyst is a [grade 9.5](/x/).", "Tax Analyst", "9.5"),
            ("The Tax Analyst is [Job Grade 10](/x/).", "Tax Analyst", "10"),
            ("The Tax Analyst is a grade 12.", "Tax Analyst", "12"),
            ("The Tax Analyst is a grade [8].", "Tax Analyst", "8"),
            ("The Tax Analyst is a [grade](/x/) 6 job.", "Tax Analyst", "6"),
            ("The Tax Analyst role is a [grade 7](/x/) and reports to nobody.", "Tax Analyst", "7"),
            ("The Sr. Analyst is a [grade 7](/x/).", "Sr. Analyst", "7"),
            ("This role is a [grade 7](/x/).", "", "7"),
            ("The {Tax Analyst} is a [grade 7](/x/).", "{Tax Analyst}", "7"),
            ("Tax Analyst is a\n[grade 7](/x/).", "Tax Analyst", "7"),
            ("The Tax Analyst is graded [9](/x/#gitlab-job-grades).", "Tax Analyst", "9"),
            ("The Tax Analyst has a [job grade of 12](/x/#gitlab-job-grades).", "Tax Analyst", "12"),
            ("**Job Grade:** [Grade 6](/x/)", "", "6"),
            ("Grade: 6", "", "6"),
        ];
        for (markdown, subject, grade) in cases {
            assert_eq!(one(markdown), (subject.to_owned(), vec![grade.to_owned()], false), "{markdown}");
        }
    }

    #[test]
    fn several_grades_are_all_read() {
        assert_eq!(one("The Chief is a [grade 11 or a grade 12](/x/).").1, ["11", "12"]);
        assert_eq!(one("The Reps are [grades 6, 7, 8](/x/#gitlab-job-grades).").1, ["6", "7", "8"]);
    }

    #[test]
    fn a_sentence_may_state_two_grades() {
        let found = read(
            "The Analyst is a [grade 6](/x/) and the Senior Analyst is a [grade 7](/x/), as usual.",
            Under::JobGrade,
        );
        let said: Vec<(&str, &str)> =
            found.iter().map(|(subject, grades, _)| (subject.as_str(), grades[0].as_str())).collect();
        assert_eq!(said, [("Analyst", "6"), ("Senior Analyst", "7")]);
        assert_eq!(read("The Analyst is a [grade 6](/x/) and the team is a good one.", Under::JobGrade).len(), 1);
    }

    #[test]
    fn a_statement_without_a_number_may_say_where_it_is() {
        assert!(one("The Intern is not aligned to a job [grade](/x/).").2);
        assert!(one("The job level of the Analyst is outlined in the [Job Levels](https://x.y/sheet) resource.").2);
        assert!(!one("The Analyst is a [grade #](/x/).").2);
        let rest = "is outlined in the [Job Levels](https://x.y/sheet) resource.";
        let subjects = [
            ("The job level of this role", ""),
            ("This role's job level", ""),
            ("The job level of the Tax Analyst role", "Tax Analyst"),
            ("The Tax Analyst's job level", "Tax Analyst"),
            ("Job levels", ""),
            ("Levels for all roles", "all roles"),
        ];
        for (written, subject) in subjects {
            assert_eq!(one(&format!("{written} {rest}")).0, subject, "{written}");
        }
        assert!(read("This job is the same grade as the Analyst.", Under::JobGrade).is_empty());
    }

    #[test]
    fn ordinary_prose_is_no_statement() {
        assert!(read("Our product is an enterprise-grade platform.", Under::OtherHeading).is_empty());
        assert!(read("The work is done as appropriate for the grade.", Under::OtherHeading).is_empty());
        assert!(read("There is a level 3 support team.", Under::OtherHeading).is_empty());
        assert!(read("The team is 12 people strong.", Under::JobGrade).is_empty());
    }
}
