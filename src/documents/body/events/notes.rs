//! Footnotes of a body: numbered by their first use, written at its end.

use super::Events;

impl Events<'_, '_> {
    pub(super) fn note(&mut self, name: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.to_string()).or_insert(next);
        let uses = self.notes.uses.entry(name.to_string()).or_insert(0);
        *uses += 1;
        let prefix = self.manner.prefix;
        let id = if *uses == 1 { format!(" id=\"{prefix}fnref-{number}\"") } else { String::new() };
        self.html(format!(
            "<sup class=\"note\"><a href=\"#{prefix}fn-{number}\"{id}>{number}</a></sup>"
        ));
    }

    /// Writes the notes as a list, each with the way back.
    pub(super) fn write_notes(&mut self) {
        if self.notes.numbers.is_empty() {
            return;
        }
        let mut numbered: Vec<_> = self.notes.numbers.drain().collect();
        numbered.sort_by_key(|(_, number)| *number);
        let prefix = self.manner.prefix;
        let (notes, back) = (self.say("Notes"), self.say("back to the text"));
        self.html(format!("<section class=\"footnotes\" aria-label=\"{notes}\"><ol>\n"));
        for (name, number) in numbered {
            self.html(format!("<li id=\"{prefix}fn-{number}\">"));
            let events = self.notes.bodies.remove(&name).unwrap_or_default();
            self.out.extend(events);
            self.html(format!(
                "<a href=\"#{prefix}fnref-{number}\" class=\"back\" aria-label=\"{back}\">↩</a></li>\n"
            ));
        }
        self.html("</ol></section>\n");
    }
}
