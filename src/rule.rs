//! What a rule is, what it sees, and how it speaks.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::ops::Range;

use crate::bullets::Bullets;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
use crate::facts::{Facts, SectionKind};
use crate::lists::{self, Continuation, InnerMarker, Paragraph};
use crate::model::slug::{SlugRule, slug};
use crate::model::{Heading, JobFamily, Owner, marks};
use crate::prose::{Block, Prose};
use crate::source::{Source, Span};
use crate::syntax::{Link, NodeId, NodeKind, Tree};
use crate::wording::{JudgedWords, Wording};

/// The part of a document that a rule looks at; the chapters of the rule docs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Document,
    Structure,
    Grades,
    Content,
    Lists,
    Prose,
    Links,
    Meta,
}

impl Group {
    /// As in the catalogue, where it is a chapter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Structure => "structure",
            Self::Grades => "grades",
            Self::Content => "content",
            Self::Lists => "lists",
            Self::Prose => "prose",
            Self::Links => "links",
            Self::Meta => "meta",
        }
    }
}

/// One rule: what it is called, what it says of itself, and the function that looks.
#[derive(Debug)]
pub struct Rule {
    /// Says what is wrong, so that it reads after "allow".
    pub name: &'static str,
    pub group: Group,
    pub severity: Severity,
    /// The best fix that the rule ever offers.
    pub fix: Option<Safety>,
    /// Off until the configuration asks for it.
    pub off_by_default: bool,
    /// Rules that tell more about the same slip: where one of them points at the same place, this one is silent.
    pub yields_to: &'static [&'static str],
    /// Markdown: a summary line, why, examples under `### Bad` and `### Good`, when not to fix.
    pub doc: &'static str,
    pub check: fn(&RuleContext<'_>, &mut Sink),
}

impl Rule {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.doc.trim_start().lines().next().unwrap_or("").trim()
    }
}

/// For the tests of the rules.
#[cfg(test)]
impl Rule {
    /// What this rule alone says about a text.
    pub fn findings(&'static self, source: &Source) -> Vec<Diagnostic> {
        let facts = Facts::embedded();
        let tree = Tree::parse(source);
        let family = JobFamily::read(source, &tree, &facts);
        let judged = RefCell::default();
        let mut sink = Sink::new(self, self.severity, Vec::new());
        (self.check)(&RuleContext::new(source, &tree, &family, &facts, &judged), &mut sink);
        sink.into_diagnostics()
    }

    /// Fails unless this rule speaks once of a page with any of the wrong texts, and never of one with a right text.
    #[track_caller]
    pub fn assert_tells(&'static self, page_with: impl Fn(&str) -> String, wrong: &[&str], right: &[&str]) {
        let count = |text: &str| self.findings(&Source::new("x.md", page_with(text))).len();
        for text in wrong {
            assert_eq!(count(text), 1, "{text}");
        }
        for text in right {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}

/// Declares a rule beside its check. The doc comment is the rule's documentation, and its fenced examples are tests.
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        $name:literal, $group:ident, $severity:ident
        $(, fix: $fix:ident)?
        $(, yields_to: [$($stronger:literal),+ $(,)?])?
        $(, default: $off:ident)?
        ; $check:path
    ) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::rule::Rule = $crate::rule::Rule {
            name: $name,
            group: $crate::rule::Group::$group,
            severity: $crate::diagnostic::Severity::$severity,
            fix: $crate::declare_rule!(@fix $($fix)?),
            off_by_default: $crate::declare_rule!(@off $($off)?),
            yields_to: &[$($($stronger),+)?],
            doc: concat!($($doc, "\n"),+),
            check: $check,
        };
    };
    (@fix) => { None };
    (@fix $fix:ident) => { Some($crate::diagnostic::Safety::$fix) };
    (@off) => { false };
    (@off off) => { true };
}

/// Everything that a rule may look at. No file, no configuration: options are in `facts` by now.
#[derive(Debug)]
pub struct RuleContext<'a> {
    pub source: &'a Source,
    pub tree: &'a Tree,
    pub family: &'a JobFamily,
    pub facts: &'a Facts,
    prose: OnceCell<Prose<'a>>,
    bullets: OnceCell<Bullets>,
    paragraphs: OnceCell<Vec<Paragraph>>,
    continuations: OnceCell<Vec<Continuation>>,
    usual_marker: OnceCell<&'static str>,
    inner_markers: OnceCell<Vec<InnerMarker<'a>>>,
    wording: OnceCell<Wording>,
    judged: &'a RefCell<JudgedWords>,
    linked: OnceCell<HashSet<NodeId>>,
    /// The blocks in which `](` is text: links that broke.
    broken: OnceCell<HashSet<NodeId>>,
}

impl<'a> RuleContext<'a> {
    /// `judged` knows the words of other pages that were linted by the same facts.
    pub fn new(
        source: &'a Source,
        tree: &'a Tree,
        family: &'a JobFamily,
        facts: &'a Facts,
        judged: &'a RefCell<JudgedWords>,
    ) -> Self {
        Self {
            source,
            tree,
            family,
            facts,
            prose: OnceCell::new(),
            bullets: OnceCell::new(),
            paragraphs: OnceCell::new(),
            continuations: OnceCell::new(),
            usual_marker: OnceCell::new(),
            inner_markers: OnceCell::new(),
            wording: OnceCell::new(),
            judged,
            linked: OnceCell::new(),
            broken: OnceCell::new(),
        }
    }

    /// The bullets of the sections, ready to be compared; made when the first rule asks.
    pub fn bullets(&self) -> &Bullets {
        self.bullets.get_or_init(|| Bullets::read(self.source, self.tree, self.family, self.prose()))
    }

    /// The paragraphs of the page, in document order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        self.paragraphs.get_or_init(|| lists::paragraphs(self.source, self.tree, self.prose()))
    }

    /// As [`lists::continuations`] finds them.
    pub fn continuations(&self) -> &[Continuation] {
        self.continuations.get_or_init(|| lists::continuations(self.source, self.tree, self.paragraphs()))
    }

    /// As [`lists::inner_markers`] finds them.
    pub fn inner_markers(&self) -> &[InnerMarker<'a>] {
        self.inner_markers.get_or_init(|| lists::inner_markers(self.source, self.tree, self.paragraphs()))
    }

    /// As [`lists::usual_marker`] finds it.
    pub fn usual_marker(&self) -> &'static str {
        self.usual_marker.get_or_init(|| lists::usual_marker(self.source, self.tree))
    }

    /// The byte at which a mark can be added to a paragraph right behind what is shown of it; nothing where a comment, an
    /// attribute, an entity or a picture ends it.
    pub fn open_end(&self, paragraph: NodeId) -> Option<usize> {
        let written = lists::trimmed(self.source, self.tree.node(paragraph).span);
        let last = self.tree.children(paragraph).last().map(|last| &self.tree.node(last).kind);
        let is_shown = !self.source.slice(written).ends_with(['>', '}', ';']);
        (is_shown && !matches!(last, Some(NodeKind::Image(_)))).then_some(written.end)
    }

    /// The visible text as words and marks; made when the first rule asks.
    pub fn prose(&self) -> &Prose<'a> {
        self.prose.get_or_init(|| Prose::read(self.source, self.tree, self.family))
    }

    /// The terms and misspelt words of the prose; found when the first rule asks.
    pub fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| Wording::read(self.prose(), self.facts, &mut self.judged.borrow_mut()))
    }

    /// Whether a block says nothing to a reader: comments and attributes do not, code, tables, pictures and templates do.
    pub fn is_blank(&self, block: NodeId) -> bool {
        let is_comment = |html: &str| html.starts_with("<!--") && html.ends_with("-->");
        match self.tree.node(block).kind {
            NodeKind::HtmlBlock => is_comment(self.source.slice(self.tree.node(block).span).trim()),
            NodeKind::CodeBlock | NodeKind::Table => false,
            NodeKind::ThematicBreak => true,
            _ => {
                let is_image = |id| matches!(self.tree.node(id).kind, NodeKind::Image(_));
                self.tree.visible(block).text().trim().is_empty() && !self.tree.descendants(block).any(is_image)
            }
        }
    }

    /// Whether a role whose grade anybody may know has none: neither in its text nor in a table nor from the family.
    pub fn lacks_grade(&self, index: usize) -> bool {
        let role = &self.family.roles[index];
        let mut own = self.family.sections_of(Owner::Role(index), SectionKind::JobGrade);
        // A grade without a number is another matter, or explains itself.
        let is_stated = !role.statements.is_empty()
            || !role.family_statements.is_empty()
            || own.any(|section| section.blocks.iter().any(|block| !self.is_blank(*block)))
            || self.family.rows_of(index).any(|row| !row.grades.is_empty());
        role.name.is_graded() && !is_stated
    }

    /// How safe it is to change words of a block: those of a heading to which the page links are its anchor, and where a
    /// link is broken, a change may make one of it.
    pub fn safety_in(&self, block: &Block<'_>) -> Safety {
        let is_delicate = |node| self.is_linked(node) || self.has_broken_link(node);
        if block.node.is_some_and(is_delicate) { Safety::Unsafe } else { Safety::Safe }
    }

    fn has_broken_link(&self, node: NodeId) -> bool {
        let broken = self.broken.get_or_init(|| {
            let blocks = self.prose().blocks().iter().filter(|block| self.prose().has_broken_link(block));
            blocks.filter_map(|block| block.node).collect()
        });
        broken.contains(&node)
    }

    /// Says what is right in place of some bytes of a block, and offers to write it where they stand in the source as they
    /// are.
    pub fn offer_words<'s>(
        &self,
        finding: Finding<'s>,
        (block, range): (&Block<'_>, Range<usize>),
        safety: Safety,
        right: String,
    ) -> Finding<'s> {
        let (finding, span) = (finding.help(format!("Write `{right}`")), block.span(range.clone()));
        match block.is_verbatim(self.source, range) {
            true => finding.fix(safety, format!("Change it to `{right}`"), span, right),
            false => finding,
        }
    }

    /// Whether the page links to a heading.
    pub fn is_linked(&self, heading: NodeId) -> bool {
        self.linked.get_or_init(|| self.family.linked_headings(self.tree)).contains(&heading)
    }

    /// The edits that replace some bytes of a block's text. The words of a heading are its anchor too: the page's own
    /// links to it are changed with them; where that cannot be done, or the heading would mean something else, the edits
    /// are unsafe.
    pub fn rewording(&self, block: &Block<'_>, range: Range<usize>, right: &str) -> (Safety, Vec<Edit>) {
        let mut edits = vec![Edit { span: block.span(range.clone()), replacement: right.to_owned() }];
        let headings = &self.family.headings;
        let heading = headings.partition_point(|heading| Some(heading.node) < block.node);
        if headings.get(heading).is_none_or(|heading| Some(heading.node) != block.node) {
            return (self.safety_in(block), edits);
        }
        let text = block.text();
        let reworded = [&text[..range.start], right, &text[range.end..]].concat();
        if !self.family.means_same(&headings[heading], &reworded, self.facts) {
            return (Safety::Unsafe, edits);
        }
        if !self.is_linked(headings[heading].node) {
            return (self.safety_in(block), edits);
        }
        match self.links_moved(block, heading, &reworded) {
            Some(moved) => {
                edits.extend(moved);
                (Safety::Safe, edits)
            }
            None => (Safety::Unsafe, edits),
        }
    }

    /// The edits that lead the page's own links to a heading to its new anchor; nothing where one cannot be led.
    fn links_moved(&self, heading: &Block<'_>, index: usize, reworded: &str) -> Option<Vec<Edit>> {
        let anchors = || self.family.anchors();
        let rules = [SlugRule::Hugo, SlugRule::Kramdown, SlugRule::GitLab];
        let moved = |link: &Link| {
            let old = link.url.strip_prefix('#')?;
            let rule = rules.into_iter().find(|rule| slug(heading.text(), *rule) == old)?;
            let new = slug(reworded, rule);
            // Where several headings have the anchor, the others would get new numbers.
            let is_clear = !anchors().contains(&format!("{old}-1")) && (new == old || !anchors().contains(&new));
            let span = link.destination.filter(|span| self.source.slice(*span) == link.url)?;
            is_clear.then(|| Edit { span, replacement: format!("#{new}") })
        };
        let here = |link: &&Link| link.url.strip_prefix('#').and_then(|old| anchors().heading_of(old)) == Some(index);
        self.tree.links().map(|(_, link)| link).filter(here).map(moved).collect()
    }

    /// The edits that make headings deeper or shallower by the difference of two depths; nothing where one of them has no
    /// `#` signs, or would have none or too many.
    pub fn change_depth(&self, headings: Range<usize>, from: u8, to: u8) -> Option<Vec<Edit>> {
        let headings = self.family.headings.get(headings)?;
        let moved = |heading: &Heading| {
            let depth = (heading.depth + to).checked_sub(from).filter(|depth| (1..=6).contains(depth))?;
            let span = heading.marks(self.source)?;
            Some(Edit { span, replacement: marks(depth) })
        };
        headings.iter().map(moved).collect()
    }

    /// Whether all that `one` links to is linked in `other`, too; the host of the site makes no difference.
    pub fn links_are_in(&self, one: NodeId, other: NodeId) -> bool {
        let there: HashSet<&str> = self.targets(other).collect();
        self.targets(one).all(|target| there.contains(target))
    }

    fn targets(&self, node: NodeId) -> impl Iterator<Item = &str> {
        let urls = self.tree.descendants(node).filter_map(|id| Some(self.tree.node(id).link()?.url.as_str()));
        urls.map(|url| self.facts.links.path_on_site(url).unwrap_or(url).trim_end_matches('/'))
    }

    /// Where the address of a link is written; the whole link where it stands elsewhere.
    pub fn destination(&self, id: NodeId, link: &Link) -> Span {
        link.destination.unwrap_or(self.tree.node(id).span)
    }
}

/// Takes the findings of a rule.
#[derive(Debug)]
pub struct Sink {
    rule: &'static Rule,
    severity: Severity,
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// Adds to what was found before.
    pub fn new(rule: &'static Rule, severity: Severity, diagnostics: Vec<Diagnostic>) -> Self {
        Self { rule, severity, diagnostics }
    }

    /// Says that something is wrong at `span`. `key` tells this finding from others of the same rule in the same
    /// section, and survives edits elsewhere: the misspelt word, the name of what is missing; no numbers of lines.
    pub fn report(&mut self, span: Span, key: impl Into<String>, message: impl Into<String>) -> Finding<'_> {
        self.diagnostics.push(Diagnostic {
            rule: self.rule.name,
            severity: self.severity,
            message: message.into(),
            help: String::new(),
            span,
            caption: String::new(),
            labels: Vec::new(),
            fixes: Vec::new(),
            owner: String::new(),
            key: key.into(),
        });
        let last = self.diagnostics.len() - 1;
        Finding(&mut self.diagnostics[last])
    }

    /// What was found before, and by the rule.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

/// More places of one kind nobody reads one by one.
const MOST_LABELS: usize = 12;

/// A finding that is being written.
#[derive(Debug)]
pub struct Finding<'s>(&'s mut Diagnostic);

impl Finding<'_> {
    /// What to do; starts with a verb.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.0.help = help.into();
        self
    }

    /// A few words beside the underlined place.
    pub fn caption(self, caption: impl Into<String>) -> Self {
        self.0.caption = caption.into();
        self
    }

    /// Gives it to another owner than the role and section in which it stands, where its place is only the first of
    /// several: an edit of that place would make another finding of it.
    pub fn owner(self, owner: impl Into<String>) -> Self {
        self.0.owner = owner.into();
        self
    }

    /// A second place that belongs to the finding.
    pub fn label(self, span: Span, message: impl Into<String>) -> Self {
        self.0.labels.push(Label { span, message: message.into() });
        self
    }

    /// Further places of one kind, each with the same words; past the first dozen they are left out.
    pub fn labels(self, spans: impl IntoIterator<Item = Span>, message: &str) -> Self {
        spans.into_iter().take(MOST_LABELS).fold(self, |finding, span| finding.label(span, message))
    }

    /// A repair that replaces one span.
    pub fn fix(self, safety: Safety, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        self.fix_edits(safety, title, vec![Edit { span, replacement: replacement.into() }])
    }

    /// A repair of several edits. Where there are several repairs, none of them is safe: somebody has to choose.
    pub fn fix_edits(self, safety: Safety, title: impl Into<String>, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        let fixes = &mut self.0.fixes;
        fixes.push(Fix { title: title.into(), safety, edits });
        if fixes.len() > 1 {
            fixes.iter_mut().for_each(|fix| fix.safety = Safety::Unsafe);
        }
        self
    }
}
