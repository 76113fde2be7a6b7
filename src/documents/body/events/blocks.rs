//! Blocks and spans of a body: opened, closed, and flattened where they nest too deep.

use super::{DEPTH, Events, Lead};
use crate::diagnostics::Code;
use crate::documents::body::tables::Table;
use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};
use std::ops::Range;

impl<'t> Events<'t, '_> {
    pub(super) fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        if is_nesting(&tag.to_end()) {
            self.depth += 1;
            let flat = self.depth > DEPTH;
            self.flattened.push(flat);
            if flat {
                if !std::mem::replace(&mut self.said_deep, true) {
                    let line = self.text[range.start..].lines().next().unwrap_or_default();
                    let span = self.span(&(range.start..range.start + line.len().min(1)));
                    let message = format!("this is nested more than {DEPTH} levels deep");
                    self.reader
                        .say(Code::NestedTooDeep, span, message)
                        .help("nest it less; the levels below are shown as one");
                }
                return;
            }
        }
        match tag {
            Tag::Paragraph => {
                self.paragraph = Some(range.start);
                if self.lead_state == Lead::Waiting && self.depth == 0 && self.heading.is_none() {
                    self.lead_state = Lead::Open;
                }
                if self.depth == 0 && self.is_lessons() && self.notes.open.is_none() {
                    self.open_item(range);
                }
                self.push(Event::Start(Tag::Paragraph));
            }
            Tag::Heading { level, id, attrs, .. } => self.start_heading(level, id, &attrs, range),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => {
                self.code = true;
                self.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Tag::List(first) => {
                self.list_depth += 1;
                self.push(Event::Start(Tag::List(first)));
            }
            Tag::Item => {
                if self.list_depth == 1 && self.fills.is_some() {
                    self.open_item(range);
                }
                self.push(Event::Start(Tag::Item));
            }
            Tag::FootnoteDefinition(name) => {
                self.notes.open = Some((name.to_string(), Vec::new()));
            }
            Tag::Table(alignments) => {
                self.table = Some(Table::new(alignments));
                self.html("<table>");
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.start_in_table(&tag),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { dest_url, .. } => self.start_image(&dest_url, range),
            Tag::HtmlBlock => self.start_raw(range),
            Tag::MetadataBlock(_) => {}
            other if !self.is_mute() => self.push(Event::Start(other)),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if is_nesting(&tag) {
            self.depth -= 1;
            if self.flattened.pop() == Some(true) {
                return;
            }
        }
        match tag {
            TagEnd::Paragraph => {
                self.paragraph = None;
                if self.lead_state == Lead::Open {
                    self.lead_state = Lead::Done;
                }
                if self.depth == 0
                    && let Some((words, range)) = self.item.take()
                {
                    self.prose.push((words, range, std::mem::take(&mut self.mentions)));
                }
                self.fill_text(&range);
                self.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::CodeBlock => {
                self.code = false;
                self.push(Event::End(TagEnd::CodeBlock));
            }
            TagEnd::List(ordered) => {
                self.list_depth -= 1;
                self.listed &= self.list_depth > 0;
                self.push(Event::End(TagEnd::List(ordered)));
            }
            TagEnd::Item => {
                if self.list_depth == 1
                    && let Some((words, range)) = self.item.take()
                {
                    self.told_item(&words, &range);
                }
                self.push(Event::End(TagEnd::Item));
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, events)) = self.notes.open.take() {
                    self.notes.bodies.insert(name, events);
                }
            }
            TagEnd::Table => {
                self.table = None;
                self.html("</tbody></table>");
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.end_in_table(tag),
            TagEnd::Link => {
                self.skip = false;
                if let Some(close) = self.links.pop()
                    && !self.is_mute()
                {
                    self.html(close);
                }
            }
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock => self.end_raw(),
            TagEnd::MetadataBlock(_) => {}
            other if !self.is_mute() => self.push(Event::End(other)),
            _ => {}
        }
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.push(Event::Start(Tag::BlockQuote(kind)));
        let word = match kind {
            None => return,
            Some(BlockQuoteKind::Note) => "Note",
            Some(BlockQuoteKind::Tip) => "Tip",
            Some(BlockQuoteKind::Important) => "Important",
            Some(BlockQuoteKind::Warning) => "Warning",
            Some(BlockQuoteKind::Caution) => "Caution",
        };
        let word = self.say(word);
        self.html(format!("<p class=\"alert-title\">{word}</p>"));
    }

    pub(super) fn start_in_table(&mut self, tag: &Tag<'t>) {
        let Some(table) = &mut self.table else { return };
        let html: CowStr<'t> = match tag {
            Tag::TableHead => table.head(true).into(),
            Tag::TableRow => table.row().into(),
            _ => table.cell().into(),
        };
        if matches!(tag, Tag::TableCell) {
            self.words.push(String::new());
        }
        self.html(html);
    }

    pub(super) fn end_in_table(&mut self, tag: TagEnd) {
        let words = if tag == TagEnd::TableCell { self.words.pop() } else { None };
        let Some(table) = &mut self.table else { return };
        let html = match tag {
            TagEnd::TableHead => table.head(false),
            TagEnd::TableRow => "</tr>",
            _ => table.end_cell(words.unwrap_or_default()),
        };
        self.html(html);
    }
}

fn is_nesting(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::DefinitionListDefinition
    )
}
