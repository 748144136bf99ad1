//! Text of documents in Markdown that others render. A document comes from anyone: what it says must neither become
//! markup nor call a person, wherever the report is shown.
//!
//! GitLab and GitHub look for mentions, issues and emoji in the rendered text, so escapes do not stop them: only code
//! does, or a character of no width behind the sign.

use super::super::terminal::printable;

/// Longer texts are cut: a row must be read at a glance.
const MOST_CHARACTERS: usize = 280;

/// Parts the sign of a mention from its name, and cannot be seen.
const JOINER: char = '\u{2060}';

/// The words of a message, of which those between backticks are code.
pub(super) fn words(text: &str) -> String {
    let text = shortened(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // The document has a backtick of its own: nobody knows what was meant to be code.
        return plain(&text);
    }
    let part = |(at, part): (usize, &&str)| if at % 2 == 0 { plain(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Text as code.
pub(super) fn code(text: &str) -> String {
    let text = printable(text);
    if text.trim().is_empty() || text.contains(['`', '|', '\\']) {
        // Between backticks no escape holds, and a table takes even a `|` there for its own.
        return format!("<code>{}</code>", encoded(&text));
    }
    format!("`{text}`")
}

/// An address in the round brackets of a link.
pub(super) fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"'()<>[\\]^`{|}*".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// Text that renders as it is written.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let begins_word = characters.peek().is_some_and(|next| !next.is_whitespace());
        match character {
            // What begins mentions, references and emoji.
            '@' | '#' | '!' | '~' | '$' | '%' | '&' | '^' | ':' if begins_word => {
                entity(character, &mut escaped);
                escaped.push(JOINER);
            }
            '&' | '<' | '>' | '[' | ']' | '*' | '_' | '`' | '|' | '\\' | '{' | '}' | '~' => {
                entity(character, &mut escaped);
            }
            other => escaped.push(other),
        }
    }
    // This makes a link without any sign.
    escaped.replace("www.", "www&#46;")
}

/// All but letters, digits and blanks as character references, of which no markup is made.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // An address of e-mail becomes a link even here, where it is text to the renderer.
            '@' => {
                entity(character, &mut encoded);
                encoded.push(JOINER);
            }
            _ if character.is_ascii_punctuation() => entity(character, &mut encoded),
            _ => encoded.push(character),
        }
    }
    encoded
}

fn entity(character: char, out: &mut String) {
    out.push_str(&format!("&#{};", u32::from(character)));
}

/// On one line and not longer than a cell bears; what would be left half as code is left as plain words.
fn shortened(text: &str) -> String {
    let text = printable(text);
    let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS) else { return text.into_owned() };
    let kept = &text[..end];
    let is_cut_in_code = !kept.matches('`').count().is_multiple_of(2);
    format!("{kept}…{}", if is_cut_in_code { "`" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_code_and_ours_stay_readable() {
        assert_eq!(words("`Gitlab` is written `GitLab`"), "`Gitlab` is written `GitLab`");
        assert_eq!(words("The page has no hiring process."), "The page has no hiring process.");
    }

    #[test]
    fn a_backtick_of_the_document_turns_code_off() {
        assert_eq!(words("`a`b` is @all"), "&#96;a&#96;b&#96; is &#64;\u{2060}all");
    }

    #[test]
    fn a_cell_does_not_end_early() {
        assert_eq!(words("`a|b` and c|d"), "<code>a&#124;b</code> and c&#124;d");
        assert_eq!(words("`a\\|b`"), "<code>a&#92;&#124;b</code>");
        assert_eq!(words("`a\r\nb`\n"), "`a  b` ");
    }

    #[test]
    fn an_address_of_e_mail_in_such_code_is_no_link() {
        assert_eq!(words("`a@b.c|`"), "<code>a&#64;\u{2060}b&#46;c&#124;</code>");
    }

    #[test]
    fn nothing_outside_code_is_markup_or_a_mention() {
        assert_eq!(words("<img> [x](y) *z* !1"), "&#60;img&#62; &#91;x&#93;(y) &#42;z&#42; &#33;\u{2060}1");
        assert_eq!(words("https://x.y www.x.y"), "https&#58;\u{2060}//x.y www&#46;x.y");
    }

    #[test]
    fn long_texts_are_cut() {
        let cut = words(&format!("`{}`", "word ".repeat(200)));
        assert!(cut.ends_with("…`") && cut.chars().count() < 300, "{cut}");
    }

    #[test]
    fn an_address_stays_in_its_brackets() {
        assert_eq!(address("https://x.y/a b)|c_d#e"), "https://x.y/a%20b%29%7Cc_d#e");
    }
}
