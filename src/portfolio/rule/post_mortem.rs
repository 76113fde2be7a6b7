//! Rules of post-mortems: that one is held, with numbers, a decision, and actions that are kept.

use super::{Case, Finding};
use crate::diagnostics::{Code, Place};
use crate::documents::fields::Spanned;
use crate::documents::post_mortem::{Action, ActionStatus, PostMortem};
use crate::portfolio::project::is_overdue;

pub(super) fn none_held(case: &Case<'_>) -> Finding {
    if !case.has_ended() || case.project.withholds("post_mortem") {
        return Finding::NotApplicable;
    }
    if case.project.front().post_mortem.is_some() {
        return Finding::Kept;
    }
    Finding::broken(
        Code::NoPostMortem,
        case.file().top(),
        "this project is over, and no post-mortem is told",
        "add `post_mortem:`, or a section \"What went wrong\" to the story",
    )
}

pub(super) fn unit_brings_no_data(case: &Case<'_>) -> Finding {
    let Some(told) = case.held() else { return Finding::NotApplicable };
    let evidence = told.evidence.iter().filter_map(|evidence| case.units.find(&evidence.unit));
    let kpis = case.project.front().kpis.iter().filter_map(|kpi| kpi.brought_by.as_ref());
    let brought: Vec<usize> =
        evidence.chain(kpis.filter_map(|unit| case.units.find(unit))).collect();
    let known = |name: &&Spanned<String>| case.units.find(name).is_some();
    let lacks = |name: &&Spanned<String>| {
        case.units.find(name).is_some_and(|unit| !brought.contains(&unit))
    };
    let Some(first) = told.attended.iter().find(lacks) else {
        let any = told.attended.iter().any(|name| known(&name));
        return if any { Finding::Kept } else { Finding::NotApplicable };
    };
    // They may have brought a KPI that is withheld.
    if case.project.withholds("kpis") {
        return Finding::NotApplicable;
    }
    let names = told.attended.iter().filter(lacks).map(|name| format!("`{}`", name.value));
    let names = names.collect::<Vec<_>>().join(", ");
    Finding::broken(
        Code::UnitBringsNoData,
        case.told_in().at(first.span),
        format!("at the post-mortem, and without data: {names}"),
        "add to `evidence` what the unit measured, or `brought_by` to a KPI",
    )
}

pub(super) fn no_decision(case: &Case<'_>) -> Finding {
    match case.held() {
        None => Finding::NotApplicable,
        Some(told) if told.decision.is_some() => Finding::Kept,
        Some(_) => Finding::broken(
            Code::NoDecision,
            case.post_mortem_place(),
            "the post-mortem ends without a decision",
            "add `decision: {what: keep, why: …}`, or adjust, extend, stop or no_change",
        ),
    }
}

pub(super) fn action_loose(case: &Case<'_>) -> Finding {
    case.each_action(|action| {
        let missing = match (action.owner.is_some(), action.due.is_some()) {
            _ if action.status != ActionStatus::Open => return Finding::NotApplicable,
            (true, true) => return Finding::Kept,
            (false, true) => "no owner",
            (true, false) => "no date",
            (false, false) => "neither owner nor date",
        };
        Finding::broken(
            Code::ActionLoose,
            case.told_in().at(action.span),
            format!("this action has {missing}"),
            "add `owner: Name (unit)` and `due: 2026-09-30`, or drop it: `status: dropped`",
        )
    })
}

pub(super) fn action_overdue(case: &Case<'_>) -> Finding {
    case.each_action(|action| match action.due {
        Some(due) if is_overdue(action, case.as_of) => Finding::broken(
            Code::ActionOverdue,
            case.told_in().at(action.span),
            format!("this action was due on {} and is still open", due.iso()),
            "say when it was done (`done_on`), or set a new date",
        )
        .label(format!("the data is of {}", case.as_of)),
        Some(_) => Finding::Kept,
        None => Finding::NotApplicable,
    })
}

pub(super) fn blame(case: &Case<'_>) -> Finding {
    let told = case.project.front().post_mortem.iter();
    Finding::all(told.flat_map(|told| &told.pain_points).map(|lesson| {
        let Some(name) = case.across.named_in(&lesson.text) else { return Finding::Kept };
        Finding::broken(
            Code::Blame,
            case.project.shown.document.told_in(lesson).at(lesson.span),
            format!("this pain point names a person, {name}"),
            "say what went wrong, and leave out whose it was",
        )
    }))
}

impl<'p> Case<'p> {
    /// The post-mortem, where one was held; lessons alone, told in the story, are none.
    fn held(&self) -> Option<&'p PostMortem> {
        let told = self.project.front().post_mortem.as_ref()?;
        let narrative = self.project.shown.document.narrative.is_some();
        (told.is_held() || narrative).then_some(told)
    }

    fn each_action(&self, hold: impl Fn(&Action) -> Finding) -> Finding {
        let told = self.project.front().post_mortem.iter();
        Finding::all(told.flat_map(|told| &told.actions).map(hold))
    }

    /// Where the post-mortem begins: its key, or its file.
    fn post_mortem_place(&self) -> Place {
        match &self.project.shown.document.narrative {
            Some((file, _)) => file.top(),
            None => self.place(self.project.front().post_mortem_span),
        }
    }
}
