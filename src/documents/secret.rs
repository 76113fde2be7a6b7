//! Keys, tokens and passwords in what a writer wrote, lest they are published.
//!
//! In goes a text, out come places that look like a secret, each with what it looks like; the secret
//! itself is in no message. One pass over the text finds the few words that any of them begins with or
//! stands behind; only there is looked closer. What is plainly a placeholder is passed over, and what
//! looks like nothing known is not found: this is a net, not a wall.

mod assigned;
mod begun;
mod spoken;

use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use crate::sources::{Kind, Sources};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// What may be found behind a word: where it stands, and what it looks like.
type Found = (Range<usize>, &'static str);

/// How it is looked for behind a word that ends at a byte.
type Look = fn(text: &str, word: Range<usize>) -> Option<Found>;

/// Words that stand before a secret, or a part of each, besides those that secrets begin with. Three
/// letters that prose is full of, at the beginning of one, would make the search several times slower.
const BEFORE: &[(&str, Look)] = &[
    ("assword", assigned::password),
    ("ASSWORD", assigned::password),
    ("asswort", assigned::password),
    ("ASSWORT", assigned::password),
    ("ennwort", assigned::password),
    ("asswd", assigned::password),
    ("ASSWD", assigned::password),
    ("pwd", assigned::password),
    ("Pwd", assigned::password),
    ("PWD", assigned::password),
    ("assphrase", assigned::password),
    ("ass:", assigned::pass),
    ("ass=", assigned::pass),
    ("asse", assigned::mot_de_passe),
    ("señ", assigned::contrasena),
    ("SEÑ", assigned::contrasena),
    ("Basic ", assigned::authorization),
    ("oken", assigned::key),
    ("OKEN", assigned::key),
    ("ecret", assigned::key),
    ("ECRET", assigned::key),
    ("key", assigned::key),
    ("Key", assigned::key),
    ("KEY", assigned::key),
    ("Bearer ", assigned::authorization),
    ("://", assigned::in_address),
    ("sig=", assigned::signature),
];

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = begun::KINDS.iter().map(|kind| kind.begins);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(words.chain(BEFORE.iter().map(|(word, _)| *word)))
        .expect("a few short words are not too many")
});

/// What looks like a secret in a text.
fn found(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for word in WORDS.find_iter(text) {
        let at = word.range();
        // What stands in one that was found already is a part of it.
        if found.last().is_some_and(|(last, _)| at.start < last.end) {
            continue;
        }
        let nth = word.pattern().as_usize();
        let one = match begun::KINDS.get(nth) {
            Some(kind) => kind.found(text, at),
            None => (BEFORE[nth - begun::KINDS.len()].1)(text, at),
        };
        found.extend(one);
    }
    found
}

/// Says what looks like a secret in the text of a file.
pub fn look(text: &str, file: FileId, said: &mut Vec<Diagnostic>) {
    said.extend(found(text).into_iter().map(|(at, what)| {
        let message = format!("this looks like {what}");
        Diagnostic::new(Code::Secret, file.at(Span::new(at.start, at.end)), message)
            .help("take it out, and have it revoked: who can read this file may have read it")
    }));
}

/// The same, for what is published and belongs to no document: files beside units and pages.
pub(super) fn elsewhere(sources: &Sources, said: &mut Vec<Diagnostic>) {
    for (id, file) in sources.iter() {
        if file.kind == Kind::Attachment && !file.path.starts_with("content/projects/") {
            attached(sources, id, said);
        }
    }
}

/// The same, for a file that is handed on as it is, if it is a text.
pub(super) fn attached(sources: &Sources, file: FileId, said: &mut Vec<Diagnostic>) {
    if let Some(text) = sources.file(file).excerpt() {
        look(text, file, said);
    }
}

/// Whether a value says that the real one is left out.
fn is_placeholder(value: &str) -> bool {
    const WHOLE: &[&str] =
        &["password", "passwd", "pass", "pwd", "secret", "token", "none", "null"];
    const PARTS: &[&str] = &[
        "example",
        "changeme",
        "change-me",
        "your",
        "xxxx",
        "redacted",
        "placeholder",
        "dummy",
        "_here",
    ];
    let lower = value.to_ascii_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    first.is_none_or(|first| "<>{}[]()$%*./".contains(first) || letters.all(|one| one == first))
        || value.contains(['(', '{', '…'])
        || WHOLE.contains(&lower.as_str())
        || PARTS.iter().any(|part| lower.contains(part))
}

/// How many bytes from one on are of a kind.
fn run(text: &str, from: usize, of: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[from..].iter().take_while(|byte| of(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as random as a key, from a few numbers.
    pub(super) fn random(length: usize, letters: &[u8]) -> String {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(letters[(state >> 16) as usize % letters.len()])
        };
        (0..length).map(|_| next()).collect()
    }

    pub(super) const ALL: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    fn seen(text: &str) -> Vec<(&str, &str)> {
        found(text).into_iter().map(|(at, what)| (&text[at], what)).collect()
    }

    #[test]
    fn each_secret_is_found_where_it_stands() {
        let any = random(40, ALL);
        let capitals = random(16, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        let hex = random(32, b"0123456789abcdef");
        let google = random(35, ALL);
        for (before, secret, behind, what) in [
            ("The key is ", format!("AKIA{capitals}"), ".", "an access key of AWS"),
            ("(", format!("ghp_{}", &any[..36]), ")", "a token of GitHub"),
            ("", format!("github_pat_{any}_{any}"), "", "a token of GitHub"),
            ("token=", format!("glpat-{}", &any[..20]), " x", "a token of GitLab"),
            ("", format!("xoxb-123456789012-{}", &any[..24]), "\n", "a token of Slack"),
            (
                "https://hooks.slack.com/services/",
                format!("T0/B0/{any}"),
                "",
                "an address of Slack that takes messages",
            ),
            ("- ", format!("sk_live_{}", &any[..24]), "", "a key of Stripe"),
            ("?key=", format!("AIza{google}"), "&x", "a key of Google"),
            ("`", format!("eyJ{}.eyJ{any}.{any}", &any[..17]), "`", "a web token (JWT)"),
            (
                "x\n",
                format!(
                    "-----BEGIN RSA PRIVATE KEY-----\n{any}\n{any}\n-----END RSA PRIVATE KEY-----"
                ),
                "\ny",
                "a private key",
            ),
            ("password=", "kaefer-7".into(), "&a", "a password"),
            ("DB_PWD=\"", "kaefer".into(), "\"", "a password"),
            ("Pwd: ", "r3genbogen".into(), "\n", "a password"),
            ("Passwort: `", "regenbogen".into(), "`", "a password"),
            ("password : ", "r3gen!bogen".into(), ", user: b", "a password"),
            ("postgres://app:", "s3cr".into(), "@db.example/x", "a password in an address"),
            (
                "postgres://app:",
                "s3/c#r@t".into(),
                "@db.example/x?y=a@b",
                "a password in an address",
            ),
            ("redis://:", "s3cr".into(), "@db.example", "a password in an address"),
            ("Server=db;Password=", "s3cr".into(), ";Encrypt=yes", "a password"),
            ("The password is ", "hunter2!Xy9".into(), " for the test system", "a password"),
            ("log in with password: ", "hunter2!Xy9".into(), " and go on", "a password"),
            ("with password ", "hunter2!Xy9".into(), " and user demo", "a password"),
            ("Mot de passe : ", "Soleil2024".into(), "\n", "a password"),
            ("Le mot de passe\u{a0}: ", "Soleil2024".into(), "", "a password"),
            ("La contraseña es ", "Sol2024!".into(), " hoy", "a password"),
            ("CONTRASEÑA=", "soleado".into(), "", "a password"),
            ("Kennwort: ", "Regen2024".into(), ", Benutzer: x", "a password"),
            ("Das Passwort lautet ", "kaefer77".into(), ".", "a password"),
            ("client_secret: ", "kaefer77x".into(), "\n", "a key or a token"),
            ("client_secret=", "kaeferregen".into(), "&x", "a key or a token"),
            ("\"clientSecret\": \"", "kaefer-77".into(), "\"", "a key or a token"),
            ("X-Api-Key: ", "9f8e7d6c".into(), "", "a key or a token"),
            ("The API key: ", "9f8e7d6c".into(), " of the test", "a key or a token"),
            ("Authorization: Basic ", "ZGVtbzpkZW1v".into(), "", "a key or a token"),
            ("authorization: Bearer ", "eyJhbGciOi".into(), "…", "a key or a token"),
            ("user: bob / pass: ", "Regen9bogen".into(), "\n", "a password"),
            ("password: ", "Kaefer-7-Regen".into(), "", "a password"),
            ("secret=", "Kaefer9Regen".into(), "", "a key or a token"),
            ("client_secret: ", "8Q~kae.fer-regen_bogen012345".into(), "", "a key or a token"),
            ("AccountKey=", "abcd1234==".into(), ";", "a key or a token"),
            ("AccountKey=", format!("{any}{any}=="), ";", "a key or a token"),
            ("| API key | ", any.clone(), " |", "a key or a token"),
            ("The client secret is `", hex.clone(), "`", "a key or a token"),
            ("Authorization: Bearer ", any.clone(), "", "a key or a token"),
            (
                "https://a.example/b?sv=1&sig=",
                format!("{}%2B{}%3D", &any[..20], &any[..21]),
                "&se=2",
                "a signature that opens an address",
            ),
        ] {
            let text = format!("{before}{secret}{behind}");
            assert_eq!(seen(&text), [(secret.as_str(), what)], "{text}");
        }
    }

    #[test]
    fn what_only_sounds_like_one_is_passed_over() {
        let any = random(40, ALL);
        for text in [
            "Passwords: customers had to reset them.",
            "password: the one from the letter",
            "Password: 12-character minimum",
            "class: transformation, Class: B2, by-pass: 2x4lanes",
            "Forgotten password: 40 % fewer calls",
            "password=<yours> password=$PASSWORD password=**** pwd=xxxx password=",
            "The password policy was changed. password: see vault",
            "password manager: 1Password, and the password is SHA256-hashed",
            "password=<yours>, user=app2!x9",
            "api_key: see-vault-2024 and client_secret: ask-amara api-key=API_KEY_HERE",
            "Authorization: Bearer <token> and authorization of basic payments",
            "Contrasts: la contraseña es secreta; mot de passe : voir le coffre",
            "https://a.example:8080/b@c https://a.example/b:c@d [x](https://a.b)(mailto:c@d.e)",
            "postgres://user:password@host and https://user@host and mailto://a:b",
            "https://a.example:8080/b@c",
            "The key to this was that customers-could-see-their-claims-online.",
            "KPI key: claims/cycle-time-2024-final-version-2.csv",
            "token: CustomerPortal2024ReleaseCandidate",
            "key: 123456789012345678901234567890",
            "GPG key: 3ABC01543F22DD2239285CDD818674489FBC127E",
            "PWD: '/home/amara/claims' and the classes: assessment1, enseña: 2024abc",
            "secret: 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "AKIAIOSFODNN7EXAMPLE AKIA and ghp_ and xoxb-1 and sk_live_ and AIza",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "It begins with -----BEGIN PRIVATE KEY----- and ends likewise.",
            "eyJust a name.eyJ.x",
            "https://a.example/?sig=yes&token=short",
            "turnkey solutions, tokens, secrets, keyboards: all of them",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
        assert_eq!(seen(&format!("a commit {any}, near no word")), []);
    }

    #[test]
    fn texts_are_cut_nowhere_but_between_letters() {
        for text in [
            "pwd: ä",
            "key: ä",
            "password=ä€",
            "sig=ä",
            "://ä:ö@ü",
            "AKIAä",
            "-----BEGINä",
            "tokenä",
            "password: \"ä",
        ] {
            for (at, _) in found(text) {
                assert!(text.get(at).is_some(), "{text}");
            }
        }
    }
}
