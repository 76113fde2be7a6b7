//! A series: readings of a KPI over time, from a CSV file beside the write-up or from a list.

use super::date::When;
use super::fields::{Fields, Read, Spanned};
use super::figure::decimal;
use super::money::amount;
use super::reader::Reader;
use super::text::scalar;
use super::yaml::{Node, Value};
use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many readings a series may hold; a chart of more shows nothing.
const READINGS: usize = 10_000;

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When it was taken.
    pub on: When,
    /// What it was.
    pub value: Decimal,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// Where the readings are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
pub fn csv(text: &[u8], file: FileId) -> (Vec<Reading>, Vec<Diagnostic>) {
    let mut table = Table { file, readings: BTreeMap::new(), problems: Vec::new() };
    match std::str::from_utf8(text) {
        Ok(text) => table.fill(text.strip_prefix('\u{feff}').unwrap_or(text)),
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

/// Where the columns are, and what parts them.
struct Columns {
    delimiter: u8,
    count: usize,
    date: usize,
    value: usize,
    note: Option<usize>,
    sign: Sign,
}

impl Table {
    fn fill(&mut self, text: &str) {
        let head = text.split(['\r', '\n']).next().unwrap_or_default();
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|d| (head.bytes().filter(|byte| byte == d).count(), *d == b','))
            .unwrap_or(b',');
        let mut rows = ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(::csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = rows.headers().cloned().unwrap_or_default();
        let column = |name: &str| header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        let (Some(date), Some(value)) = (column("date"), column("value")) else {
            self.problem(0..head.len(), "the first row must name the columns `date` and `value`")
                .help = Some("write `date,value` or `date,value,note` in the first row".into());
            return;
        };
        let records: Vec<_> = rows.records().take(READINGS + 1).collect();
        let values = records.iter().flatten().filter_map(|record| record.get(value));
        let sign = Sign::of(delimiter, &values.collect::<Vec<_>>());
        let (count, note) = (header.len(), column("note"));
        let columns = Columns { delimiter, count, date, value, note, sign };
        for (nth, record) in records.iter().enumerate() {
            let Ok(record) = record else {
                // A text that is UTF-8 and lies in memory cannot fail; if it does, it is told.
                self.problem(0..head.len(), "this file cannot be read as a table");
                return;
            };
            let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            // A row is said to begin in the middle of `\r\n`, or before lines that are empty.
            let after = text.get(start..).unwrap_or_default();
            let rest = after.trim_start_matches(['\r', '\n']);
            let start = start + after.len() - rest.len();
            let line = rest.split(['\r', '\n']).next().unwrap_or_default();
            if nth >= READINGS {
                let message = format!("a series holds at most {READINGS} readings");
                self.problem(start..start + line.len(), message).help =
                    Some("keep a reading a day, a week or a month".into());
                return;
            }
            if record.iter().eq(header.iter()) || record.iter().all(str::is_empty) {
                continue;
            }
            let row = Row { start, rest, line, record, columns: &columns };
            self.row(&row);
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        let Columns { count, date, value, note, .. } = *row.columns;
        let broken = [date, value].into_iter().find(|at| row.cell(*at).contains(['\r', '\n']));
        if let Some(broken) = broken {
            self.problem(row.place(broken), "a quotation mark that opens here is not closed")
                .help = Some("close it in the same cell, or remove it".into());
            return;
        }
        if row.record.len() != count {
            let message =
                format!("this row has {} columns, the first has {count}", row.record.len());
            self.problem(row.start..row.start + row.line.len(), message).help =
                Some("give each row as many columns; put a text with a comma in quotes".into());
            return;
        }
        let on = When::parse(row.cell(date));
        if on.is_none() {
            let message = format!("`{}` is not a date", row.cell(date));
            self.problem(row.place(date), message).help = Some(super::date::mend(row.cell(date)));
        }
        if row.cell(value).is_empty() {
            return;
        }
        let number = row.columns.sign.read(row.cell(value));
        if number.is_none() {
            let cell = row.cell(value);
            let two_ways = amount(cell, ',').or_else(|| amount(cell, '.')).is_some();
            let message = match two_ways {
                true => format!("`{cell}` could be read in two ways"),
                false => format!("`{cell}` is not a number"),
            };
            self.problem(row.place(value), message).help = Some(row.columns.sign.help().into());
        }
        if let (Some(on), Some(value)) = (on, number) {
            let note = note.map(|at| row.cell(at).to_string()).filter(|note| !note.is_empty());
            let nth = self.readings.len() as u64;
            self.readings.insert((on, nth), Reading { on, value, note });
        }
    }

    fn problem(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let place = self.file.at(Span::new(range.start, range.end));
        self.problems.push(Diagnostic::new(Code::BadSeries, place, message));
        self.problems.last_mut().expect("one was just pushed")
    }
}

/// A row, the text from its beginning on, and the line of the file on which it begins.
struct Row<'t> {
    start: usize,
    rest: &'t str,
    line: &'t str,
    record: &'t ::csv::StringRecord,
    columns: &'t Columns,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    /// Where a cell stands: between its delimiters, which do not count within quotes, as line ends
    /// do not. A quotation mark opens them at the beginning of a cell and nowhere else.
    fn place(&self, column: usize) -> Range<usize> {
        let (mut nth, mut begin, mut quoted, mut closed) = (0, 0, false, None);
        let mut end = self.rest.len();
        for (at, byte) in self.rest.bytes().enumerate() {
            match byte {
                b'"' if quoted => (quoted, closed) = (false, Some(at)),
                // Two of them within quotes are one of the text.
                b'"' => quoted = at == begin || closed.is_some_and(|closed| closed + 1 == at),
                b'\r' | b'\n' if !quoted => {
                    end = at;
                    break;
                }
                byte if byte == self.columns.delimiter && !quoted => {
                    if nth == column {
                        end = at;
                        break;
                    }
                    (nth, begin) = (nth + 1, at + 1);
                }
                _ => {}
            }
        }
        let cell = self.rest[begin..end].split(['\r', '\n']).next().unwrap_or_default();
        let begin = begin + cell.len() - cell.trim_start().len();
        self.start + begin..self.start + begin + cell.trim().len()
    }
}

/// How a file writes its numbers: all alike, as the spreadsheet that wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// `12.5`, and perhaps `1,250.5`.
    Point,
    /// `12,5`, and perhaps `1.250,5`.
    Comma,
}

impl Sign {
    /// A file whose columns are parted by `;`, or that has a cell as `14,2`, has decimal commas.
    fn of(delimiter: u8, values: &[&str]) -> Sign {
        let comma = |value: &&str| {
            let part = value.split_once(',').map(|(_, part)| part);
            part.is_some_and(|part| part.len() != 3 && !part.contains([',', '.']))
        };
        let points = values.iter().any(|value| value.contains('.') && !value.contains(','));
        let any_comma = values.iter().any(|value| value.contains(','));
        match (delimiter, any_comma && !points) {
            (b';', true) => Sign::Comma,
            _ if !points && values.iter().any(comma) => Sign::Comma,
            _ => Sign::Point,
        }
    }

    /// A number; what could be read in two ways is none.
    fn read(self, text: &str) -> Option<Decimal> {
        match self {
            Sign::Point => decimal(text).or_else(|| {
                let groups = text.matches(',').count();
                (groups > 1 || text.contains('.')).then(|| amount(text, ',')).flatten()
            }),
            Sign::Comma if text.contains('.') => amount(text, '.').filter(|_| text.contains(',')),
            Sign::Comma => decimal(&text.replacen(',', ".", 1)),
        }
    }

    /// What to write in place of what could not be read.
    fn help(self) -> &'static str {
        match self {
            Sign::Point => "write digits and at most one point, as 1250 or 0.8, in all rows alike",
            Sign::Comma => "write digits and at most one comma, as 1250 or 0,8, in all rows alike",
        }
    }
}
