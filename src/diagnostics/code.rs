//! The closed table of codes: every kind of diagnostic that Casebook can give.
//!
//! A code's name is what a writer sees in brackets and hands to `casebook explain`; the
//! explanation of each stands in `codes/NAME.md` beside this file.

use super::Severity;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $title:literal)*) => {
        /// A kind of diagnostic.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code { $(#[doc = $title] $variant,)* }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name that a writer sees: `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much this kind weighs where a site says nothing else.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What it is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }
        }
    };
}

codes! {
    // Files and their names.
    FileTooLarge "file-too-large" Error "a file over the limit"
    NotUtf8 "not-utf8" Error "a text that is not UTF-8"
    NotText "not-text" Error "a Markdown file that holds no text"
    FileName "file-name" Error "a file name that some system cannot have"
    OutsideProject "outside-project" Error "a path that leads out of the project"
    SpecialFile "special-file" Error "a pipe, device or socket among the content"
    FileUnused "file-unused" Warning "a file that no page uses"
    Id "bad-id" Error "an id that is not its own address"
    IdReserved "id-reserved" Error "an id that an address of the site's own needs"
    AddressTaken "address-taken" Error "two things with one address"
    Alias "bad-alias" Error "an old address that cannot lead here"
    // The front matter as YAML.
    FrontMatterMissing "front-matter-missing" Error "a write-up without front matter"
    FrontMatterUnclosed "front-matter-unclosed" Error "front matter without its closing line"
    FrontMatterForm "front-matter-form" Error "front matter in another form than YAML between ---"
    FrontMatterTooLong "front-matter-too-long" Error "front matter over the limit"
    YamlSyntax "yaml-syntax" Error "front matter that is not YAML"
    YamlAnchor "yaml-anchor" Error "an anchor, alias or merge key"
    YamlTag "yaml-tag" Error "a YAML tag"
    YamlTooDeep "yaml-too-deep" Error "front matter nested too deep"
    CutByHash "cut-by-hash" Error "a text that YAML would cut at its #"
    // Keys and values.
    UnknownKey "unknown-key" Error "a key that Casebook does not know"
    RepeatedKey "repeated-key" Error "a key given twice"
    MissingKey "missing-key" Error "a required key that is not there"
    WrongShape "wrong-shape" Error "a value of another shape than the key takes"
    BadNumber "bad-number" Error "a figure that is not a plain number"
    BadAmount "bad-amount" Error "an amount of money that cannot be read"
    BadShare "bad-share" Error "a share that is neither a percentage nor an amount"
    BadDate "bad-date" Error "a date that does not exist or is written otherwise"
    BadYear "bad-year" Error "a year of money that is written otherwise"
    BadChoice "bad-choice" Error "a word that is not among the choices"
    BadFlag "bad-flag" Error "neither true nor false"
    BadPerson "bad-person" Error "a person that cannot be read"
    TooLong "too-long" Error "a text over its limit"
    NeedsFolder "needs-folder" Error "a file of its own in a write-up without a folder"
    PostMortemTwice "post-mortem-twice" Error "a post-mortem told in two places"
    ToldTwice "told-twice" Error "one thing told in the front matter and in the body"
    // Series.
    FileMissing "file-missing" Error "a file that is named but not there"
    BadSeries "bad-series" Error "a series that cannot be read"
    // KPIs, money and references.
    KpiRepeated "kpi-repeated" Error "two KPIs of a project with one id"
    KpiBounds "kpi-bounds" Error "a target that does not fit its direction"
    KpiDirection "kpi-direction" Error "a KPI whose better direction is not plain"
    SharesOver "shares-over" Error "shares that sum to more than the whole"
    RealizedInFuture "realized-in-future" Error "money realized in a year that has not begun"
    MeasuredInFuture "measured-in-future" Warning "a figure of a day that has not come"
    UnknownUnit "unknown-unit" Error "a unit that is not there"
    UnknownKpi "unknown-kpi" Error "a KPI that is not there"
    UnknownProject "unknown-project" Error "a project that is not there"
    UnknownTheme "unknown-theme" Error "a lesson theme that is not in the list"
    UnknownRule "unknown-rule" Error "a rule that is not there"
    UnknownAudience "unknown-audience" Error "an audience that is not in the list"
    Leak "leak" Error "a value that the circle of the edition may not see"
    NotRestrictable "not-restrictable" Error "a key that cannot be restricted"
    UnitTwice "unit-twice" Error "two units with one name"
    UnitCycle "unit-cycle" Error "a unit above itself"
    // The body.
    UnknownReference "unknown-reference" Error "a figure in the body that is not there"
    ReferenceInHeading "reference-in-heading" Error "a figure in a heading"
    BrokenLink "broken-link" Error "a link that leads nowhere"
    ImageMissing "image-missing" Error "a picture that is not there"
    ImageAlt "image-without-text" Warning "a picture without a text for those who do not see it"
    RawHtml "raw-html" Warning "HTML in the body, which is left out"
    UnsafeLink "unsafe-link" Warning "a link that could run a script, which is left out"
    NestedTooDeep "nested-too-deep" Warning "a body nested too deep"
    Secret "looks-like-a-secret" Warning "a text that looks like a key or a password"
    // Settings and theme.
    BadSetting "bad-setting" Error "a setting that cannot be used"
    ThemeMissing "theme-missing" Error "a theme that is not there"
    Template "template" Error "a template that cannot be rendered"
    // The rules about the work itself, in the order of the contract.
    ItOwned "it-owned" Warning "a project that IT owns"
    KpisAfterIt "kpis-after-it" Warning "IT engaged before the KPIs were agreed"
    ItTooLate "it-too-late" Warning "IT engaged after the kickoff"
    NoChampion "no-champion" Warning "a department without a champion"
    NoSteering "no-steering" Warning "several units without a steering committee"
    KpiWithoutBaseline "kpi-without-baseline" Warning "a KPI without a baseline"
    KpiWithoutSource "kpi-without-source" Warning "a figure without a source"
    KpiAlreadyMet "kpi-already-met-at-baseline" Warning "a target that the baseline meets"
    KpiWrongSide "kpi-target-on-wrong-side" Warning "a target on the wrong side of its baseline"
    BaselineAfterKickoff "baseline-after-kickoff" Warning "a baseline measured after the kickoff"
    ActualBeforeGoLive "actual-before-go-live" Warning "a result measured before the go-live"
    SourcesDiffer "sources-differ" Warning "a baseline and a result from different sources"
    SmallSample "small-sample" Warning "a sample of fewer than 30"
    OutcomeWithoutKpi "outcome-without-kpi" Warning "an outcome that no KPI shows"
    SharesBelow "shares-do-not-add-up" Warning "shares that sum to less than the whole"
    BenefitTwice "benefit-counted-twice" Warning "a benefit that is counted twice"
    NoPostMortem "no-post-mortem" Warning "an ended project without a post-mortem"
    UnitBringsNoData "unit-brings-no-data" Warning "a unit at the post-mortem without data"
    NoDecision "no-decision" Warning "a post-mortem without a decision"
    ActionLoose "action-without-owner-or-date" Warning "an open action without owner or date"
    ActionOverdue "action-overdue" Warning "an action past its day"
    ReviewOverdue "review-overdue" Warning "a benefits review past its day"
    StagesOutOfOrder "stages-out-of-order" Warning "stages in an order that cannot be"
    StaleFigure "stale-figure" Warning "a figure more than a year old"
    Blame "blame" Warning "a pain point that names a person"
    UnitSlip "unit-slip" Warning "a figure 1000 times its neighbours"
    PercentOver100 "percent-over-100" Warning "a percentage over 100"
}

impl Code {
    /// The code with a name, if there is one.
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether it is a rule about the work itself, which a site can weigh and a project can waive.
    pub fn is_rule(self) -> bool {
        (Code::ItOwned..=Code::PercentOver100).contains(&self)
    }
}
