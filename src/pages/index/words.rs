//! The words of a text as a reader types them: in small letters, without accents, cut at all that is
//! neither letter nor digit. `search.js` does the same with a query.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No word is longer, in letters; what is longer is cut.
const LONGEST: usize = 32;

/// Letters that are no accented form of another, as they are typed where they are not at hand.
fn typed(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Takes the words of texts one by one, through one buffer.
#[derive(Default)]
pub(super) struct Words {
    word: String,
    folded: String,
    /// Whether it has letters that are not plain.
    strange: bool,
}

impl Words {
    /// Hands on each word of a text.
    pub fn of_text(&mut self, text: &str, mut take: impl FnMut(&str)) {
        self.letters(text, &mut take);
        self.end(&mut take);
    }

    /// Hands on each word of a piece of HTML: what stands in tags is none, nor are references to
    /// signs, for no letter is written so.
    pub fn of_html(&mut self, html: &str, mut take: impl FnMut(&str)) {
        let mut rest = html;
        while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
            self.letters(&rest[..at], &mut take);
            self.end(&mut take);
            let end = if rest.as_bytes()[at] == b'<' { b'>' } else { b';' };
            let close = memchr::memchr(end, &rest.as_bytes()[at..]);
            rest = close.map_or("", |close| &rest[at + close + 1..]);
        }
        self.letters(rest, &mut take);
        self.end(&mut take);
    }

    fn letters(&mut self, text: &str, take: &mut impl FnMut(&str)) {
        for letter in text.chars() {
            match letter {
                'a'..='z' | '0'..='9' => self.word.push(letter),
                'A'..='Z' => self.word.push(letter.to_ascii_lowercase()),
                letter if letter.is_ascii() => self.end(take),
                letter => {
                    self.strange = true;
                    self.word.push(letter);
                }
            }
        }
    }

    fn end(&mut self, take: &mut impl FnMut(&str)) {
        if !self.strange {
            whole(&self.word, take);
        } else {
            self.strange = false;
            fold(&self.word, &mut self.folded);
            self.folded
                .split(|letter: char| !letter.is_alphanumeric())
                .for_each(|w| whole(w, take));
        }
        self.word.clear();
    }
}

/// A text in small letters, without accents.
fn fold(text: &str, folded: &mut String) {
    folded.clear();
    let plain =
        text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter));
    for letter in plain {
        match typed(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(letter),
        }
    }
}

/// Hands on a word, unless it is a letter alone.
fn whole(word: &str, take: &mut impl FnMut(&str)) {
    let mut ends = word.char_indices().map(|(at, _)| at);
    match (word.len(), ends.nth(LONGEST)) {
        (0, _) => {}
        (1, _) if !word.as_bytes()[0].is_ascii_digit() => {}
        (_, Some(end)) => take(&word[..end]),
        (_, None) => take(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        Words::default().of_text(text, |word| all.push(word.to_string()));
        all
    }

    #[test]
    fn words_are_as_a_reader_types_them() {
        assert_eq!(text("Same-day claims, 2024!"), ["same", "day", "claims", "2024"]);
        assert_eq!(text("Été à l’hôtel; Straße, ŁÓDŹ"), ["ete", "hotel", "strasse", "lodz"]);
        assert_eq!(text("ﬁnance ½ team’s №7"), ["finance", "1", "2", "team", "no7"]);
        assert_eq!(text("İstanbul Ærø"), ["istanbul", "aero"]);
        assert_eq!(text("報告書 отчёт"), ["報告書", "отчет"]);
        assert_eq!(text("a I 5"), ["5"]);
        assert_eq!(text(&"ü".repeat(40)), ["u".repeat(LONGEST)]);
        assert!(text(" – … ").is_empty());
    }

    #[test]
    fn tags_and_signs_are_no_words() {
        let mut all = Vec::new();
        let html = "<h2 id=\"x\">What</h2><p>R&amp;D costs <a href=\"y\">fell</a>&hellip;";
        Words::default().of_html(html, |word| all.push(word.to_string()));
        assert_eq!(all, ["What".to_lowercase(), "costs".into(), "fell".into()]);
        let mut none = 0;
        Words::default().of_html("<p class", |_| none += 1);
        assert_eq!(none, 0);
    }
}
