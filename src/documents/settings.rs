//! The settings of a site: `casebook.yaml`, of which an empty file is valid.

mod lists;

use super::body::Fills;
use super::date::{Grain, When};
use super::fields::{Fields, Read, Spanned};
use super::figure::decimal;
use super::investment::currency;
use super::part::Part;
use super::reader::{Conventions, Reader};
use super::text::{choices, scalar};
use super::wording::Wording;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, FileId};
use crate::sources::Limits;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

choices! {
    /// What a rule's finding weighs.
    Weight, "severity of a rule", {
        /// It stops a build.
        Error "error",
        /// It is told.
        Warn "warn",
        /// It is not looked for.
        Off "off",
    }
}

choices! {
    /// How people are shown.
    PeopleShown, "way of showing people", {
        /// By name.
        Names "names",
        /// By what they do.
        Roles "roles",
    }
}

choices! {
    /// Which projects have a picture for shares.
    Cards, "choice of cards", {
        /// The featured ones.
        Featured "featured",
        /// Each.
        All "all",
        /// None.
        Nothing "none",
    }
}

choices! {
    /// What becomes of raw HTML in bodies.
    RawHtml, "way with raw HTML", {
        /// It is left out.
        LeaveOut "leave_out",
        /// What can do no harm stays.
        Clean "clean",
    }
}

/// The settings of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the contract's keys; each field has the key's name")]
pub struct Settings {
    pub title: String,
    pub tagline: Option<String>,
    pub organization: Option<String>,
    /// With a slash at its end.
    pub base_url: Option<String>,
    pub language: Spanned<String>,
    pub currency: String,
    pub fiscal_year_start: i8,
    /// As a part of one: 0.08.
    pub discount_rate: Option<Decimal>,
    pub as_of: Option<Date>,
    pub theme: Spanned<String>,
    pub accent: Option<String>,
    pub logo: Option<Spanned<String>>,
    pub lesson_themes: Vec<String>,
    pub headings: Vec<(String, Fills)>,
    /// The built-in words of the language, for what bodies say of themselves.
    pub wording: Wording,
    /// Progress in percent from which a miss is "Nearly".
    pub nearly: Decimal,
    /// Progress in percent from which a hit is "Exceeded".
    pub exceeded: Decimal,
    pub rules: BTreeMap<String, Weight>,
    /// From the widest circle to the narrowest.
    pub audiences: Vec<String>,
    /// The circle of a project that names none.
    pub audience: Option<Spanned<String>>,
    pub people: PeopleShown,
    pub menu: Vec<Spanned<String>>,
    /// The parts that the site does without.
    pub leave_out: Vec<Part>,
    pub raw_html: RawHtml,
    pub output: String,
    pub limits: Limits,
    pub cards: Cards,
}

impl Settings {
    /// Reads the settings file.
    pub fn read(text: &str, file: FileId) -> (Settings, Vec<crate::diagnostics::Diagnostic>) {
        let conventions = Conventions::default();
        let reader = Reader::new(file, &conventions);
        let node = super::yaml::parse(text, 0, &reader);
        let settings = Fields::of(&node, "the settings", &reader).map(settings);
        let empty = Node { span: node.span, value: Value::Absent };
        let settings = settings.unwrap_or_else(|| {
            let fields = Fields::of(&empty, "the settings", &reader);
            settings_of_nothing(fields)
        });
        let mut said = reader.into_said();
        super::secret::look(text, file, &mut said);
        (settings, said)
    }

    /// Says where one setting does not fit another.
    fn check(&self, reader: &Reader<'_>) {
        let names = || self.audiences.iter().map(String::as_str);
        if let Some(name) = self.audience.as_ref().filter(|name| names().all(|n| n != name.value)) {
            let message = format!("there is no audience `{}`", name.value);
            reader
                .say(Code::UnknownAudience, name.span, message)
                .maybe_help(crate::diagnostics::among(name, names()));
        }
    }

    /// How values are written under these settings.
    pub fn conventions(&self) -> Conventions {
        let thousands = match self.language.split('-').next().unwrap_or_default() {
            "de" | "es" | "it" | "nl" | "pt" | "da" => '.',
            "fr" | "sv" | "nb" | "fi" | "pl" | "cs" => '\u{202f}',
            _ => ',',
        };
        Conventions { thousands, fiscal_start: self.fiscal_year_start }
    }
}

fn settings_of_nothing(fields: Option<Fields<'_, '_, '_>>) -> Settings {
    settings(fields.expect("an absent value has no fields, which is well"))
}

fn settings(fields: Fields<'_, '_, '_>) -> Settings {
    let reader = fields.reader;
    let language = fields
        .get::<Spanned<String>>("language")
        .and_then(|tag| language(tag, reader))
        .unwrap_or_else(|| Spanned { value: "en".into(), span: fields.span });
    let own: BTreeMap<String, Vec<String>> =
        fields.node("headings").map(|node| headings(node, fields.reader)).unwrap_or_default();
    let (nearly, exceeded) = thresholds(&fields);
    let settings = Settings {
        title: fields.get("title").unwrap_or_else(|| "Casebook".into()),
        tagline: fields.get("tagline"),
        organization: fields.get("organization"),
        base_url: fields
            .get::<Spanned<String>>("base_url")
            .and_then(|url| base_url(url, fields.reader)),
        headings: Wording::of(&language).fills(&own),
        wording: Wording::builtin(&language),
        language,
        currency: fields
            .get::<Spanned<String>>("currency")
            .and_then(|code| currency(code, fields.reader))
            .unwrap_or_else(|| "USD".into()),
        fiscal_year_start: fields
            .node("fiscal_year_start")
            .and_then(|n| month(n, fields.reader))
            .unwrap_or(1),
        discount_rate: fields.node("discount_rate").and_then(|node| rate(node, fields.reader)),
        as_of: fields.get::<Spanned<When>>("as_of").and_then(|when| as_of(&when, fields.reader)),
        theme: fields
            .get("theme")
            .unwrap_or_else(|| Spanned { value: "default".into(), span: fields.span }),
        accent: fields
            .get::<Spanned<String>>("accent")
            .and_then(|color| accent(color, fields.reader)),
        logo: fields.get("logo"),
        lesson_themes: lists::lesson_themes(&fields),
        nearly,
        exceeded,
        rules: fields.node("rules").map(|node| rules(node, fields.reader)).unwrap_or_default(),
        audiences: lists::audiences(&fields),
        audience: fields.get("audience"),
        people: fields.get("people").unwrap_or(PeopleShown::Names),
        menu: fields.list("menu"),
        leave_out: fields.list("leave_out"),
        raw_html: fields.get("raw_html").unwrap_or(RawHtml::LeaveOut),
        output: fields.get("output").unwrap_or_else(|| "public".into()),
        limits: fields.node("limits").map(|node| limits(node, fields.reader)).unwrap_or_default(),
        cards: fields.get("cards").unwrap_or(Cards::Featured),
    };
    fields.done();
    settings.check(reader);
    settings
}

fn bad(reader: &Reader<'_>, node_span: crate::diagnostics::Span, message: String, help: &str) {
    reader.say(Code::BadSetting, node_span, message).help(help);
}

fn base_url(url: Spanned<String>, reader: &Reader<'_>) -> Option<String> {
    let sound = (url.starts_with("https://") || url.starts_with("http://"))
        && url.split("://").nth(1).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.contains(['?', '#', ' ', '"', '<', '>', '\\']);
    if !sound {
        let message = format!("`{}` is not the address of a site", url.value);
        bad(reader, url.span, message, "write it as https://casebook.example.org/");
        return None;
    }
    Some(if url.ends_with('/') { url.value } else { format!("{}/", url.value) })
}

/// A language tag: `de`, `en-GB`.
fn language(tag: Spanned<String>, reader: &Reader<'_>) -> Option<Spanned<String>> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let sound = matches!(first.len(), 2 | 3)
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !sound {
        let message = format!("`{}` is not a language tag", tag.value);
        bad(reader, tag.span, message, "write it as de, fr or en-GB");
        return None;
    }
    Some(tag)
}

fn month(node: &Node<'_>, reader: &Reader<'_>) -> Option<i8> {
    let text = scalar(node, "a month", reader)?;
    let month = text.parse().ok().filter(|month| (1..=12).contains(month));
    if month.is_none() {
        let message = format!("`{text}` is not a month");
        bad(reader, node.span, message, "write the month's number, from 1 to 12");
    }
    month
}

/// `8%`, or 0.08.
fn rate(node: &Node<'_>, reader: &Reader<'_>) -> Option<Decimal> {
    let text = scalar(node, "a rate", reader)?;
    let rate = match text.strip_suffix('%') {
        Some(percent) => decimal(percent.trim_end()).map(|p| p / Decimal::ONE_HUNDRED),
        None => decimal(text),
    };
    let sound = rate.filter(|rate| *rate >= Decimal::ZERO && *rate < Decimal::ONE);
    if sound.is_none() {
        bad(reader, node.span, format!("`{text}` is not a yearly rate"), "write it as 8%");
    }
    sound
}

fn as_of(when: &Spanned<When>, reader: &Reader<'_>) -> Option<Date> {
    if when.grain != Grain::Day {
        bad(
            reader,
            when.span,
            "the day of the data must be a whole date".into(),
            "write it as 2026-06-30",
        );
    }
    when.whole()
}

fn accent(color: Spanned<String>, reader: &Reader<'_>) -> Option<String> {
    let digits = color.strip_prefix('#').unwrap_or_default();
    if matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(color.value);
    }
    let message = format!("`{}` is not a color", color.value);
    bad(reader, color.span, message, "write it in quotes, as \"#0B4F9E\"");
    None
}

fn thresholds(fields: &Fields<'_, '_, '_>) -> (Decimal, Decimal) {
    let (mut nearly, mut exceeded) = (Decimal::from(90), Decimal::from(110));
    if let Some(own) =
        fields.node("thresholds").and_then(|n| Fields::of(n, "the thresholds", fields.reader))
    {
        let all = Decimal::ONE_HUNDRED;
        if let Some(percent) = own.get::<Spanned<Decimal>>("nearly") {
            nearly = percent.value;
            if nearly <= Decimal::ZERO || nearly > all {
                let message = format!("`nearly` cannot begin at {nearly} percent");
                let help = "write a percentage above 0 and up to 100";
                bad(fields.reader, percent.span, message, help);
            }
        }
        if let Some(percent) = own.get::<Spanned<Decimal>>("exceeded") {
            exceeded = percent.value;
            if exceeded < all {
                let message = format!("`exceeded` cannot begin at {exceeded} percent");
                bad(fields.reader, percent.span, message, "write a percentage of at least 100");
            }
        }
        own.done();
    }
    (nearly, exceeded)
}

fn headings(node: &Node<'_>, reader: &Reader<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(fields) = Fields::of(node, "the headings", reader) else { return BTreeMap::new() };
    let own = Wording::keys().map(|key| {
        let words = match fields.node(key) {
            Some(one) if matches!(one.value, Value::Text(_)) => {
                fields.get(key).into_iter().collect()
            }
            _ => fields.list(key),
        };
        (key.to_string(), words)
    });
    let own = own.collect();
    fields.done();
    own
}

fn rules(node: &Node<'_>, reader: &Reader<'_>) -> BTreeMap<String, Weight> {
    let Some(fields) = Fields::of(node, "the rules", reader) else { return BTreeMap::new() };
    let weighed = fields.entries().iter().filter_map(|entry| {
        super::rule::check(&entry.key, entry.key_span, reader);
        Some((entry.key.to_string(), Weight::read(&entry.value, reader)?))
    });
    weighed.collect()
}

fn limits(node: &Node<'_>, reader: &Reader<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(fields) = Fields::of(node, "the limits", reader) else { return limits };
    let number = |key: &'static str, of: &str| -> Option<usize> {
        let node = fields.node(key)?;
        let text = scalar(node, &format!("a number of {of}"), reader)?;
        let number = text.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            let message = format!("`{text}` is not a number of {of}");
            bad(reader, node.span, message, "write it as 5242880");
        }
        number
    };
    limits.file = number("file", "bytes").unwrap_or(limits.file);
    limits.front_matter = number("front_matter", "bytes").unwrap_or(limits.front_matter);
    limits.asset = number("asset", "bytes").unwrap_or(limits.asset);
    limits.pixels = number("pixels", "pixels").map_or(limits.pixels, |pixels| pixels as u64);
    fields.done();
    limits
}
