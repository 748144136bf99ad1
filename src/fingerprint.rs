//! The identity of a finding: how merge-request reports and baselines know it again after the document has changed.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::Diagnostic;

/// A fingerprint for each diagnostic of one document, in their order: 32 hexadecimal digits.
///
/// It is made of the rule, the path, the owner and the key. Nothing of that changes when text elsewhere does, and an
/// ordinal in document order tells equals apart, so no two findings share one. `repository_path` is relative to the
/// repository's root, so that a fingerprint is the same whatever folder jflint was started in.
pub fn fingerprints<'d>(repository_path: &str, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<String> {
    let diagnostics: Vec<&Diagnostic> = diagnostics.into_iter().collect();
    let mut in_document_order: Vec<usize> = (0..diagnostics.len()).collect();
    in_document_order.sort_by_key(|&index| diagnostics[index].span);

    // Those that are alike but for their ordinal, by the hash that the first of them has.
    let mut alike: FxHashMap<u128, usize> = FxHashMap::default();
    let mut fingerprints = vec![String::new(); diagnostics.len()];
    let mut identity = Vec::with_capacity(256);
    for index in in_document_order {
        let diagnostic = diagnostics[index];
        let mut hash = |ordinal: &str| {
            let parts = [diagnostic.rule, repository_path, &diagnostic.owner, &diagnostic.key, ordinal];
            hash(parts, &mut identity)
        };
        let first = hash("0");
        let ordinal = alike.entry(first).or_default();
        fingerprints[index] = hexadecimal(if *ordinal == 0 { first } else { hash(&ordinal.to_string()) });
        *ordinal += 1;
    }
    fingerprints
}

fn hash(parts: [&str; 5], identity: &mut Vec<u8>) -> u128 {
    identity.clear();
    for part in parts {
        // With their lengths, else `a` + `bc` and `ab` + `c` would be one.
        identity.extend_from_slice(&(part.len() as u64).to_le_bytes());
        identity.extend_from_slice(part.as_bytes());
    }
    xxh3_128(identity)
}

/// As `{:032x}`, which costs 2,000 instructions a finding.
fn hexadecimal(hash: u128) -> String {
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    let mut digits = [0; 32];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(hash.to_be_bytes()) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    String::from_utf8_lossy(&digits).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::Span;

    fn diagnostic(rule: &'static str, owner: &str, key: &str, start: usize) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Warning,
            message: String::new(),
            help: String::new(),
            span: Span::at(start),
            caption: String::new(),
            labels: Vec::new(),
            fixes: Vec::new(),
            owner: owner.into(),
            key: key.into(),
        }
    }

    #[test]
    fn the_value_is_fixed_for_ever() {
        let typo = diagnostic("typo", "manager/requirements", "recieve", 10);
        assert_eq!(fingerprints("jobs/a.md", &[typo]), ["14e8a3bf7f934bc4066f46aa849f2bba"]);
    }

    #[test]
    fn it_survives_edits_elsewhere() {
        let before = [diagnostic("typo", "manager", "teh", 10), diagnostic("typo", "manager", "teh", 90)];
        let after = [
            diagnostic("placeholder", "manager", "TBD", 3),
            diagnostic("typo", "manager", "teh", 40),
            diagnostic("typo", "manager", "teh", 120),
        ];
        assert_eq!(fingerprints("a.md", &before), fingerprints("a.md", &after)[1..]);
    }

    #[test]
    fn no_two_findings_share_one() {
        let all = [
            diagnostic("typo", "a", "bc", 0),
            diagnostic("typo", "ab", "c", 1),
            diagnostic("typo", "ab", "c", 1),
            diagnostic("typo", "ab", "c", 2),
            diagnostic("typoa", "b", "c", 3),
            diagnostic("typo", "", "", 4),
        ];
        let distinct: HashSet<String> =
            fingerprints("x.md", &all).into_iter().chain(fingerprints("y.md", &all)).collect();
        assert_eq!(distinct.len(), 2 * all.len());
    }

    #[test]
    fn the_order_of_the_list_does_not_matter() {
        let one = diagnostic("typo", "", "teh", 1);
        let two = diagnostic("typo", "", "teh", 2);
        let mut reversed = fingerprints("x.md", &[two.clone(), one.clone()]);
        reversed.reverse();
        assert_eq!(fingerprints("x.md", &[one, two]), reversed);
    }
}
