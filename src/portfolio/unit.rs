//! Units: who they are, under which names they are found, and what falls to each.
//!
//! A unit has a file, or arises from use: where it owns a project, stands in `units`, pays, is a
//! person's, brings data or has any other part. A name that is nearly that of a unit known by then
//! is a slip, not a new unit; so is one that is no plain id and stands elsewhere than in `unit` or
//! `units`.

use crate::diagnostics::{Code, Diagnostic, FileId, Place, among, closest};
use crate::documents::UnitDocument;
use crate::documents::body::Body;
use crate::documents::fields::Spanned;
use crate::documents::id::slug;
use crate::documents::person::Person;
use crate::documents::unit::UnitKind;
use foldhash::HashMap;

/// A unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id, which is its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which side it is on.
    pub kind: UnitKind,
    /// Who leads it.
    pub lead: Option<Person>,
    /// The unit above it.
    pub parent: Option<usize>,
    /// What it was called before.
    pub formerly: Vec<String>,
    /// Its own words, and the file they stand in.
    pub body: Option<(FileId, Body)>,
    /// The projects it owns.
    pub owns: Vec<usize>,
    /// The projects of others in which it takes part.
    pub takes_part: Vec<usize>,
}

/// All units, by the names under which they are found.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// The units, by id.
    pub list: Vec<Unit>,
    names: HashMap<String, usize>,
    filed: usize,
}

/// The form in which names are compared.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Units {
    /// The units that have a file.
    pub fn of(documents: Vec<UnitDocument>) -> (Units, Vec<Diagnostic>) {
        let mut units = Units { filed: documents.len(), ..Units::default() };
        let mut said = Vec::new();
        let (mut parents, mut places) = (Vec::new(), Vec::new());
        for (at, document) in documents.into_iter().enumerate() {
            let UnitDocument { id, file, front, body } = document;
            let name = front.name.as_ref().map_or_else(|| id.clone(), |name| name.value.clone());
            let own = front.name.as_ref().map(|name| (name.value.clone(), name.span));
            let former = front.formerly.iter().map(|name| (name.value.clone(), name.span));
            let id_name = std::iter::once((id.clone(), Default::default()));
            for (name, span) in id_name.chain(own).chain(former) {
                let taken = units.names.insert(key(&name), at).filter(|other| *other != at);
                if let Some(other) = taken {
                    let (first, place): &(String, Place) = &places[other];
                    let message = format!("`{name}` is a name of the unit `{first}` as well");
                    said.push(
                        Diagnostic::new(Code::UnitTwice, file.at(span), message)
                            .also(*place, "the other one")
                            .help("give each name to one unit"),
                    );
                }
            }
            let default = if id == "it" { UnitKind::It } else { UnitKind::Business };
            let place = file.at(front.name.as_ref().map_or(Default::default(), |name| name.span));
            places.push((id.clone(), place));
            parents.push((file, front.parent));
            units.list.push(Unit {
                id,
                name,
                kind: front.kind.unwrap_or(default),
                lead: front.lead,
                parent: None,
                formerly: front.formerly.into_iter().map(|name| name.value).collect(),
                body: (!body.is_empty()).then_some((file, body)),
                owns: Vec::new(),
                takes_part: Vec::new(),
            });
        }
        units.set_parents(parents, &mut said);
        (units, said)
    }

    fn set_parents(
        &mut self,
        parents: Vec<(FileId, Option<Spanned<String>>)>,
        said: &mut Vec<Diagnostic>,
    ) {
        for (at, (file, parent)) in parents.into_iter().enumerate() {
            let Some(name) = parent else { continue };
            let Some(parent) = self.known(&name, file, said) else { continue };
            let mut above = Some(parent);
            while let Some(unit) = above {
                if unit == at {
                    let message = format!("`{}` stands above itself", self.list[at].id);
                    said.push(
                        Diagnostic::new(Code::UnitCycle, file.at(name.span), message)
                            .help("name the unit above it, or leave `parent` out"),
                    );
                    break;
                }
                above = self.list[unit].parent;
            }
            if above.is_none() {
                self.list[at].parent = Some(parent);
            }
        }
    }

    /// A unit by id, name or former name.
    pub fn find(&self, name: &str) -> Option<usize> {
        // Most names are written as they are found.
        self.names.get(name).or_else(|| self.names.get(&key(name))).copied()
    }

    /// A unit that must be known already.
    pub fn known(
        &self,
        name: &Spanned<String>,
        file: FileId,
        said: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let found = self.find(name);
        if found.is_none() && !name.is_empty() {
            said.push(self.unknown(name, file));
        }
        found
    }

    /// A unit that may arise here.
    pub fn known_or_new(
        &mut self,
        name: &Spanned<String>,
        file: FileId,
        said: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        if name.is_empty() {
            return None;
        }
        if let Some(found) = self.find(name) {
            return Some(found);
        }
        let id = slug(name);
        if self.is_near(name, self.filed) || id.is_empty() {
            said.push(self.unknown(name, file));
            return None;
        }
        let (_, problem) =
            crate::documents::id::check(&id, crate::documents::id::Below::Folder, file);
        said.extend(problem);
        let at = match self.names.get(&id).copied() {
            Some(at) => at,
            None => {
                let kind = if id == "it" { UnitKind::It } else { UnitKind::Business };
                self.list.push(Unit {
                    id: id.clone(),
                    name: name.value.clone(),
                    kind,
                    lead: None,
                    parent: None,
                    formerly: Vec::new(),
                    body: None,
                    owns: Vec::new(),
                    takes_part: Vec::new(),
                });
                self.list.len() - 1
            }
        };
        self.names.insert(key(name), at);
        self.names.insert(id, at);
        Some(at)
    }

    /// Lets units arise that have a part in a project without owning it or standing in `units`;
    /// what does not arise is told where the name is looked up.
    pub fn arise<'n>(&mut self, names: impl Iterator<Item = &'n Spanned<String>>, file: FileId) {
        for name in names {
            if name.is_empty() || self.find(name).is_some() {
                continue;
            }
            if name.value == slug(name) && !self.is_near(name, self.list.len()) {
                self.known_or_new(name, file, &mut Vec::new());
            }
        }
    }

    fn is_near(&self, name: &str, among_first: usize) -> bool {
        let units = self.list[..among_first].iter();
        closest(name, units.flat_map(|unit| [unit.id.as_str(), unit.name.as_str()])).is_some()
    }

    fn unknown(&self, name: &Spanned<String>, file: FileId) -> Diagnostic {
        // A name is suggested in the form in which it was written: as an id, or as a name.
        let as_id = name.value == slug(name);
        let form = |unit: &'_ Unit| if as_id { unit.id.clone() } else { unit.name.clone() };
        let names: Vec<String> = self.list.iter().map(form).collect();
        let help = among(name, names.iter().map(String::as_str))
            .unwrap_or_else(|| format!("write content/units/{}.md", slug(name)));
        let message = format!("there is no unit `{}`", name.value);
        Diagnostic::new(Code::UnknownUnit, file.at(name.span), message).help(help)
    }

    /// The units in the order of their names, as positions.
    pub fn by_name(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|at| (self.list[*at].name.to_lowercase(), *at));
        order
    }
}
