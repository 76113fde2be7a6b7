//! What a file is for, told by its path alone.

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `casebook.yaml`.
    Settings,
    /// `content/index.md`: the home page's own words.
    Home,
    /// `content/projects/ID.md` or `content/projects/ID/index.md`: a write-up.
    Project {
        /// The file's or folder's name.
        id: String,
        /// Where its own files lie, if it is a folder: `content/projects/ID/`.
        folder: Option<String>,
    },
    /// `content/projects/ID/post-mortem.md`.
    PostMortem {
        /// The project's id.
        project: String,
    },
    /// A picture, series or other file in a project's folder.
    Attachment,
    /// `content/units/ID.md`.
    Unit {
        /// The file's name.
        id: String,
    },
    /// `content/pages/ID.md`.
    Page {
        /// The file's name.
        id: String,
    },
    /// A file of a theme, or one that tells of themes.
    Theme,
    /// A file that no page uses.
    Unused,
}

impl Kind {
    /// The kind of a file by its path below the casebook's folder.
    pub fn of(path: &str) -> Kind {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["themes", ..] => Kind::Theme,
            ["content", "index.md"] => Kind::Home,
            ["content", "projects", file] => match stem(file) {
                Some(id) => Kind::Project { id, folder: None },
                None => Kind::Unused,
            },
            ["content", "projects", id, "index.md"] => Kind::Project {
                id: (*id).to_string(),
                folder: Some(format!("content/projects/{id}/")),
            },
            ["content", "projects", id, "post-mortem.md"] => {
                Kind::PostMortem { project: (*id).to_string() }
            }
            ["content", "projects", _, .., last] if !looks_like_markdown(last) => Kind::Attachment,
            // Pictures and files beside units, free pages and the home page, and the site's mark.
            ["content", "projects", ..] => Kind::Unused,
            ["content", .., last] if !looks_like_markdown(last) => Kind::Attachment,
            ["content", "units", file] => stem(file).map_or(Kind::Unused, |id| Kind::Unit { id }),
            ["content", "pages", file] => stem(file).map_or(Kind::Unused, |id| Kind::Page { id }),
            _ => Kind::Unused,
        }
    }

    /// Whether the file must be a text that a writer wrote.
    pub fn is_write_up(&self) -> bool {
        !matches!(self, Kind::Attachment | Kind::Theme | Kind::Unused)
    }
}

fn stem(file: &str) -> Option<String> {
    file.strip_suffix(".md").map(str::to_string)
}

/// Markdown under another ending is a page that would be lost, not a file to hand on.
fn looks_like_markdown(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "mdown" | "mkd"))
}
