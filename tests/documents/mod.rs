//! Documents for properties, made of pieces, and the settings under which every rule speaks.

use jflint::facts::Facts;
use jflint::lint::Settings;
use proptest::prelude::*;

/// Pieces of which job-family documents are made, whole and broken.
const PIECES: &[&str] = &[
    "---\n",
    "--- \n",
    "title: \"Tax\"\n",
    "title: \"Tax\n",
    "layout: x\n",
    "## Levels\n",
    "### Tax Analyst\n",
    "#### Job Grade\u{a0}\n",
    "### Senior Tax Analyst Requirements\n",
    "## Career Ladder\n",
    "####### x\n",
    "# \n",
    "## ## \n",
    "The Tax Analyst is a [grade 6](/x/#gitlab-job-grades).\n",
    "The {Tax Analyst} is a [grade #](",
    "- Extends the Tax Analyst ",
    "responsibilities\n",
    "requirements\n",
    "- Ability to use GitLab\n",
    "* * nested\n",
    "- [ ] task\n",
    "1. one\n",
    "lost line\n",
    "TBD",
    "To be defined at time of business need.\n",
    "| Role | Grade |\n| -- | - |\n",
    "| [a](#b) | Grade 7 |\n",
    "| x \\| y | 8\n",
    "{{% job-families/sales/performance %}}\n",
    "{{<",
    ">}}",
    "<%= x %>",
    "<%",
    "{:.no_toc}",
    "{#id}",
    "{add a list]",
    "[a][b]",
    "[b]: /x\n",
    "](",
    "[TODO]()",
    "![i](x)",
    "`code",
    "```\n",
    "~~~\n",
    "<!-- jflint-disable-line typo -->",
    "<!-- jflint-disable-file -->",
    "<!--",
    "-->",
    "<a id=\"x\">",
    "<br>",
    "> ",
    ">> quote\n",
    "    indented\n",
    "\t",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    " ",
    "\u{a0}",
    "é",
    "好",
    "🦊",
    "\u{feff}",
    "\0",
    "\\",
    "&amp;",
    "&#x1F98A;",
    "**",
    "_",
    "~~",
    "https://x.y/z",
    "www.x.y",
    "a@b.c",
    "[^1]",
    "[^1]: note\n",
    "(",
    ")",
    "..",
    " ,",
    "Gitlab",
    "teh ",
    "recieve",
    "the the ",
    "a individual",
    "OKR's",
    "5+ years",
    "you will",
    "he/she",
];

/// Documents as they come, however damaged.
pub fn documents() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// All rules on, those that are off by default too.
pub fn every_rule_on() -> Settings {
    let mut settings = Settings::new(Facts::embedded());
    for rule in jflint::rules::ALL {
        settings.set(rule.name, Some(rule.severity));
    }
    settings
}
