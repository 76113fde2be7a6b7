//! The theme: templates that dress a view, and the assets that they need.
//!
//! A template sees its view and nothing else, so a page is made of its view and the theme alone.
//! A site's theme lies over the built-in one: what it leaves out comes from there, and a template
//! of its own may extend the built-in one as `default/NAME`.

mod asked;
mod assets;
pub mod card;
mod fault;
mod stray;
mod words;

use crate::diagnostics::{Code, Diagnostic, Failure, FileId};
use crate::documents::settings::Settings;
use crate::documents::text::without_controls;
use crate::documents::wording::Wording;
use crate::pages::{Asked, Assets, View};
use crate::sources::{Content, Sources};
use fault::{Own, TOO_LARGE};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tera::{Context, Tera};

/// A theme that is ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// Where its assets lie.
    pub assets: Assets,
    /// What its template of a project asks for.
    pub asked: Asked,
    /// The assets themselves, by address.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is to be said of its templates, though they can be rendered.
    pub said: Vec<Diagnostic>,
    own: Own,
}

/// The largest page that a template may make.
const LARGEST: usize = 16 << 20;

impl Theme {
    /// Loads the theme that the settings name.
    pub fn load(
        sources: &Sources,
        settings: &Settings,
        wording: &Wording,
    ) -> Result<Theme, Box<Diagnostic>> {
        let name = settings.theme.value.as_str();
        let place = FileId(0).at(settings.theme.span);
        let Some(files) = sources.theme(name) else {
            let themes = sources.themes();
            let help = crate::diagnostics::among(name, themes.iter().map(String::as_str));
            let message = format!("there is no theme `{name}`");
            return Err(Box::new(
                Diagnostic::new(Code::ThemeMissing, place, message).maybe_help(help),
            ));
        };
        let own = sources.theme_files(name);
        let mut tera = Tera::default();
        tera.set_escape_fn(escape);
        // A name without the prefix is looked for among the built-in templates last.
        let mut templates = builtin_templates();
        let mut named = Own::of(name);
        let mut strays = Vec::new();
        for (path, file) in &own {
            let Some(template) = path.strip_prefix("templates/") else { continue };
            let text = sources.theme_text(*file)?;
            let built_in = templates.get(&format!("default/{template}"));
            // What is wrong with a file that could not be opened is told already.
            let is_there = !matches!(sources.file(*file).content, Content::Refused);
            match built_in.filter(|_| is_there) {
                Some(built_in) if text.trim().is_empty() && stray::is_page(template, built_in) => {
                    return Err(Box::new(stray::empty(template, *file)));
                }
                Some(_) => {}
                None if is_there => strays.push((template, *file)),
                None => {}
            }
            if built_in.is_none_or(|built_in| built_in != text) {
                templates.insert(named.add(template, *file, text), text.to_string());
            }
        }
        let said = stray::unused(name, &strays, &templates);
        for text in templates.values_mut() {
            *text = words::spoken(text, wording);
        }
        let asked = asked::of("project.html", &templates);
        // A name without the prefix is looked for among the built-in templates last.
        tera.set_fallback_prefixes(["default/"])
            .and_then(|()| tera.add_raw_templates(templates))
            .map_err(|error| named.unreadable(&error, place))?;
        let (assets, files) = assets::collect(files, settings, sources)?;
        Ok(Theme { tera, assets, asked, files, said, own: named })
    }

    /// Renders a page and hands its bytes on; or says which template could not, and on which page.
    pub fn render(
        &self,
        view: View,
        address: &str,
        put: impl FnOnce(&[u8]) -> Result<(), Failure>,
    ) -> Result<Option<Diagnostic>, Failure> {
        let Some(template) = view.template() else {
            let View::Finished(html) = view else {
                unreachable!("a finished page has no template")
            };
            return put(html.as_bytes()).map(|()| None);
        };
        // One buffer a thread for all pages: fresh memory for each costs more than writing it.
        thread_local! {
            static PAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        PAGE.with_borrow_mut(|page| {
            page.clear();
            let rendered = Context::from_serialize(&view)
                .and_then(|context| self.tera.render_to(template, &context, Bounded(page)));
            match rendered {
                Ok(()) => put(page).map(|()| None),
                Err(error) => Ok(Some(self.own.unrenderable(&error, template, address))),
            }
        })
    }
}

/// Writes a value as text of a page, which can hold no control characters.
fn escape(value: &str, page: &mut dyn std::io::Write) -> std::io::Result<()> {
    match without_controls(value) {
        Some(value) => tera::escape_html(&value, page),
        None => tera::escape_html(value, page),
    }
}

/// A page being written, up to a limit that only a template without an end reaches.
struct Bounded<'p>(&'p mut Vec<u8>);

impl std::io::Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(std::io::Error::other(TOO_LARGE));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// All of it goes at once; a page is put together from hundreds of pieces.
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.write(bytes).map(|_| ())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn builtin_templates() -> BTreeMap<String, String> {
    let files = Sources::builtin_theme().into_iter();
    files
        .filter_map(|(path, bytes)| {
            let template = path.strip_prefix("templates/")?.to_string();
            Some((format!("default/{template}"), String::from_utf8(bytes).ok()?))
        })
        .collect()
}
