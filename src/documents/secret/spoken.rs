//! Passwords in a sentence: "the password is …", "with the password …".
//!
//! Prose speaks of passwords far more often than it tells one, so a value must look like one: all the
//! more, the further it stands from the word.

use super::{Found, is_placeholder};

/// Words between a password's name and the password itself, in the languages of sites.
const IS: &[&str] =
    &["is", "was", "to", "ist", "war", "lautet", "auf", "est", "était", "es", "era"];
/// So far behind the word a value may stand, in bytes.
const FAR: usize = 64;

/// A password in the sentence that goes on at a byte, behind its word; `said` where that was a colon.
pub(super) fn password(text: &str, from: usize, mut said: bool) -> Option<Found> {
    let rest = &text[from..];
    let mut letters = rest.char_indices();
    let end = letters.find(|(at, letter)| *at >= FAR || *letter == '\n');
    let line = &rest[..end.map_or(rest.len(), |(at, _)| at)];
    let mut just_said = said;
    for (nth, word) in line.split_whitespace().enumerate() {
        let at = from + (word.as_ptr() as usize - line.as_ptr() as usize);
        // Read from the text itself, as the line may be cut within a word.
        let (at, value, quoted) = value(text, at);
        let fits = match (just_said, quoted) {
            _ if value.len() < 6 || is_placeholder(value) => false,
            (true, true) if nth < 2 => has_other_than_letters(value),
            (true, false) if nth < 2 => is_strong(value) || is_mixed(value) && !is_technical(value),
            (_, true) => nth == 0 && is_mixed(value) && !is_technical(value),
            (_, false) => (said || nth == 0) && is_strong(value),
        };
        if fits {
            return Some((at..at + value.len(), "a password"));
        }
        if word.ends_with(['.', '!', '?', ';']) {
            return None;
        }
        let bare = word.trim_end_matches([':', '=']);
        just_said = IS.contains(&bare.to_lowercase().as_str());
        said |= just_said || bare.len() < word.len();
    }
    None
}

/// The value that begins at a byte, without what frames it, and whether quotes do.
fn value(text: &str, at: usize) -> (usize, &str, bool) {
    let at = at + super::run(text, at, |byte| byte == b'(' || byte == b'*');
    let quote = text[at..].chars().next().filter(|sign| "\"'`".contains(*sign));
    let at = at + quote.map_or(0, char::len_utf8);
    let ends = |c: char| c.is_whitespace() || "\"'`<&;,|".contains(c);
    let whole = &text[at..at + text[at..].find(ends).unwrap_or(text.len() - at)];
    let quoted = quote.is_some_and(|quote| text[at + whole.len()..].starts_with(quote));
    (at, if quoted { whole } else { whole.trim_end_matches(['.', ')', ':', '*']) }, quoted)
}

fn has_other_than_letters(value: &str) -> bool {
    !value.chars().all(char::is_alphabetic)
}

/// Letters with figures or signs among them, and not only hyphens between words and numbers.
pub(super) fn is_mixed(value: &str) -> bool {
    let letters = value.chars().any(char::is_alphabetic);
    let others = value.chars().any(|c| c.is_ascii_digit() || is_sign(c));
    let of_one = |part: &str| {
        part.chars().all(char::is_alphabetic) || part.chars().all(|c| c.is_ascii_digit())
    };
    let compound = value.contains('-') && value.split('-').all(of_one) && !is_chain(value);
    letters && others && !compound && value.len() >= 7 && !value.contains(['/', ':'])
}

/// Words and numbers in a chain, as some make up passwords: `Kaefer-7-Regen`, but no `COVID-19-Team`.
fn is_chain(value: &str) -> bool {
    let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let is_name = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let parts: Vec<&str> = value.split('-').collect();
    parts.len() >= 3
        && parts.iter().any(|part| is_number(part))
        && parts.iter().all(|part| is_number(part) || is_name(part))
}

/// A value that no prose has: letters, figures and signs, or figures here and there among letters.
fn is_strong(value: &str) -> bool {
    let kinds = || value.chars().map(|c| (c.is_alphabetic(), c.is_ascii_digit()));
    let changes = kinds().zip(kinds().skip(1)).filter(|(one, next)| one != next).count();
    let digits = value.chars().any(|c| c.is_ascii_digit());
    let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric());
    let mail = value.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    let signs = value.chars().any(is_sign) && !value.contains(['(', '[']);
    is_mixed(value) && digits && !mail && (signs || (is_plain || is_chain(value)) && changes >= 3)
}

fn is_sign(c: char) -> bool {
    "!@#$%^&*?+~".contains(c)
}

/// The name of a method, a norm or a version, as one says of how passwords are kept.
pub(super) fn is_technical(value: &str) -> bool {
    const NAMES: &[&str] = &[
        "sha", "pbkdf", "argon", "bcrypt", "scrypt", "base", "oauth", "office", "windows", "iso",
        "o365", "m365", "md5", "aes", "rsa", "utf", "http", "tls", "ssl", "2fa", "mfa", "fido",
        "pci", "version", "phase", "hmac", "nist", "level", "day",
    ];
    let lower = value.to_ascii_lowercase();
    // `12-month`, `3rd-party`: a number and its word.
    let numbered = lower.trim_start_matches(|c: char| c.is_ascii_digit());
    let plain = numbered.chars().all(|c| c.is_alphabetic() || c == '-');
    let counted = lower.len() > numbered.len() && numbered.contains('-') && plain;
    counted || NAMES.iter().any(|name| lower.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_sentence_is_found() {
        for (before, secret, behind) in [
            (" is ", "hunter2!Xy9", " for the test system"),
            (" is ", "hunter2", "."),
            (" is now ", "hunter2!Xy9", ", as before"),
            (" of the test system was ", "Sommer2024!", " until May"),
            (" ", "Sommer2024!", " and the user demo"),
            (" (", "Sommer2024!", ")"),
            (" `", "kaefer77", "`"),
            (" is '", "kaefer-7", "'"),
            (" lautet ", "kaefer77", ""),
            (" für den Test ist ", "Käfer2024!", "."),
            (" est ", "Soleil2024!", " pour la recette"),
            (" is: ", "kaefer77", " or so"),
            (" of the test: ", "kaefer7!x", " or so"),
            (" reset to ", "a1b2c3d4", " today"),
            (" is ", "Kaefer-7-Regen", "."),
            (" for the reporting account was changed to ", "Kaefer-7-Regen", " last week."),
        ] {
            let text = format!("{before}{secret}{behind}");
            let found = password(&text, 0, false).map(|(at, _)| &text[at]);
            assert_eq!(found, Some(secret), "{text}");
        }
    }

    #[test]
    fn prose_about_passwords_is_passed_over() {
        for text in [
            " policy was changed in Q3/2024",
            " is case-sensitive",
            " is SHA256-hashed, and kept as PBKDF2",
            " is Office365-wide now",
            " is 12-character or 2FA-protected",
            " to amara2@example.org",
            " resets fell by 40%+ in 2024",
            " manager: 1Password and others",
            " is in the vault. Since 2024!x7 all is well",
            " was \"secret\"",
            " is 'temporary'",
            " is 100% safe",
            " is\nkaefer77!x",
            " prüfung ist ISO27001",
            " is COVID-19-related, and Windows-11-ready",
            " is the first-of-2-factors",
        ] {
            assert_eq!(password(text, 0, false), None, "{text}");
        }
    }
}
