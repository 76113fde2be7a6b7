//! What rows can be chosen by, of the projects that they are of.

use super::super::here::Here;
use super::super::list::KINDS;
use super::Choice;

impl Here<'_> {
    /// Choices by the prebuilt ones of projects: `projects` is the project of each row.
    pub(super) fn choices_of_projects(
        &self,
        kinds: &[(&'static str, &'static str)],
        projects: &[usize],
    ) -> Vec<Choice> {
        let portfolio = self.portfolio();
        let mut choices = Vec::with_capacity(kinds.len());
        for (id, _) in kinds.iter().filter(|(id, _)| self.has_choice(id)) {
            let mut of_project = vec![Vec::new(); portfolio.projects.len()];
            let mut values = Vec::new();
            for facet in portfolio.facets.all.iter().filter(|facet| facet.kind == *id) {
                for project in &facet.projects {
                    of_project[*project].push(values.len());
                }
                values.push((facet.id.clone(), self.label(facet)));
            }
            choices.push(Choice {
                values,
                of: projects.iter().map(|at| of_project[*at].clone()).collect(),
            });
        }
        choices
    }

    /// Whether a project has a value of a prebuilt choice; what is no prebuilt one is always there.
    pub(super) fn has_choice(&self, id: &str) -> bool {
        let is_prebuilt = KINDS.iter().any(|(kind, _)| *kind == id);
        !is_prebuilt || self.portfolio().facets.all.iter().any(|facet| facet.kind == id)
    }

    /// A choice of words of ours, in the order of `words`: `of` is the position of each row's.
    pub(super) fn choice_of_words(
        &self,
        words: &[(&str, &'static str)],
        of: impl Iterator<Item = Option<usize>>,
    ) -> Choice {
        Choice {
            values: words.iter().map(|(id, word)| ((*id).into(), self.say(word).into())).collect(),
            of: of.map(|value| value.into_iter().collect()).collect(),
        }
    }
}
