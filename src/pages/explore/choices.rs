//! What rows can be chosen by, of the projects that they are of.

use super::super::here::Here;
use super::super::list::KINDS;
use super::Choice;

impl Here<'_> {
    /// A prebuilt choice of projects: `projects` is the project of each row.
    pub(super) fn prebuilt_choice(&self, id: &'static str, projects: Vec<usize>) -> Choice<'_> {
        let portfolio = self.portfolio();
        let facets = move || portfolio.facets.all.iter().filter(move |facet| facet.kind == id);
        Choice {
            values: facets().map(|facet| (facet.id.clone(), self.label(facet))).collect(),
            of: Box::new(move || {
                let mut of_project = vec![Vec::new(); portfolio.projects.len()];
                for (value, facet) in facets().enumerate() {
                    facet.projects.iter().for_each(|project| of_project[*project].push(value));
                }
                projects.iter().map(|at| of_project[*at].clone()).collect()
            }),
        }
    }

    /// Whether a project has a value of a prebuilt choice; what is no prebuilt one is always there.
    pub(super) fn has_choice(&self, id: &str) -> bool {
        let is_prebuilt = KINDS.iter().any(|(kind, _)| *kind == id);
        !is_prebuilt || self.portfolio().facets.all.iter().any(|facet| facet.kind == id)
    }

    /// A choice of words of ours, in the order of `words`: `of` is the position of each row's.
    pub(super) fn choice_of_words<'h>(
        &self,
        words: &[(&str, &'static str)],
        of: impl Fn() -> Vec<Option<usize>> + 'h,
    ) -> Choice<'h> {
        Choice {
            values: words.iter().map(|(id, word)| ((*id).into(), self.say(word).into())).collect(),
            of: Box::new(move || of().into_iter().map(|one| one.into_iter().collect()).collect()),
        }
    }
}
