//! However a text is changed, its findings are those of the text as it then stands.

use serde_json::{Value, json};

use super::client::{Project, offset};

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

const PIECES: [&str; 16] = [
    "recieve ",
    "\n",
    "\r\n",
    "é",
    "好",
    "🦊",
    "- ",
    "## Levels\n",
    "",
    "",
    "",
    "| a | b |\n",
    "Gitlab",
    "TBD",
    "the the ",
    "\u{feff}",
];

const START: &str = "---\ntitle: \"Sourcer\"\n---\n\n## Sourcer\n\nThe Sourcer is a [grade 6](/x/#gitlab-job-grades).\n\n### Responsibilities\n\n- Find 🦊 people\n- Recieve them\n\n### Requirements\n\n- Ability to use GitLab\n";

/// A place in a text, counted in UTF-16; now and then one that is not there.
fn place(text: &str, dice: &mut Dice) -> Value {
    let line = dice.below(text.split('\n').count() + 1);
    let width = text.split('\n').nth(line).map_or(3, |line| line.trim_end_matches('\r').encode_utf16().count());
    json!({"line": line, "character": dice.below(width + 1)})
}

/// Where the server should see it: inside a character, at its start; behind a line, at its end.
fn byte(text: &str, place: &Value) -> usize {
    let line = place["line"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let end = start + text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r').len();
    let at = offset(text, place).min(end).max(start);
    // The helper of the tests stops behind a character that it would have to cut.
    let units = text[start..at].encode_utf16().count();
    match text[start..at].chars().next_back() {
        Some(c) if units > place["character"].as_u64().unwrap() as usize => at - c.len_utf8(),
        _ => at,
    }
}

#[test]
fn a_thousand_changes_give_what_a_fresh_look_gives() {
    let project = Project::new();
    let (uri, fresh) = (project.uri("job-families/a.md"), project.uri("job-families/b.md"));
    let mut editor = project.editor_that(json!({"textDocument": {"diagnostic": {}}}));
    let mut text = START.to_owned();
    let mut dice = Dice(7);
    editor.open(&uri, &text);
    for version in 2..1002 {
        let mut changes = Vec::new();
        for _ in 0..=dice.below(3) {
            let (mut start, mut end) = (place(&text, &mut dice), place(&text, &mut dice));
            // Mostly small changes, as people make them.
            if dice.below(8) > 0 {
                end = start.clone();
            }
            if byte(&text, &start) > byte(&text, &end) {
                std::mem::swap(&mut start, &mut end);
            }
            let piece = PIECES[dice.below(PIECES.len())];
            text.replace_range(byte(&text, &start)..byte(&text, &end), piece);
            changes.push(json!({"range": {"start": start, "end": end}, "text": piece}));
        }
        if text.len() > 4_000 || text.is_empty() {
            text = START.to_owned();
            changes = vec![json!({"text": text})];
        }
        editor.change(&uri, version, json!(changes));
        if version % 10 == 0 {
            editor.open(&fresh, &text);
            assert_eq!(editor.pull(&uri), editor.pull(&fresh), "after {version} changes:\n{text}");
        }
    }
}
