//! Options into facts: what a project adds to their rows, switches off and changes.

use std::sync::Arc;

use crate::facts::{self, Facts, RequiredFor, SectionForms, Terms, Track};
use crate::nearest::{did_you_mean, nearest};
use crate::text::{fold, stem, words};

use super::fields::{
    AbsoluteHandbookLink, BrandCase, CodedLanguage, DiscouragedTerm, EqualGrades, MalformedGrade, MissingHyphen,
    MissingRequiredBullet, MissingSection, NonstandardSection, Options, OutdatedGrade, PerformanceIndicatorCount,
    Placeholder, RepeatedLevelList, Texts, UnusualGrade, VacancyTone, YearsOfExperience,
};

impl Options {
    /// Changes the facts.
    ///
    /// # Errors
    ///
    /// A sentence about the first row that is to be switched off and is not there, or that cannot be added.
    pub fn merge_into(&self, facts: &mut Facts) -> Result<(), String> {
        self.missing_section.merge_into(facts);
        self.missing_required_bullet.merge_into(&mut facts.required_bullets)?;
        self.nonstandard_section.merge_into(facts)?;
        self.malformed_grade.merge_into(&mut facts.grades)?;
        self.outdated_grade.merge_into(&mut facts.grades)?;
        self.equal_grades.merge_into(facts)?;
        self.unusual_grade.merge_into(facts)?;
        self.placeholder.merge_into(&mut facts.placeholders)?;
        self.repeated_level_list.merge_into(&mut facts.lists);
        self.performance_indicator_count.merge_into(&mut facts.lists);
        self.absolute_handbook_link.merge_into(&mut facts.links)?;
        self.merge_terms(facts)
    }

    fn merge_terms(&self, facts: &mut Facts) -> Result<(), String> {
        let mut rows = facts.terms.rows().clone();
        self.brand_case.merge_into(&mut rows.brands)?;
        self.discouraged_term.merge_into(&mut rows.discouraged)?;
        self.missing_hyphen.merge_into(&mut rows.compounds)?;
        self.vacancy_tone.merge_into(&mut rows.vacancy)?;
        self.years_of_experience.merge_into(&mut rows.years);
        self.coded_language.merge_into(&mut rows.coded);
        facts.terms = Terms::new(rows, &facts.grammar);
        Ok(())
    }
}

/// Adds rows in place of those of the same name, and takes away those of a name in `off`.
fn change<T>(rows: &mut Vec<T>, add: Vec<T>, off: &[String], name: impl Fn(&T) -> String) -> Result<(), String> {
    for row in add {
        rows.retain(|known| fold(&name(known)) != fold(&name(&row)));
        rows.push(row);
    }
    for wanted in off {
        let before = rows.len();
        rows.retain(|row| fold(&name(row)) != fold(wanted));
        if rows.len() == before {
            return Err(nothing_to_switch_off(wanted, rows.iter().map(&name)));
        }
    }
    Ok(())
}

/// Takes the terms in `off` out of rows that have several each.
fn switch_off<T>(rows: &mut [T], off: &[String], terms: fn(&mut T) -> &mut Vec<String>) -> Result<(), String> {
    for wanted in off {
        let mut is_there = false;
        for list in rows.iter_mut().map(terms) {
            let before = list.len();
            list.retain(|term| fold(term) != fold(wanted));
            is_there |= list.len() < before;
        }
        if !is_there {
            return Err(nothing_to_switch_off(wanted, rows.iter_mut().flat_map(|row| terms(row).clone())));
        }
    }
    Ok(())
}

fn nothing_to_switch_off(wanted: &str, names: impl Iterator<Item = String>) -> String {
    let names: Vec<(String, String)> = names.map(|name| (fold(&name), name)).collect();
    let folded = nearest(wanted, names.iter().map(|(folded, _)| folded.as_str()));
    let name = folded.and_then(|near| names.iter().find(|(folded, _)| folded == near));
    let hint = name.map(|(_, name)| format!("; did you mean `{name}`?")).unwrap_or_default();
    format!("there is no `{wanted}` to switch off{hint}")
}

fn change_texts(list: &mut Vec<String>, texts: &Texts, tidy: fn(&str) -> String) -> Result<(), String> {
    let add = texts.add.iter().map(|text| tidy(text)).collect();
    let off: Vec<String> = texts.off.iter().map(|text| tidy(text)).collect();
    change(list, add, &off, Clone::clone)
}

impl MissingSection {
    fn merge_into(&self, facts: &mut Facts) {
        let has = |names: &[super::fields::SectionName], kind| names.iter().any(|name| name.kind() == kind);
        for fact in &mut facts.sections {
            fact.required = if has(&self.role, fact.kind) {
                Some(RequiredFor::Role)
            } else {
                has(&self.family, fact.kind).then_some(RequiredFor::Family)
            };
        }
    }
}

impl MissingRequiredBullet {
    fn merge_into(&self, bullets: &mut Vec<facts::RequiredBullet>) -> Result<(), String> {
        let add = self.add.iter().map(|row| facts::RequiredBullet {
            name: fold(&row.wording).replace(' ', "-"),
            wording: row.wording.clone(),
            also: row.also.clone(),
            pattern: None,
            examples: Vec::new(),
            counter_examples: Vec::new(),
        });
        change(bullets, add.collect(), &self.off, |bullet| bullet.wording.clone())
    }
}

impl NonstandardSection {
    fn merge_into(&self, facts: &mut Facts) -> Result<(), String> {
        for row in &self.add {
            let fact = facts.sections.iter_mut().find(|fact| fact.kind == row.section.kind());
            fact.into_iter().for_each(|fact| fact.nonstandard.push(fold(&row.name)));
        }
        for name in &self.off {
            let has_name = |fact: &&mut facts::SectionFact| {
                [&fact.nonstandard, &fact.nonstandard_alone].iter().any(|names| names.contains(&fold(name)))
            };
            let Some(fact) = facts.sections.iter_mut().find(has_name) else {
                let names = facts.sections.iter().flat_map(|fact| [&fact.nonstandard, &fact.nonstandard_alone]);
                return Err(nothing_to_switch_off(name, names.flatten().cloned()));
            };
            for names in [&mut fact.nonstandard, &mut fact.nonstandard_alone] {
                names.retain(|form| *form != fold(name));
            }
            fact.forms.push(fold(name));
        }
        facts.section_forms = SectionForms::new(&facts.sections);
        Ok(())
    }
}

impl MalformedGrade {
    fn merge_into(&self, grades: &mut facts::GradeFacts) -> Result<(), String> {
        let off: Vec<String> = self.off.iter().map(u16::to_string).collect();
        change(&mut grades.valid, self.add.clone(), &off, u16::to_string)?;
        grades.valid.sort_unstable();
        Ok(())
    }
}

impl OutdatedGrade {
    fn merge_into(&self, grades: &mut facts::GradeFacts) -> Result<(), String> {
        let add = self.add.iter().map(|row| facts::OutdatedGrade {
            grade: row.grade.to_string(),
            since: row.since.clone(),
            example: String::new(),
        });
        let off: Vec<String> = self.off.iter().map(f64::to_string).collect();
        change(&mut grades.outdated, add.collect(), &off, |row| row.grade.clone())?;
        grades.kept.extend(off);
        Ok(())
    }
}

impl EqualGrades {
    fn merge_into(&self, facts: &mut Facts) -> Result<(), String> {
        let words_of = |role: &String| {
            let all = words(&fold(role)).collect::<Vec<_>>().join(" ");
            let level = facts.levels.starting(&all).map_or("", |level| &level.word);
            let own = all.strip_prefix(level).filter(|own| !own.is_empty()).unwrap_or(&all);
            own.split_whitespace().map(|word| stem(word).to_owned()).collect::<Vec<_>>()
        };
        let ladder = |role| facts::EqualLadder { words: words_of(role), example: role.clone() };
        let add = self.add.iter().map(ladder).collect();
        let off: Vec<String> = self.off.iter().map(|role| words_of(role).join(" ")).collect();
        change(&mut facts.grades.equal_by_design, add, &off, |ladder| ladder.words.join(" "))
    }
}

impl UnusualGrade {
    fn merge_into(&self, facts: &mut Facts) -> Result<(), String> {
        let titles = || facts.levels.levels.iter().filter(|level| level.track == Track::Management);
        for row in &self.add {
            if !titles().any(|level| level.word == fold(&row.title)) {
                let hint = did_you_mean(&row.title, titles().map(|level| level.word.as_str()));
                return Err(format!("`{}` is no level of management{hint}", row.title));
            }
        }
        let add = self.add.iter().map(|row| facts::TitleGrade { level: fold(&row.title), grade: row.grade });
        change(&mut facts.grades.titles, add.collect(), &self.off, |title| title.level.clone())
    }
}

impl Placeholder {
    fn merge_into(&self, placeholders: &mut facts::PlaceholderFacts) -> Result<(), String> {
        let add = self.add.iter().map(|phrase| facts::Placeholder {
            phrase: fold(phrase),
            r#where: facts::PlaceholderWhere::Anywhere,
            case: facts::PlaceholderCase::Any,
            unless_before: Vec::new(),
            example: phrase.clone(),
        });
        let mut rows = placeholders.rows.clone();
        change(&mut rows.phrases, add.collect(), &self.off, |row| row.phrase.clone())?;
        rows.allowed.extend(self.allow.iter().map(|text| fold(text)));
        *placeholders = rows.into();
        Ok(())
    }
}

impl RepeatedLevelList {
    fn merge_into(&self, lists: &mut facts::ListFacts) {
        lists.repeated = self.least;
    }
}

impl PerformanceIndicatorCount {
    fn merge_into(&self, lists: &mut facts::ListFacts) {
        lists.indicators = facts::Bounds { least: self.least, most: self.most };
    }
}

impl AbsoluteHandbookLink {
    fn merge_into(&self, links: &mut facts::LinkFacts) -> Result<(), String> {
        change_texts(&mut links.hosts, &self.hosts, |host| {
            let name = host.split_once("://").map_or(host, |(_, rest)| rest);
            name.trim_end_matches('/').to_owned()
        })?;
        change_texts(&mut links.relative, &self.folders, |folder| format!("/{}", folder.trim_matches('/')))
    }
}

impl BrandCase {
    fn merge_into(&self, brands: &mut Vec<facts::Brand>) -> Result<(), String> {
        let add = self.add.iter().map(|row| facts::Brand {
            right: row.name.clone(),
            also: row.also.clone(),
            wrong: row.wrong.clone(),
            tool: false,
            everyday: false,
            is_word: false,
            not_after: Vec::new(),
        });
        change(brands, add.collect(), &self.off, |brand| brand.right.clone())
    }
}

impl DiscouragedTerm {
    /// A row has several terms, which are switched off one by one.
    fn merge_into(&self, rows: &mut Vec<facts::DiscouragedTerm>) -> Result<(), String> {
        rows.extend(self.add.iter().map(|row| facts::DiscouragedTerm {
            terms: row.terms.clone(),
            instead: row.instead.clone(),
            reason: row.reason.clone(),
            not_before: Vec::new(),
            example: String::new(),
        }));
        switch_off(rows, &self.off, |row| &mut row.terms)
    }
}

impl MissingHyphen {
    fn merge_into(&self, rows: &mut Vec<facts::Compound>) -> Result<(), String> {
        switch_off(rows, &self.off, |row| &mut row.words)?;
        rows.push(facts::Compound { words: self.add.clone(), ..facts::Compound::default() });
        Ok(())
    }
}

impl VacancyTone {
    fn merge_into(&self, rows: &mut Vec<facts::VacancyPhrase>) -> Result<(), String> {
        let add = self.add.iter().map(|phrase| facts::VacancyPhrase {
            phrase: phrase.clone(),
            opens_bullet: false,
            not_before: Vec::new(),
            help: "Say what the role does, or what it needs".to_owned(),
            example: phrase.clone(),
        });
        change(rows, add.collect(), &self.off, |row| row.phrase.clone())
    }
}

impl YearsOfExperience {
    fn merge_into(&self, years: &mut facts::Years) {
        years.allowed.extend(self.allow.iter().map(|text| fold(text)));
    }
}

impl CodedLanguage {
    fn merge_into(&self, coded: &mut facts::CodedWords) {
        coded.margin = self.margin;
    }
}

/// The facts with what a project adds to them.
///
/// # Errors
///
/// As [`Options::merge_into`].
pub fn merged(options: &Options) -> Result<Arc<Facts>, String> {
    let embedded = Facts::embedded();
    if *options == Options::default() {
        return Ok(embedded);
    }
    let mut facts = (*embedded).clone();
    options.merge_into(&mut facts)?;
    Ok(Arc::new(facts))
}
