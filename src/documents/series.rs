//! A series: readings of a KPI over time, from a CSV file beside the write-up or from a list.

use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::figure::decimal;
use super::reader::{Conventions, Reader};
use super::text::scalar;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How many readings a series may hold; a chart of more shows nothing.
const READINGS: usize = 10_000;

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When it was taken.
    pub on: When,
    /// What it was.
    pub value: Decimal,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// Where the readings are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Series {
    /// In a file of the write-up's own, by its path in the folder.
    File(Spanned<String>),
    /// Here.
    Readings(Vec<Reading>),
}

impl Read for Series {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Series> {
        if matches!(node.value, Value::List(_)) {
            let mut readings: Vec<Reading> = Vec::read(node, reader)?;
            readings.sort_by_key(|reading| reading.on);
            return Some(Series::Readings(readings));
        }
        let path = scalar(node, "the name of a CSV file, or a list", reader)?.to_string();
        Some(Series::File(Spanned { value: path, span: node.span }))
    }
}

impl Read for Reading {
    fn read(node: &Node<'_>, reader: &Reader<'_>) -> Option<Reading> {
        let fields = Fields::of(node, "a reading", reader)?;
        for key in ["on", "value"] {
            if fields.node(key).is_none() {
                fields.missing(key);
            }
        }
        let (on, value, note) = (fields.get("on"), fields.get("value"), fields.get("note"));
        fields.done();
        Some(Reading { on: on?, value: value?, note })
    }
}

/// Reads a CSV file with the columns `date,value[,note]`; `;` and tabs part columns as well.
pub fn csv(
    text: &[u8],
    file: FileId,
    conventions: &Conventions,
) -> (Vec<Reading>, Vec<Diagnostic>) {
    let mut table = Table { file, readings: BTreeMap::new(), problems: Vec::new() };
    match std::str::from_utf8(text) {
        Ok(text) => table.fill(text.strip_prefix('\u{feff}').unwrap_or(text), conventions),
        Err(error) => {
            let message = format!("this file is not UTF-8 from byte {} on", error.valid_up_to());
            table.problems.push(
                Diagnostic::new(Code::NotUtf8, file.top(), message)
                    .help("save it from the spreadsheet as \"CSV UTF-8\""),
            );
        }
    }
    (table.readings.into_values().collect(), table.problems)
}

struct Table {
    file: FileId,
    readings: BTreeMap<(When, u64), Reading>,
    problems: Vec<Diagnostic>,
}

impl Table {
    fn fill(&mut self, text: &str, conventions: &Conventions) {
        let head = text.lines().next().unwrap_or_default();
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|d| (head.bytes().filter(|byte| byte == d).count(), *d == b','));
        let mut rows = ::csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .trim(::csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = rows.headers().cloned().unwrap_or_default();
        let column = |name: &str| header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        let (Some(date), Some(value)) = (column("date"), column("value")) else {
            self.problem(
                0,
                head.len(),
                "the first row must name the columns `date` and `value`".into(),
            )
            .help = Some("write `date,value` or `date,value,note` in the first row".into());
            return;
        };
        let note = column("note");
        for record in rows.records() {
            let Ok(record) = record else { continue };
            let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            if self.readings.len() >= READINGS {
                self.problem(
                    start,
                    line.len(),
                    format!("a series holds at most {READINGS} readings"),
                )
                .help = Some("keep a reading a day, a week or a month".into());
                return;
            }
            if record.iter().eq(header.iter()) || record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() != header.len() {
                let message = format!(
                    "this row has {} columns, the first has {}",
                    record.len(),
                    header.len()
                );
                self.problem(start, line.len(), message).help =
                    Some("give each row as many columns; put a text with a comma in quotes".into());
                continue;
            }
            let note = note.and_then(|at| record.get(at)).filter(|note| !note.is_empty());
            self.row(
                Row { start, line, date: &record[date], value: &record[value], note },
                conventions,
            );
        }
    }

    fn row(&mut self, row: Row<'_>, conventions: &Conventions) {
        let at = |cell: &str| row.line.find(cell).unwrap_or(0) + row.start;
        let on = When::parse(row.date);
        if on.is_none() {
            let message = format!("`{}` is not a date", row.date);
            self.problem(at(row.date), row.date.len(), message).help =
                Some("write a date as 2024-11-04, 2024-11, 2024-Q4 or 2024".into());
        }
        if row.value.is_empty() {
            return;
        }
        let value = number(row.value, conventions);
        if value.is_none() {
            let message = format!("`{}` is not a number", row.value);
            self.problem(at(row.value), row.value.len(), message).help =
                Some("write digits and at most one point, as 1250 or 0.8".into());
        }
        if let (Some(on), Some(value)) = (on, value) {
            let note = row.note.map(str::to_string);
            let nth = self.readings.len() as u64;
            self.readings.insert((on, nth), Reading { on, value, note });
        }
    }

    fn problem(&mut self, start: usize, len: usize, message: String) -> &mut Diagnostic {
        let place = self.file.at(Span::new(start, start + len));
        self.problems.push(Diagnostic::new(Code::BadSeries, place, message));
        self.problems.last_mut().expect("one was just pushed")
    }
}

struct Row<'t> {
    start: usize,
    line: &'t str,
    date: &'t str,
    value: &'t str,
    note: Option<&'t str>,
}

/// A number as spreadsheets write it: with a decimal comma, or with thousands.
fn number(text: &str, conventions: &Conventions) -> Option<Decimal> {
    let comma = || text.replacen(',', ".", 1);
    let lone = text.matches(',').count() == 1 && !text.contains('.');
    let short = text.rsplit_once(',').is_some_and(|(_, part)| part.len() != 3);
    decimal(text)
        .or_else(|| (lone && short).then(|| decimal(&comma())).flatten())
        .or_else(|| super::money::amount(text, conventions.thousands))
}
