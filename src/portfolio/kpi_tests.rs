//! The vectors and edges of section 4, one row each.

use super::*;
use crate::diagnostics::FileId;
use crate::documents::fields::{Read, Spanned};
use crate::documents::{Conventions, kpi::Kpi, reader::Reader, yaml};

fn told(text: &str) -> Kpi {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(0), &conventions);
    let node = yaml::parse(text, 0, &reader);
    let kpi = Kpi::read(&node, &reader).unwrap();
    assert_eq!(reader.into_said(), [], "{text}");
    kpi
}

fn judged(text: &str) -> Judgement {
    let thresholds = Thresholds { nearly: Decimal::new(9, 1), exceeded: Decimal::new(11, 1) };
    let as_of = jiff::civil::date(2026, 6, 30);
    judge(&told(&format!("{{name: x, {text}}}")), &[], as_of, thresholds).unwrap()
}

#[test]
fn labels_and_progress() {
    for (text, label, progress) in [
        ("baseline: 12, target: 1, actual: 0.8", Label::Met, Some("1.0182")),
        ("baseline: 10, target: 20, actual: 21", Label::Exceeded, Some("1.1")),
        ("baseline: 10, target: 20, actual: 20.9", Label::Met, Some("1.09")),
        ("baseline: 10, target: 20, actual: 19", Label::Nearly, Some("0.9")),
        ("baseline: 10, target: 20, actual: 18.9", Label::Partly, Some("0.89")),
        ("baseline: 10, target: 20, actual: 10", Label::NoChange, Some("0")),
        ("baseline: 10, target: 20, actual: 9", Label::Worse, Some("-0.1")),
        ("baseline: -5, target: -10, actual: -10", Label::Met, Some("1")),
        ("baseline: 5, target: 0, actual: 0", Label::Met, Some("1")),
        ("baseline: 0, target: 5, actual: 2", Label::Partly, Some("0.4")),
        ("direction: lower, target: 0, actual: 1", Label::Missed, None),
        ("direction: higher, target: 10, actual: 10", Label::Met, None),
        ("direction: higher, baseline: 10, target: 10, actual: 10", Label::Held, None),
        ("direction: higher, baseline: 10, target: 10, actual: 9", Label::Slipped, None),
        ("target: {min: 5, max: 10}, baseline: 1, actual: 7", Label::Met, None),
        ("target: {min: 5, max: 10}, baseline: 1, actual: 11", Label::Missed, None),
        ("direction: exact, baseline: 2, target: 10, actual: 10", Label::Met, Some("1")),
        ("direction: exact, baseline: 2, target: 10, actual: 9.8", Label::Nearly, Some("0.975")),
        ("direction: exact, baseline: 2, target: 10, actual: 12", Label::Missed, Some("1.25")),
        ("baseline: {withheld: secret}, direction: lower, target: 5, actual: 4", Label::Met, None),
        ("actual: 4", Label::NoTarget, None),
    ] {
        let judgement = judged(text);
        assert_eq!(judgement.label, label, "{text}");
        let rounded = judgement.progress.map(|p| p.round_dp(4).normalize().to_string());
        assert_eq!(rounded.as_deref(), progress, "{text}");
    }
}

#[test]
fn absence_has_four_kinds_and_none_is_zero() {
    for (text, verdict, label) in [
        (
            "direction: lower, target: 5, actual: {withheld: why}",
            Verdict::Withheld,
            Label::Withheld,
        ),
        (
            "direction: lower, target: 5, actual: {not_measured: why}",
            Verdict::NotMeasured,
            Label::NotMeasured,
        ),
        ("direction: lower, target: 5, actual: {not_due: why}", Verdict::NotDue, Label::NotDue),
        ("direction: lower, target: {value: 5, by: 2027}", Verdict::NotDue, Label::NotDue),
        ("direction: lower, target: {value: 5, by: 2026-06}", Verdict::Nothing, Label::NotGiven),
        ("direction: lower, target: 5", Verdict::Nothing, Label::NotGiven),
    ] {
        let judgement = judged(text);
        assert_eq!((judgement.verdict, judgement.label), (verdict, label), "{text}");
        assert_eq!(judgement.judged, None);
    }
}

#[test]
fn the_value_that_counts_is_the_last_by_the_deadline() {
    let late = judged(
        "baseline: 9, target: {value: 5, by: 2025-03-31}, actual: {value: 4, on: 2025-04-30}",
    );
    assert_eq!((late.verdict, late.days_late), (Verdict::Met, Some(30)));
    let early = judged(
        "baseline: 9, target: {value: 5, by: 2027-01-01}, actual: {value: 6, on: 2026-04-30}",
    );
    assert_eq!((early.verdict, early.label, early.due), (Verdict::NotDue, Label::UnderWay, false));
    assert_eq!(early.progress, Some(Decimal::new(75, 2)));
    let mut kpi = told(
        "{name: x, baseline: 9, target: {value: 5, by: 2025-03-31}, actual: {value: 4, on: 2025-06-30}}",
    );
    let reading = |on: &str, value| Reading {
        on: When::parse(on).unwrap(),
        value: Decimal::from(value),
        note: None,
    };
    let series = [reading("2025-01", 8), reading("2025-03", 6), reading("2025-05", 5)];
    let thresholds = Thresholds { nearly: Decimal::new(9, 1), exceeded: Decimal::new(11, 1) };
    let as_of = jiff::civil::date(2026, 6, 30);
    let judgement = judge(&kpi, &series, as_of, thresholds).unwrap();
    assert_eq!(judgement.judged.unwrap().value, Decimal::from(6));
    assert_eq!(judgement.label, Label::Partly);
    kpi.target.as_mut().unwrap().by = None;
    let judgement = judge(&kpi, &series, as_of, thresholds).unwrap();
    assert_eq!(judgement.judged.unwrap().value, Decimal::from(4));
}

#[test]
fn a_changed_target_is_judged_against_both() {
    let judgement = judged(
        "baseline: 12, target: {value: 1, was: [{value: 0.5, until: 2024-09-01}]}, actual: 0.8",
    );
    assert_eq!(judgement.label, Label::Met);
    assert_eq!(judgement.formerly[0].0, Label::Nearly);
}

#[test]
fn a_direction_that_is_not_plain_is_said() {
    let unclear = |text: &str| {
        let thresholds = Thresholds { nearly: Decimal::ONE, exceeded: Decimal::ONE };
        judge(&told(text), &[], jiff::civil::date(2026, 6, 30), thresholds).unwrap_err()
    };
    assert_eq!(unclear("{name: x, target: 5, actual: 4}"), Unclear::Direction);
    assert_eq!(unclear("{name: x, target: 5, baseline: 5, actual: 4}"), Unclear::Direction);
    assert_eq!(unclear("{name: x, direction: range, target: 5}"), Unclear::NeedsBounds);
    assert_eq!(
        unclear("{name: x, direction: lower, target: {min: 1, max: 2}}"),
        Unclear::NeedsValue
    );
    let _: Option<Spanned<String>> = None;
}
