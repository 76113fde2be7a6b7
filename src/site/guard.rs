//! The guard: which folder is never written, whatever the settings say.
//!
//! In go the casebook's folder, the output as given and the home folder; out comes the output's
//! true path, or a failure before anything is touched. Paths are compared by components after
//! links are followed, never as strings. Whether a folder that may be written is ours is not
//! asked here, but in [`super::output`]. No flag goes past the guard.

use super::manifest::NAME;
use crate::diagnostics::Failure;
use crate::sources::{CACHE, SETTINGS};
use std::path::{Component, Path, PathBuf};

/// Where a site is to be written, and what must be kept from it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The casebook's folder; it exists.
    pub root: PathBuf,
    /// The output as given; relative to the casebook's folder if it is relative.
    pub output: PathBuf,
    /// The home folder of who runs this, where there is one.
    pub home: Option<PathBuf>,
}

/// What to do where an output is refused.
pub const NEXT_STEP: &str =
    "choose a folder of its own, such as `public`, in the settings or with --output";

/// The output's true path, if a site may be written there.
pub fn allowed(place: &Place) -> Result<PathBuf, Failure> {
    let root = true_path(&place.root)?;
    let output = true_path(&root.join(&place.output))?;
    let told = place.output.display();
    let refuse = |why: &str| {
        Err(Failure::usage(format!("the site cannot be written to `{told}`: {why}"))
            .help(NEXT_STEP))
    };
    if output.parent().is_none() {
        return refuse("it is the root of the file system");
    }
    if output == root {
        return refuse("it is the casebook's own folder");
    }
    if root.starts_with(&output) {
        return refuse("the casebook's own folder is inside it");
    }
    for name in ["content", "themes"] {
        // The folder itself may be a link: both its address and its true place are kept.
        for kept in [root.join(name), true_path(&root.join(name))?] {
            if output.starts_with(&kept) {
                return refuse(&format!("`{name}` holds what the site is made from"));
            }
            if kept.starts_with(&output) {
                return refuse(&format!("`{name}` is inside it"));
            }
        }
    }
    if let Some(why) = of_another(&root, &output) {
        return refuse(&why);
    }
    if let Some(site) = site_above(&root, &output) {
        return refuse(&format!("it is inside the site in `{}`", site.display()));
    }
    for (name, holds) in [
        (CACHE, "holds what a build puts away for the next"),
        (".git", "holds the history of the casebook"),
    ] {
        // A link there that leads nowhere is no reason to make no site.
        let kept = root.join(name);
        if output.starts_with(&kept) || true_path(&kept).is_ok_and(|kept| output.starts_with(kept))
        {
            return refuse(&format!("`{name}` {holds}"));
        }
    }
    if let Some(home) = place.home.as_deref().filter(|home| home.is_absolute())
        && true_path(home)?.starts_with(&output)
    {
        return refuse("it is the home folder, or above it");
    }
    Ok(output)
}

/// Why a folder is another casebook's business: it lies in what that one is made from, or anywhere
/// in it, unless the casebook at `root` lies in it as well.
fn of_another(root: &Path, output: &Path) -> Option<String> {
    let is_another = |over: &&Path| *over != root && over.join(SETTINGS).is_file();
    output.ancestors().filter(is_another).find_map(|over| {
        let below = output.strip_prefix(over).ok()?.components().next();
        let (first, told) = (below.and_then(|part| part.as_os_str().to_str()), over.display());
        match first {
            Some(name @ ("content" | "themes")) if !root.starts_with(over.join(name)) => {
                Some(format!("`{name}` of the casebook in `{told}` holds what that is made from"))
            }
            _ if root.starts_with(over) => None,
            _ => Some(format!("it is in another casebook, `{told}`")),
        }
    })
}

/// The site that a folder lies in, unless the casebook at `root` lies in it as well: readers of that
/// one would see what is for others, and its next build would leave this one behind.
fn site_above<'p>(root: &Path, output: &'p Path) -> Option<&'p Path> {
    let is_site = |over: &&Path| !root.starts_with(over) && over.join(NAME).is_file();
    output.ancestors().skip(1).find(is_site)
}

/// Refuses where one of two folders is in the other, or in what is kept beside it.
pub fn apart(built: &Path, output: &Path, told: &Path) -> Result<(), Failure> {
    let built = true_path(built)?;
    let backstage = super::backstage::beside(&built);
    let (told, own) = (told.display(), built.display());
    let why = if output == built {
        "it is the folder that was built"
    } else if output.starts_with(&built) || output.starts_with(&backstage) {
        "it is inside the folder that was built, or the one beside it"
    } else if built.starts_with(output) {
        "the folder that was built is inside it"
    } else {
        return Ok(());
    };
    let message = format!("the site in `{own}` cannot be published to `{told}`: {why}");
    Err(Failure::usage(message).help("name a folder of its own, such as the web server's"))
}

/// The path with links followed as far as it exists, and the rest of it behind.
pub(super) fn true_path(path: &Path) -> Result<PathBuf, Failure> {
    let from = std::path::absolute(path).map_err(|error| Failure::io("find", path, &error))?;
    let mut found = PathBuf::new();
    for part in from.components() {
        match part {
            Component::Prefix(_) | Component::RootDir => found.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                found.pop();
            }
            Component::Normal(name) => {
                found.push(name);
                if found.symlink_metadata().is_ok() {
                    found = followed(&found)?;
                }
            }
        }
    }
    Ok(found)
}

fn followed(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| match error.kind() {
        // To write through a link that leads nowhere would make a folder no one asked for.
        std::io::ErrorKind::NotFound => {
            Failure::usage(format!("`{}` is a link that leads nowhere", path.display()))
        }
        _ => Failure::io("find", path, &error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn casebook() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it exists").join("home/me/book");
        fs::create_dir_all(root.join("content/projects")).expect("content");
        fs::create_dir_all(root.join("themes")).expect("themes");
        (folder, root)
    }

    fn ask(root: &Path, output: impl Into<PathBuf>) -> Result<PathBuf, Failure> {
        let home = root.parent().map(Path::to_path_buf);
        allowed(&Place { root: root.to_path_buf(), output: output.into(), home })
    }

    #[test]
    fn folders_that_must_be_kept_are_refused() {
        let (folder, root) = casebook();
        let top = folder.path().to_path_buf();
        let refused: [PathBuf; 18] = [
            "".into(),
            ".".into(),
            "..".into(),
            "../..".into(),
            "/".into(),
            "content".into(),
            "./content/".into(),
            "content/projects".into(),
            "content/new/folder".into(),
            ".casebook".into(),
            ".casebook/x".into(),
            ".git/x".into(),
            "themes".into(),
            "themes/mine".into(),
            "public/../content".into(),
            "nowhere/at/../../../book".into(),
            root.join("content"),
            top,
        ];
        for output in refused {
            let failure = ask(&root, &output).expect_err(&output.display().to_string());
            assert_eq!(failure.exit, 2, "{failure}");
        }
    }

    #[test]
    fn other_folders_are_allowed_however_they_are_called() {
        let (_folder, root) = casebook();
        assert_eq!(ask(&root, "public"), Ok(root.join("public")));
        assert_eq!(ask(&root, "content-public"), Ok(root.join("content-public")));
        assert_eq!(ask(&root, ".casebooks"), Ok(root.join(".casebooks")));
        assert_eq!(ask(&root, "../site"), Ok(root.with_file_name("site")));
        assert_eq!(ask(&root, "a/b/../c"), Ok(root.join("a/c")));
        assert_eq!(ask(&root, root.join("x")), Ok(root.join("x")));
    }

    #[test]
    fn what_another_casebook_is_made_from_is_refused_and_so_is_its_folder() {
        let (_folder, root) = casebook();
        let (over, other) = (root.with_file_name(""), root.with_file_name("other"));
        fs::create_dir_all(other.join("content/projects")).expect("a folder");
        fs::write(other.join(SETTINGS), "").expect("settings");
        for (output, why) in [
            ("content", "holds what that is made from"),
            ("content/new/folder", "holds what that is made from"),
            ("themes/mine", "holds what that is made from"),
            ("", "it is in another casebook"),
            ("public", "it is in another casebook"),
        ] {
            let failure = ask(&root, other.join(output)).expect_err(output);
            assert!(failure.exit == 2 && failure.message.contains(why), "{output}: {failure}");
        }
        // One that this one lies in keeps no more than what it is made from.
        fs::write(over.join(SETTINGS), "").expect("settings");
        assert_eq!(ask(&root, "public"), Ok(root.join("public")));
        assert_eq!(ask(&root, "../site"), Ok(root.with_file_name("site")));
        assert_eq!(ask(&root, "../content/x").expect_err("its content").exit, 2);
        assert_eq!(ask(&root, other.join("public")).expect_err("the other").exit, 2);
    }

    #[test]
    fn a_folder_inside_a_site_is_refused() {
        let (_folder, root) = casebook();
        let site = root.join("public");
        fs::create_dir_all(site.join("projects")).expect("a folder");
        assert_eq!(ask(&root, "public/projects/a"), Ok(site.join("projects/a")));
        fs::write(site.join(NAME), "").expect("a manifest");
        for output in ["public/projects", "public/new/folder", "x/../public/x"] {
            let failure = ask(&root, output).expect_err(output);
            let why = format!("it is inside the site in `{}`", site.display());
            assert!(failure.exit == 2 && failure.message.ends_with(&why), "{output}: {failure}");
        }
        assert_eq!(ask(&root, "public"), Ok(site));
        assert_eq!(ask(&root, "public2"), Ok(root.join("public2")));
        // A casebook may lie in a site.
        fs::write(root.with_file_name(NAME), "").expect("a manifest");
        assert_eq!(ask(&root, "www"), Ok(root.join("www")));
        assert_eq!(ask(&root, "../site"), Ok(root.with_file_name("site")));
        assert_eq!(ask(&root, "public/x").expect_err("the site").exit, 2);
    }

    #[test]
    fn a_site_is_published_apart_from_where_it_was_built() {
        let (_folder, root) = casebook();
        let apart = |output: &str| apart(&root.join("public"), &root.join(output), Path::new("x"));
        for near in ["public", "public/x", ".public.casebook", ".public.casebook/site", ""] {
            assert_eq!(apart(near).expect_err(near).exit, 2);
        }
        for far in ["publi", "public2", ".public", "x/public"] {
            assert_eq!(apart(far), Ok(()), "{far}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_before_they_are_judged() {
        use std::os::unix::fs::symlink;
        let (folder, root) = casebook();
        let elsewhere = folder.path().canonicalize().expect("it exists").join("elsewhere");
        fs::create_dir(&elsewhere).expect("a folder");
        symlink("content", root.join("to-content")).expect("a link");
        symlink("..", root.join("to-home")).expect("a link");
        symlink("/", root.join("to-root")).expect("a link");
        symlink(&elsewhere, root.join("to-elsewhere")).expect("a link");
        symlink("gone", root.join("to-nothing")).expect("a link");
        for output in ["to-content", "to-content/x", "to-home", "to-home/book", "to-root"] {
            assert_eq!(ask(&root, output).expect_err(output).exit, 2);
        }
        assert_eq!(ask(&root, "to-nothing").expect_err("a dead link").exit, 2);
        assert_eq!(ask(&root, "to-elsewhere/site"), Ok(elsewhere.join("site")));
    }

    #[cfg(unix)]
    #[test]
    fn content_that_is_itself_a_link_is_kept_too() {
        let (folder, root) = casebook();
        let shelf = folder.path().canonicalize().expect("it exists").join("shelf");
        fs::create_dir_all(shelf.join("words")).expect("a folder");
        fs::remove_dir_all(root.join("content")).expect("removed");
        std::os::unix::fs::symlink(shelf.join("words"), root.join("content")).expect("a link");
        for output in ["content", "content/x"] {
            assert_eq!(ask(&root, output).expect_err(output).exit, 2);
        }
        assert_eq!(ask(&root, &shelf).expect_err("above it").exit, 2);
        assert_eq!(ask(&root, shelf.join("words")).expect_err("it").exit, 2);
    }
}
