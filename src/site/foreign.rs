//! What is not ours in an output folder, carried over as the next site takes the place of the last.
//!
//! Each file gets a second name in the next site before the two change places, so that a reader
//! finds it at any moment; afterwards the first name goes. What came, or was written anew, in
//! between comes along then. Nothing is ever removed that has no other name.

use super::disk::{Disk, Readers, is_link};
use super::manifest::Manifest;
use super::plan::{above, strangers};
use super::write::{self, Moment};
use crate::diagnostics::Failure;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Gives what is not ours in one site a name in another as well; a path may end with a `/`. The other
/// may be looked into by whom the one may.
pub fn carry(disk: &dyn Disk, from: &Path, to: &Path, paths: &[String]) -> io::Result<()> {
    if from.is_dir() {
        like(disk, from, to)?;
    }
    for path in paths {
        // With a slash behind it, a link would be looked through.
        let path = path.trim_end_matches('/');
        for over in above(path).collect::<Vec<_>>().into_iter().rev() {
            like(disk, &from.join(over), &to.join(over))?;
        }
        carry_one(disk, &from.join(path), &to.join(path))?;
    }
    Ok(())
}

fn carry_one(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    let met = match from.symlink_metadata() {
        // Whose it is may have taken it away meanwhile.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        met => met?,
    };
    if !met.is_dir() {
        return disk.link(from, to);
    }
    like(disk, from, to)?;
    for entry in from.read_dir()? {
        let name = entry?.file_name();
        carry_one(disk, &from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Makes a folder that may be looked into by whom the other may, or lets them into one that is there;
/// a link in its place makes room.
fn like(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    if is_link(to) {
        disk.remove_file(to)?;
    }
    match disk.make_folder(to, Readers::All) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => {
            let (wanted, own) = (from.symlink_metadata()?, to.symlink_metadata()?);
            if wanted.permissions() == own.permissions() {
                return Ok(());
            }
            disk.let_in(to, wanted.permissions())
        }
    }
}

/// Takes the second names away again.
pub fn drop_carried(disk: &dyn Disk, from: &Path, paths: &[String]) -> io::Result<()> {
    for path in paths {
        let path = from.join(path.trim_end_matches('/'));
        match path.symlink_metadata() {
            Err(_) => {}
            Ok(met) if met.is_dir() => disk.remove_all(&path)?,
            Ok(_) => disk.remove_file(&path)?,
        }
    }
    Ok(())
}

/// Brings what is not ours from the last site, which has made room, to the one that stands: what was
/// carried, and what came in folders that changed since a moment; all is looked through where there
/// is none.
pub fn bring_home(
    disk: &dyn Disk,
    last: &Path,
    manifest: &Manifest,
    stands: &Path,
    carried: &[String],
    since: Option<Moment>,
) -> Result<(), Failure> {
    let came = strangers(last, manifest, since)?;
    for path in carried.iter().chain(&came) {
        let path = path.trim_end_matches('/');
        if let Some(link) = above(path).find(|over| is_link(&stands.join(over))) {
            let link = stands.join(link);
            let message = format!("{} is a link, and is not written through", link.display());
            return Err(Failure::usage(message).help("remove it, and build again"));
        }
        let (from, to) = (last.join(path), stands.join(path));
        home(disk, &from, &to).map_err(|error| Failure::io("move", &from, &error))?;
        for over in above(path) {
            // Where it was alone in a folder of its own.
            let _ = disk.remove_folder(&last.join(over));
        }
    }
    Ok(())
}

fn home(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    let Ok(met) = from.symlink_metadata() else { return Ok(()) };
    match to.symlink_metadata() {
        Err(_) => {
            if let Some(over) = to.parent() {
                super::disk::make_folders(disk, over)?;
            }
            disk.rename(from, to)
        }
        Ok(there) if met.is_dir() && there.is_dir() => {
            for entry in from.read_dir()? {
                let name = entry?.file_name();
                home(disk, &from.join(&name), &to.join(&name))?;
            }
            disk.remove_folder(from)
        }
        Ok(there) if write::is_one_file(&met, &there) => disk.remove_file(from),
        // It was written anew under its first name.
        Ok(_) => disk.rename(from, to),
    }
}
