//! The people of a project: who they are, what they do in it, and what they say of it.

use super::super::Here;
use super::super::frame::capitalized;
use super::super::kpi::ended;
use super::super::view::{Pair, QuoteView};
use crate::documents::person::Person;
use crate::documents::settings::PeopleShown;
use crate::documents::story::{Quote, Recognition, Shadowing};
use crate::portfolio::Project;

impl Here<'_> {
    /// A person's name, or what they do where the site shows roles.
    pub(in crate::pages) fn person_name(&self, person: &Person) -> String {
        match (self.portfolio().settings.people, &person.role) {
            (PeopleShown::Roles, Some(role)) => role.clone(),
            (PeopleShown::Roles, None) => self.say("A person").into(),
            (PeopleShown::Names, _) => person.name.clone(),
        }
    }

    /// Who of IT went to see a unit.
    pub(in crate::pages) fn shadower<'t>(&'t self, shadowing: &'t Shadowing) -> &'t str {
        let by = shadowing.by.as_ref().and_then(|by| self.portfolio().by_whom(by));
        by.unwrap_or_else(|| self.say("Someone of IT"))
    }

    /// A person with what they do.
    pub(in crate::pages) fn person_and_role(&self, person: &Person) -> String {
        let mut text = self.person_name(person);
        if self.portfolio().settings.people == PeopleShown::Names
            && let Some(role) = &person.role
        {
            text.push_str(&format!(", {role}"));
        }
        text
    }

    /// A person with what they do and where.
    pub(in crate::pages) fn person(&self, person: &Person) -> String {
        let mut text = self.person_and_role(person);
        if person.chair {
            text.push_str(self.say(" (chair)"));
        }
        if let Some(unit) = &person.unit {
            text.push_str(&format!(", {}", self.unit_name(unit)));
        }
        text
    }

    pub(super) fn people(&self, project: &Project) -> Vec<Pair> {
        let front = project.front();
        let linked = |label: &'static str, words| Pair {
            label: self.say(label).into(),
            words,
            absent: false,
        };
        let mut pairs = vec![linked("Owner", self.person_words(&front.owner))];
        for (label, person, key) in
            [("Sponsor", &front.sponsor, "sponsor"), ("IT lead", &front.it_lead, "it_lead")]
        {
            match person {
                Some(person) => pairs.push(linked(label, self.person_words(person))),
                None if project.withholds(key) => {
                    pairs.push(Pair::absent(self.say(label), self.say("Withheld")))
                }
                None => {}
            }
        }
        for (label, people, key) in [
            ("Champions", &front.champions, "champions"),
            ("Steering committee", &front.steering, "steering"),
            ("Team", &front.team, "team"),
        ] {
            match people.is_empty() {
                false => pairs.push(linked(label, self.people_words(people))),
                true if project.withholds(key) => {
                    pairs.push(Pair::absent(self.say(label), self.say("Withheld")))
                }
                true => pairs.push(Pair::absent(self.say(label), self.say("No one named"))),
            }
        }
        match (front.shadowing.is_empty(), project.withholds("shadowing")) {
            (_, true) => pairs.push(Pair::absent(self.say("Shadowing"), self.say("Withheld"))),
            (true, false) => pairs.push({
                let none = self.say("No one of IT is recorded");
                Pair::absent(self.say("Shadowing"), none)
            }),
            (false, false) => {}
        }
        for shadowing in &front.shadowing {
            let unit = self.unit_name(&shadowing.unit);
            let with = [("who", self.shadower(shadowing)), ("unit", &unit)];
            let mut text = match shadowing.days {
                Some(days) => {
                    let days = self.span(days, "days");
                    self.fill("{who}, {days} in {unit}.", &[with[0], with[1], ("days", &days)])
                }
                None => self.fill("{who} in {unit}.", &with),
            };
            if let Some(learned) = &shadowing.learned {
                text.push_str(&self.fill(" Learned: {text}", &[("text", &ended(learned))]));
            }
            pairs.push(Pair::text(self.say("Shadowing"), text));
        }
        pairs
    }

    /// Someone's words and whose they are.
    pub(in crate::pages) fn quote(&self, quote: &Quote) -> QuoteView {
        let names = self.portfolio().settings.people == PeopleShown::Names;
        let by = match (names, &quote.role) {
            (true, _) => quote.by.clone(),
            (false, Some(_)) => None,
            (false, None) => quote.by.as_ref().map(|_| self.say("A person").to_string()),
        };
        let unit = quote.unit.as_ref().map(|unit| self.unit_name(unit));
        let parts: Vec<String> = [by, quote.role.clone(), unit].into_iter().flatten().collect();
        QuoteView { text: quote.text.clone(), by: capitalized(&parts.join(", ")) }
    }

    /// Who gave recognition.
    pub(in crate::pages) fn praiser<'t>(&'t self, praise: &'t Recognition) -> &'t str {
        self.portfolio().by_whom(&praise.by).unwrap_or_else(|| self.say("A person"))
    }

    pub(super) fn praise(&self, praise: &Recognition) -> QuoteView {
        let on = praise.on.map(|on| format!(", {}", self.format().when(on)));
        QuoteView {
            text: praise.text.clone().unwrap_or_else(|| self.say("Recognized.").into()),
            by: format!("{}{}", self.praiser(praise), on.unwrap_or_default()),
        }
    }
}
