//! The open actions of a brief, each cut to its columns, with the height of the row.

use super::Set;
use crate::documents::post_mortem::{Action, ActionStatus};
use crate::pages::Here;
use crate::pages::view::BriefAction;
use crate::portfolio::project::is_overdue;

/// The columns of the actions: what, who, when, state.
const ACTION: [Set; 4] = [
    Set { width: 257, size: 85, line: 11 },
    Set { width: 120, size: 85, line: 11 },
    Set { width: 67, size: 85, line: 11 },
    Set { width: 60, size: 85, line: 11 },
];

impl Here<'_> {
    pub(super) fn brief_action(&self, action: &Action) -> (BriefAction, u32) {
        let overdue = is_overdue(action, self.portfolio().as_of);
        let [what, who, when, state] = ACTION;
        let owner = action.owner.as_ref().map(|owner| self.person(owner));
        let due = action.due.map(|due| self.format().when(due));
        let one = BriefAction {
            text: what.cut(&action.text, 3),
            owner: who.cut(owner.as_deref().unwrap_or(self.say("No owner")), 3),
            due: due.unwrap_or_else(|| self.say("No date").into()),
            state: self.say(if overdue { "Overdue" } else { "Open" }).into(),
            tone: if overdue { "miss" } else { "way" },
        };
        let heights = [
            what.height(&one.text),
            who.height(&one.owner),
            when.height(&one.due),
            state.height(&one.state) + 2,
        ];
        let height = heights.into_iter().max().unwrap_or_default() + 6;
        (one, height)
    }

    /// "1 overdue, 2 open, 4 done, 1 dropped".
    pub(super) fn actions_in_sum(&self, actions: &[Action]) -> String {
        let as_of = self.portfolio().as_of;
        let overdue = actions.iter().filter(|action| is_overdue(action, as_of)).count();
        let of = |status| actions.iter().filter(|action| action.status == status).count();
        let counts = [
            (overdue, "{n} overdue"),
            (of(ActionStatus::Open) - overdue, "{n} open"),
            (of(ActionStatus::Done), "{n} done"),
            (of(ActionStatus::Dropped), "{n} dropped"),
        ];
        let told =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| self.plural(*n, words, words));
        format!("{}.", told.collect::<Vec<_>>().join(", "))
    }
}
