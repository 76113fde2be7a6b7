//! What holds of any input, on texts that are put together at random.
//!
//! The checks are those of the fuzz targets in `tests/fuzz`, whose dictionaries are the pieces of
//! which texts are made here; the others are files of the sample casebook, changed a little. So each
//! `cargo test` runs all targets for a moment, with the stable compiler and without a fuzzer.

#[path = "fuzz/src/checks/mod.rs"]
mod checks;
#[path = "properties/texts.rs"]
mod texts;

use checks::{addresses, csv, front_matter, markdown, report};
use proptest::prelude::*;
use texts::{Part, changed, piece, soup};

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(count) }
}

/// What is put among plain things alone is to blame for what is wrong then.
#[test]
fn plain_things_make_a_site() {
    addresses::hold("0\u{1e}a");
    csv::data(csv::PLAIN);
    markdown::hold(markdown::PLAIN);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn front_matter_is_read_to_its_end(
        text in prop_oneof![soup("front_matter", 24), changed(Part::Front, "front_matter")],
    ) {
        front_matter::hold(&text);
    }

    #[test]
    fn a_series_has_its_problems_where_they_are_told(
        text in prop_oneof![soup("csv", 40), changed(Part::Series, "csv")],
        odd in prop::option::of(any::<u8>()),
    ) {
        let mut bytes = text.into_bytes();
        bytes.extend(odd);
        csv::series(&bytes);
    }

    #[test]
    fn what_is_painted_obeys_nothing(
        numbers in prop::array::uniform10(any::<u8>()),
        parts in prop::collection::vec(soup("report", 12), 6),
    ) {
        let text = parts.join(&report::PART.to_string());
        report::hold(&[&numbers, text.as_bytes()].concat());
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn the_html_of_a_body_is_ours(
        text in prop_oneof![soup("markdown", 24), changed(Part::Body, "markdown")],
    ) {
        markdown::hold(&text);
    }

    #[test]
    fn an_address_stays_below_the_root(
        alone in prop::option::weighted(0.8, 0..9_u8),
        names in prop::collection::vec(prop_oneof![piece("addresses"), soup("addresses", 4)], 9),
    ) {
        let alone = alone.map(|place| place.to_string());
        let names: Vec<String> = alone.into_iter().chain(names).collect();
        addresses::hold(&names.join(&addresses::PART.to_string()));
    }

    #[test]
    fn fields_come_out_of_data_files_as_they_went_in(
        fields in prop::collection::vec(soup("csv", 4), 14),
    ) {
        csv::data(&fields.join(&csv::PART.to_string()));
    }
}
