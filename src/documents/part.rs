//! The parts of a site that its settings can leave out.

use super::text::choices;

choices! {
    /// A part that a site can do without.
    Part, "part of a site that can be left out", {
        /// The register of actions.
        Actions "actions",
        /// The portfolio on one printed page.
        Board "board",
        /// Each project on one printed page.
        Briefs "briefs",
        /// What is due, as iCalendar.
        Calendar "calendar",
        /// Lists of projects by status, standing, unit, year, class and tag.
        Choices "choices",
        /// The data files.
        Data "data",
        /// Each project's figures for an auditor.
        Evidence "evidence",
        /// The scoreboard of KPIs.
        Kpis "kpis",
        /// Lessons by theme.
        Lessons "lessons",
        /// How projects stand to the rules.
        Partnership "partnership",
        /// People and what they did.
        People "people",
        /// Everything from A to Z.
        Search "search",
        /// Projects by tag.
        Tags "tags",
        /// Stages across projects.
        Timeline "timeline",
        /// What it cost and what came back.
        Value "value",
        /// Projects by year.
        Years "years",
    }
}

impl Part {
    /// Whether an address belongs to one of some parts.
    pub fn is_left_out(parts: &[Part], address: &str) -> bool {
        !parts.is_empty() && Part::of(address).is_some_and(|part| parts.contains(&part))
    }

    /// The part to which an address belongs; what belongs to none is always there.
    pub fn of(address: &str) -> Option<Part> {
        let mut folders = address.split('/');
        Some(match folders.next()? {
            "actions" => Part::Actions,
            "board" => Part::Board,
            "calendar.ics" => Part::Calendar,
            "data" => Part::Data,
            "kpis" => Part::Kpis,
            "lessons" => Part::Lessons,
            "partnership" => Part::Partnership,
            "people" => Part::People,
            "search" => Part::Search,
            "tags" => Part::Tags,
            "timeline" => Part::Timeline,
            "value" => Part::Value,
            "years" => Part::Years,
            "projects" => match (folders.next()?, folders.next()?, folders.next()) {
                ("by", _, Some(_)) => Part::Choices,
                (_, "brief", Some(_)) => Part::Briefs,
                (_, "evidence", Some(_)) => Part::Evidence,
                _ => return None,
            },
            _ => return None,
        })
    }
}
