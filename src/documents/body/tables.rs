//! Tables of a body, each cell with its column's name, so that on a narrow screen a row can stand
//! as a list.

use pulldown_cmark::Alignment;
use pulldown_cmark_escape::escape_html;

/// A table being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    names: Vec<String>,
    /// What opens a cell of each column below the head.
    cells: Vec<String>,
    in_head: bool,
    column: usize,
}

impl Table {
    pub fn new(alignments: Vec<Alignment>) -> Table {
        Table { alignments, ..Table::default() }
    }

    pub fn head(&mut self, begins: bool) -> &'static str {
        self.in_head = begins;
        self.column = 0;
        if begins { "<thead><tr>" } else { "</tr></thead><tbody>" }
    }

    pub fn row(&mut self) -> &'static str {
        self.column = 0;
        "<tr>"
    }

    /// Opens a cell.
    pub fn cell(&mut self) -> String {
        let right = matches!(self.alignments.get(self.column), Some(Alignment::Right));
        let class = if right { " class=\"num\"" } else { "" };
        if self.in_head {
            return format!("<th scope=\"col\"{class}>");
        }
        if let Some(cell) = self.cells.get(self.column) {
            return cell.clone();
        }
        let name = self.names.get(self.column).map_or("", String::as_str);
        let mut label = String::new();
        if !name.is_empty() {
            // Writing to a string cannot fail.
            let _ = escape_html(&mut label, name);
            label = format!(" data-label=\"{label}\"");
        }
        let cell = format!("<td{class}{label}>");
        if self.cells.len() == self.column {
            self.cells.push(cell.clone());
        }
        cell
    }

    /// Closes a cell whose words were these.
    pub fn end_cell(&mut self, words: String) -> &'static str {
        self.column += 1;
        if self.in_head {
            self.names.push(words);
            "</th>"
        } else {
            "</td>"
        }
    }
}
