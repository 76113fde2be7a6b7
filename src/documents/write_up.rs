//! Reads one file as the document that its place in the folders says it is.

use super::body::{self, Body, Fills, Manner};
use super::fields::Read;
use super::front_matter::{Need, Parts, split};
use super::id::{self, Below};
use super::path::{Refused, below, on_disk};
use super::post_mortem::PostMortem;
use super::project::Project;
use super::reader::{Conventions, Reader};
use super::secret;
use super::series::{self, Series};
use super::settings::Settings;
use super::unit::{FreePage, Unit};
use super::yaml::{self, Node, Value};
use super::{PageDocument, ProjectDocument, UnitDocument};
use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use crate::memo::{BODY, Key, Mark, Watched};
use crate::sources::{Content, Kind, SourceFile, Sources};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What reading a file needs besides the file.
pub(super) struct Desk<'s> {
    pub sources: &'s Sources,
    pub settings: &'s Settings,
    pub conventions: Conventions,
}

/// One document of any kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum One {
    Project(Arc<ProjectDocument>),
    Unit(UnitDocument),
    Page(PageDocument),
    Home(PageDocument),
}

impl Desk<'_> {
    /// Reads a file that is a document; a post-mortem is read with the write-up beside it.
    pub fn one(&self, source: &SourceFile, file: FileId) -> Option<(One, Vec<Diagnostic>)> {
        let reader = Reader::new(file, &self.conventions);
        let mut said = Vec::new();
        let one = match &source.kind {
            Kind::Project { id, folder } => {
                let (id, problem) = id::check(id, Below::Folder, file);
                said.extend(problem);
                let mut project = self.project(source.text()?, id, folder.clone(), &reader);
                self.with_files(&mut project, &reader, &mut said);
                One::Project(Arc::new(project))
            }
            Kind::Unit { id } => {
                let (id, problem) = id::check(id, Below::Folder, file);
                said.extend(problem);
                One::Unit(self.unit(source.text()?, id, &reader))
            }
            Kind::Page { id } => {
                let (id, problem) = id::check(id, Below::Root, file);
                said.extend(problem);
                One::Page(self.page(source.text()?, id, &reader))
            }
            Kind::Home => One::Home(self.page(source.text()?, String::new(), &reader)),
            _ => return None,
        };
        said.extend(reader.into_said());
        secret::look(source.text()?, file, &mut said);
        Some((one, said))
    }

    fn split<'t>(&self, text: &'t str, need: Need, reader: &Reader<'_>) -> Parts<'t> {
        split(text, need, self.settings.limits.front_matter, reader)
    }

    fn body(
        &self,
        parts: Parts<'_>,
        top: u8,
        words: &[(String, Fills)],
        ids: &[String],
        reader: &Reader<'_>,
    ) -> Body {
        let manner = Manner {
            top,
            words,
            themes: &self.settings.lesson_themes,
            prefix: "",
            ids,
            wording: &self.settings.wording,
            raw_html: self.settings.raw_html,
        };
        body::read(parts.body.0, parts.body.1, manner, reader)
    }

    fn project(
        &self,
        text: &str,
        id: String,
        folder: Option<String>,
        reader: &Reader<'_>,
    ) -> ProjectDocument {
        let parts = self.split(text, Need::Required, reader);
        let front = parts.yaml.and_then(|(yaml, at)| {
            let node = yaml::parse(yaml, at, reader);
            // Where nothing could be read of it, a list of missing keys would be noise.
            let unread =
                node.value == Value::Absent && !yaml.trim().is_empty() && !only_comments(yaml);
            if unread { None } else { Project::read(&at_top(node, at), reader) }
        });
        let mut front = front.unwrap_or_default();
        let ids: Vec<_> = front.kpis.iter().map(|kpi| format!("kpi-{}", kpi.id.value)).collect();
        let body = self.body(parts, 3, &self.settings.headings, &ids, reader);
        take_from_body(&mut front, &body, reader);
        let (file, partial) = (reader.file, parts.yaml.is_none() || !reader.is_whole());
        // What lists show may come from the body: its first paragraph, and its lessons.
        let begins = parts.yaml.map(|(_, at)| at);
        let said = Key::told(&(&body.lead, &body.told, partial, &folder, file, begins));
        let front_key = Key::all([Key::of(parts.yaml.map_or("", |(yaml, _)| yaml)), said]);
        let keys = (front_key, Key::all([front_key, Key::of(parts.body.0)]));
        let body = Watched::new(Mark::of(BODY, file.0 as usize), body);
        ProjectDocument { id, file, folder, front, body, partial, keys, ..Default::default() }
    }

    /// Adds what stands in files of the write-up's own: series, pictures, the post-mortem.
    fn with_files(
        &self,
        project: &mut ProjectDocument,
        reader: &Reader<'_>,
        said: &mut Vec<Diagnostic>,
    ) {
        let kpis = std::mem::take(&mut project.front.kpis);
        for (at, kpi) in kpis.iter().enumerate() {
            let readings = match &kpi.series {
                None => continue,
                Some(Series::Readings(readings)) => readings.clone(),
                Some(Series::File(path)) => {
                    let Some(file) = self.beside(project, &path.value, path.span, reader) else {
                        continue;
                    };
                    let source = self.sources.file(file);
                    if source.content == Content::Refused {
                        continue;
                    }
                    let bytes = source.bytes();
                    let (readings, problems) = series::csv(bytes, file);
                    said.extend(problems);
                    readings
                }
            };
            project.series.insert(at, readings);
        }
        project.front.kpis = kpis;
        // Where the picture is not named, that is told already.
        if let Some(image) = project.front.image.as_ref().filter(|image| !image.src.is_empty()) {
            let _ = self.beside(project, &image.src.value, image.src.span, reader);
            if image.alt.is_none() {
                reader
                    .say(
                        Code::ImageAlt,
                        image.src.span,
                        "this picture has no text for those who do not see it",
                    )
                    .help("write `image: {src: …, alt: …}` and say what it shows");
            }
        }
        self.with_post_mortem(project, reader, said);
        let folder = project.folder.iter().flat_map(|folder| self.sources.below(folder));
        let own = self.sources.file(project.file);
        let others = folder.filter(|file| file.path != own.path);
        for file in others.clone() {
            if let Some((id, _)) = self.sources.find(&file.path) {
                secret::attached(self.sources, id, said);
            }
        }
        let others = others.flat_map(|file| [Key::of(&file.path), file.key]);
        project.keys.0 = Key::all(std::iter::once(project.keys.0).chain(others));
    }

    /// A file in the write-up's folder, or a word that it is not there.
    fn beside(
        &self,
        project: &ProjectDocument,
        path: &str,
        span: Span,
        reader: &Reader<'_>,
    ) -> Option<FileId> {
        let Some(folder) = &project.folder else {
            let message = format!("`{path}` needs a write-up with a folder of its own");
            reader
                .say(Code::NeedsFolder, span, message)
                .help(format!("move this file to content/projects/{}/index.md", project.id));
            return None;
        };
        let below = match below(path) {
            Ok(below) => below,
            Err(Refused::Name(message, help)) => {
                reader.say(Code::FileName, span, message).help(help);
                return None;
            }
            Err(Refused::Outside) => {
                let message = format!("`{path}` leads out of the project's folder");
                reader
                    .say(Code::OutsideProject, span, message)
                    .help(format!("put the file into {folder}"));
                return None;
            }
        };
        let is_there = |path: &str| self.sources.find(path).is_some();
        let found = on_disk(&format!("{folder}{below}"), is_there);
        let found = found.and_then(|path| self.sources.find(&path));
        if found.is_none() {
            reader
                .say(Code::FileMissing, span, format!("there is no file `{path}` in {folder}"))
                .help(self.nearest_file(folder, path));
        }
        found.map(|(id, _)| id)
    }

    fn nearest_file(&self, folder: &str, path: &str) -> String {
        let files =
            self.sources.below(folder).iter().filter_map(|file| file.path.strip_prefix(folder));
        crate::diagnostics::did_you_mean(path, files.filter(|file| !file.ends_with(".md")))
            .unwrap_or_else(|| format!("put the file into {folder}"))
    }

    fn with_post_mortem(
        &self,
        project: &mut ProjectDocument,
        reader: &Reader<'_>,
        said: &mut Vec<Diagnostic>,
    ) {
        let path = project.folder.as_ref().map(|folder| format!("{folder}post-mortem.md"));
        let Some((file, source)) = path.and_then(|path| self.sources.find(&path)) else {
            return;
        };
        let Some(text) = source.text() else { return };
        let own = Reader::new(file, &self.conventions);
        let parts = self.split(text, Need::Optional, &own);
        let read = parts.yaml.and_then(|(yaml, at)| {
            PostMortem::read(&at_top(yaml::parse(yaml, at, &own), at), &own)
        });
        let manner = Manner {
            top: 3,
            words: &self.settings.headings,
            themes: &self.settings.lesson_themes,
            prefix: "post-mortem-",
            ids: &[],
            wording: &self.settings.wording,
            raw_html: self.settings.raw_html,
        };
        let body = body::read(parts.body.0, parts.body.1, manner, &own);
        if project.front.post_mortem.as_ref().is_some_and(|told| told.span != Span::default()) {
            let first = reader.place(project.front.post_mortem_span);
            own.say(
                Code::PostMortemTwice,
                Span::default(),
                "the post-mortem is told here and in the write-up",
            )
            .also(first, "and here")
            .help("keep one of the two");
        }
        let mut post_mortem = read.unwrap_or_default();
        lessons_from(&mut post_mortem, &body, &own);
        if let Some(mut from_body) = project.front.post_mortem.take() {
            let lists = [
                &mut from_body.bright_spots,
                &mut from_body.pain_points,
                &mut from_body.opportunities,
            ];
            lists.into_iter().flatten().for_each(|lesson| lesson.in_write_up = true);
            post_mortem.bright_spots.extend(from_body.bright_spots);
            post_mortem.pain_points.extend(from_body.pain_points);
            post_mortem.opportunities.extend(from_body.opportunities);
        }
        project.front.post_mortem = Some(post_mortem);
        project.narrative = Some((file, body));
        said.extend(own.into_said());
    }

    fn unit(&self, text: &str, id: String, reader: &Reader<'_>) -> UnitDocument {
        let parts = self.split(text, Need::Optional, reader);
        let front = self.front(parts, Unit::read, reader);
        let body = self.body(parts, 3, &[], &[], reader);
        UnitDocument { id, file: reader.file, front, body }
    }

    fn page(&self, text: &str, id: String, reader: &Reader<'_>) -> PageDocument {
        let home = id.is_empty();
        let need = if home { Need::Optional } else { Need::Required };
        let parts = self.split(text, need, reader);
        let read = if home { FreePage::home } else { FreePage::page };
        let front = self.front(parts, read, reader);
        let body = self.body(parts, 2, &[], &[], reader);
        PageDocument { id, file: reader.file, front, body }
    }

    fn front<T: Default>(
        &self,
        parts: Parts<'_>,
        read: fn(&Node<'_>, &Reader<'_>) -> Option<T>,
        reader: &Reader<'_>,
    ) -> T {
        let node = parts.yaml.map(|(yaml, at)| at_top(yaml::parse(yaml, at, reader), at));
        node.and_then(|node| read(&node, reader)).unwrap_or_default()
    }
}

/// Front matter of nothing but comments still has a place: its first line.
fn at_top(mut node: Node<'_>, at: usize) -> Node<'_> {
    if node.value == Value::Absent {
        node.span = Span::new(at.saturating_sub(4), at.saturating_sub(1));
    }
    node
}

fn only_comments(yaml: &str) -> bool {
    yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Fills keys from the body's sections; one thing told in both places is said.
fn take_from_body(front: &mut Project, body: &Body, reader: &Reader<'_>) {
    let told = &body.told;
    for (slot, told, fills, key) in [
        (&mut front.need, &told.need, Fills::Need, "need"),
        (&mut front.objective, &told.objective, Fills::Objective, "objective"),
    ] {
        match (slot.as_ref(), told) {
            (Some(_), Some(_)) => told_twice(key, heading_of(body, fills), reader),
            (None, Some(text)) => *slot = Some(text.value.clone()),
            _ => {}
        }
    }
    let any = !(told.bright_spots.is_empty()
        && told.pain_points.is_empty()
        && told.opportunities.is_empty());
    if any {
        let mut post_mortem = front.post_mortem.take().unwrap_or_default();
        lessons_from(&mut post_mortem, body, reader);
        front.post_mortem = Some(post_mortem);
    }
}

fn lessons_from(post_mortem: &mut PostMortem, body: &Body, reader: &Reader<'_>) {
    let told = &body.told;
    for (slot, told, fills, key) in [
        (&mut post_mortem.bright_spots, &told.bright_spots, Fills::BrightSpots, "bright_spots"),
        (&mut post_mortem.pain_points, &told.pain_points, Fills::PainPoints, "pain_points"),
        (
            &mut post_mortem.opportunities,
            &told.opportunities,
            Fills::Opportunities,
            "opportunities",
        ),
    ] {
        if told.is_empty() {
            continue;
        }
        if slot.is_empty() {
            slot.clone_from(told);
        } else {
            told_twice(key, heading_of(body, fills), reader);
        }
    }
}

fn heading_of(body: &Body, fills: Fills) -> Span {
    body.told.headings.iter().find(|(f, _)| *f == fills).map(|(_, span)| *span).unwrap_or_default()
}

fn told_twice(key: &str, heading: Span, reader: &Reader<'_>) {
    reader
        .say(
            Code::ToldTwice,
            heading,
            format!("this section and the key `{key}` tell the same thing"),
        )
        .help("keep one of the two, or give the section another heading");
}
