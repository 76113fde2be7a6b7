//! What a language adds to the index: words that are on every page and find nothing, and which words
//! are forms of one.

use rust_stemmers::{Algorithm, Stemmer};

/// The forms of words in a language.
pub(super) struct Language {
    /// Words that are in no index, as they are typed.
    pub common: &'static str,
    stems: Option<Algorithm>,
}

impl Language {
    /// By its tag; of a language that is not known, each word is its own form.
    pub fn of(tag: &str) -> Language {
        let (common, stems) = match tag.split('-').next().unwrap_or_default() {
            "en" => (ENGLISH, Some(Algorithm::English)),
            "de" => (GERMAN, Some(Algorithm::German)),
            "fr" => (FRENCH, Some(Algorithm::French)),
            "es" => (SPANISH, Some(Algorithm::Spanish)),
            "da" => ("", Some(Algorithm::Danish)),
            "nl" => ("", Some(Algorithm::Dutch)),
            "fi" => ("", Some(Algorithm::Finnish)),
            "hu" => ("", Some(Algorithm::Hungarian)),
            "it" => ("", Some(Algorithm::Italian)),
            "nb" | "nn" | "no" => ("", Some(Algorithm::Norwegian)),
            "pt" => ("", Some(Algorithm::Portuguese)),
            "ro" => ("", Some(Algorithm::Romanian)),
            "ru" => ("", Some(Algorithm::Russian)),
            "sv" => ("", Some(Algorithm::Swedish)),
            _ => ("", None),
        };
        Language { common, stems }
    }

    /// The words that are on every page and find nothing.
    pub fn common(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.common.split(' ').filter(|word| !word.is_empty())
    }

    /// What brings a word's stem; a word with a digit is its own.
    pub fn stemmer(&self) -> impl Fn(&str) -> String + Send + Sync + use<> {
        let stemmer = self.stems.map(Stemmer::create);
        move |word| match &stemmer {
            Some(stemmer) if !word.bytes().any(|byte| byte.is_ascii_digit()) => {
                stemmer.stem(word).into_owned()
            }
            _ => word.to_string(),
        }
    }
}

const ENGLISH: &str = "an and are as at be been but by can could did do does for from had has have \
                       how if in into is it its more not of on or our out so than that the their \
                       them then there these they this those to up was we were what when where \
                       which who will with would you your";
const GERMAN: &str = "aber als am an auch auf aus bei bis da damit das dass dem den der des die doch \
                      durch ein eine einem einen einer eines er es fur hat hatte ich ihr im in ist \
                      kann man mehr mit nach nicht noch nur oder ohne sein sich sie sind so uber um \
                      und unter von vor war waren was wenn wer werden wie wir wird wo wurde wurden \
                      zu zum zur";
const FRENCH: &str = "au aux avec ce ces cet cette comme dans de des donc du elle en est et ete etre \
                      eu il ils je la le les leur leurs lui mais meme mes mon ne nos notre nous on \
                      ont ou par pas plus pour qu que qui sa sans se ses si son sont sur un une vos \
                      votre vous";
const SPANISH: &str = "al como con cual cuando de del desde donde el ella ellas ellos en entre era es \
                       esta este esto fue ha han la las le les lo los mas me mi muy no nos o para \
                       pero por que se sea ser si sin sobre son su sus tambien un una uno unos ya";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        let stem = Language::of("en-GB").stemmer();
        assert!(["claim", "claims", "claimed", "claiming"].iter().all(|w| stem(w) == "claim"));
        let stem = Language::of("de").stemmer();
        assert_eq!(stem("schaden"), stem("schadens"));
        let stem = Language::of("eo").stemmer();
        assert_ne!(stem("claims"), stem("claim"));
        assert_eq!(Language::of("en").stemmer()("9s"), "9s");
    }

    #[test]
    fn common_words_are_whole_and_as_they_are_typed() {
        for tag in ["en", "de", "fr", "es"] {
            let mut common = Language::of(tag).common();
            assert!(common.all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase())));
        }
        assert!(Language::of("en").common().any(|word| word == "the"));
        assert_eq!(Language::of("it").common().count(), 0);
    }
}
