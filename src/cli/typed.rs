//! What was typed: commands and their options, as clap reads them.
//!
//! Each command's help fits a screen of 24 lines and 80 columns, and shows an example. What the
//! options mean together with the environment is in [`super::options`].

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A casebook of transformation projects, from Markdown to a site
#[derive(Debug, Parser)]
#[command(name = "casebook", version, disable_help_subcommand = true)]
// The example stands above, and not behind empty lines as elsewhere: with all commands this just fits
// a screen.
#[command(
    help_template = "{about}\n{usage-heading} {usage}\nExample: casebook init my-casebook\n\n\
                           {all-args}"
)]
pub struct Typed {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes. Help shows it after a command's own options.
#[derive(Debug, Args)]
pub struct Common {
    /// The casebook's folder [default: here or above]
    #[arg(long, value_name = "DIR", global = true, display_order = 100)]
    pub root: Option<PathBuf>,
    /// Judge as of this day, such as 2025-06-30
    #[arg(long, value_name = "DATE", global = true, display_order = 100, value_parser = date)]
    pub as_of: Option<Date>,
    /// Say only what is wrong
    #[arg(long, short, global = true, display_order = 100)]
    pub quiet: bool,
    /// Color: auto, always or never
    #[arg(long, value_name = "WHEN", global = true, display_order = 100, default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub color: When,
}

/// When output is colored. The values have no words of their own: help would list each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a casebook with a page of each kind
    #[command(after_help = "Example:\n  casebook init my-casebook")]
    Init(Init),
    /// Start a write-up, a unit or a post-mortem
    New(New),
    /// Make the site
    #[command(after_help = "Example:\n  casebook build --audience board --output board-site")]
    Build(Build),
    /// Hand out the site that was built, to a folder or an object store
    #[command(after_help = "Examples:\n  casebook publish /srv/www/casebook\n  \
                            casebook publish s3://bucket/casebook --output board-site")]
    Publish(Publish),
    /// Show the site in a browser, and follow what is saved
    #[command(after_help = "Example:\n  casebook serve --open --drafts")]
    Serve(Serve),
    /// Say what is wrong in the content, and write nothing
    #[command(after_help = "Example:\n  casebook check --strict --format sarif > casebook.sarif")]
    Check(Check),
    /// Explain a code that a message shows in brackets
    #[command(after_help = "Example:\n  casebook explain unknown-key")]
    Explain(Explain),
    /// Say whether this machine and this casebook are fit for a build
    #[command(after_help = "Example:\n  casebook doctor --verify")]
    Doctor(Doctor),
    /// Change how the site looks
    Theme(Theme),
    /// Print what a web server is to say with each file
    #[command(after_help = "Example:\n  casebook headers netlify > public/_headers")]
    Headers(Headers),
    /// Print a shell's completions
    #[command(
        after_help = "Example:\n  casebook completions fish > ~/.config/fish/completions/casebook.fish"
    )]
    Completions(Completions),
}

/// `casebook init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to start it in [default: this one]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `casebook new`.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "Example:\n  casebook new project same-day-claims --folder")]
pub struct New {
    /// What to start.
    #[command(subcommand)]
    pub what: What,
}

/// What `casebook new` starts.
#[derive(Debug, Subcommand)]
pub enum What {
    /// A write-up in content/projects
    #[command(after_help = "Example:\n  casebook new project same-day-claims --folder")]
    Project {
        /// Its name in addresses: small letters, digits and hyphens
        id: String,
        /// In a folder of its own, with room for pictures and series
        #[arg(long)]
        folder: bool,
    },
    /// A business unit in content/units
    #[command(after_help = "Example:\n  casebook new unit customer-service")]
    Unit {
        /// Its name in addresses: small letters, digits and hyphens
        id: String,
    },
    /// A post-mortem beside a write-up that has a folder
    #[command(after_help = "Example:\n  casebook new post-mortem same-day-claims")]
    PostMortem {
        /// The write-up's name
        id: String,
    },
}

/// What decides which pages there are.
#[derive(Debug, Args)]
pub struct Edition {
    /// With the write-ups that are drafts
    #[arg(long)]
    pub drafts: bool,
    /// The edition for this circle [default: the widest]
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
    /// Let warnings count as errors
    #[arg(long)]
    pub strict: bool,
}

/// `casebook build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Which pages.
    #[command(flatten)]
    pub edition: Edition,
    /// The folder to write [default: as set, or public]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Forget the last build: read and make everything anew
    #[arg(long)]
    pub fresh: bool,
    /// At most so many threads [default: one a core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Make nothing: put back the site before the last
    #[arg(long, conflicts_with_all = ["drafts", "audience", "strict", "timings", "fresh"])]
    pub rollback: bool,
}

/// `casebook publish`.
#[derive(Debug, Args)]
pub struct Publish {
    /// A folder, or the address of a store: s3://…, az://… or gs://…
    pub target: PathBuf,
    /// The folder that was built [default: as set, or public]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// `casebook serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Open it in a browser
    #[arg(long)]
    pub open: bool,
    /// The port; if it is taken, the next
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// Where; 0.0.0.0 lets others in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// With the write-ups that are drafts
    #[arg(long)]
    pub drafts: bool,
    /// The edition for this circle [default: the widest]
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
}

/// `casebook check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Which pages.
    #[command(flatten)]
    pub edition: Edition,
    /// How to say it: text, json or sarif
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
}

/// How problems are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
}

/// `casebook explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code; without one, all codes are listed
    pub code: Option<String>,
}

/// `casebook doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Read all that was published and kept: is it as it was?
    #[arg(long)]
    pub verify: bool,
    /// The output folder [default: as set, or public]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// `casebook theme`.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "Example:\n  casebook theme eject home.html")]
pub struct Theme {
    /// What to do with it.
    #[command(subcommand)]
    pub what: ThemeCommand,
}

/// What `casebook theme` does.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Copy built-in templates into the site's theme, to be changed there
    #[command(after_help = "Examples:\n  casebook theme eject home.html\n  \
                            casebook theme eject style.css")]
    Eject(Ejected),
}

/// `casebook theme eject`.
#[derive(Debug, Args)]
pub struct Ejected {
    /// One template, or style.css [default: all of them]
    pub template: Option<String>,
}

/// `casebook headers`.
#[derive(Debug, Args)]
pub struct Headers {
    /// nginx, caddy, netlify (and Cloudflare Pages), cloudfront or azure
    #[arg(hide_possible_values = true)]
    pub host: Host,
}

/// What serves the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    Nginx,
    Caddy,
    Netlify,
    Cloudfront,
    Azure,
}

/// `casebook completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// bash, zsh, fish, elvish or powershell
    #[arg(hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// A full date in the one form that sorts: jiff alone would take others, and times.
fn date(text: &str) -> Result<Date, String> {
    let lengths: Vec<_> = text.split('-').map(str::len).collect();
    let parsed = text.parse().ok().filter(|_| lengths == [4, 2, 2]);
    parsed.ok_or_else(|| "write a day that exists, such as 2025-06-30".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn clap_finds_no_fault_with_the_commands() {
        Typed::command().debug_assert();
    }

    #[test]
    fn a_day_is_written_in_one_form() {
        assert_eq!(date("2025-06-30"), Ok(jiff::civil::date(2025, 6, 30)));
        for wrong in ["2025-06-31", "2025-6-30", "20250630", "30/06/2025", "2025-06", "today"] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
        assert!(date("2025-06-30T10:00").is_err());
    }
}
