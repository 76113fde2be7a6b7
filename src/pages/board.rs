//! The portfolio on one printed page, for the board.
//!
//! The sentence, the big numbers, the money and the first needs and verdicts must stand on it; the
//! other needs and the other projects that ended follow as long as the sheet has room, and the rest
//! is counted in words.

use super::Here;
use super::brief::{FIGURE_NOTE, HEADING, MORE, RESULT};
use super::kpi::Kpi;
use super::sheet::{Set, Sheet};
use super::view::{AttentionRow, BoardMoney, BoardProject, BoardView, Cell, Headline, Words};
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::address;
use crate::portfolio::standing::Standing;
use crate::portfolio::totals::{Money, Sum};

/// How many big numbers there are at most, and at least where the portfolio has anything to tell.
const FIGURES: [usize; 2] = [4, 6];
/// How many needs, projects and currencies must be there before others may take the room.
const FIRST: usize = 4;
const CURRENCIES: usize = 3;

/// The columns of the needs: unit, state, what, when.
const NEED: [Set; 4] = [
    Set { width: 99, size: 90, line: 11 },
    Set { width: 73, size: 90, line: 11 },
    Set { width: 257, size: 85, line: 11 },
    Set { width: 73, size: 85, line: 11 },
];

/// Each column of the money.
const MONEY: Set = Set { width: 69, size: 85, line: 11 };

/// The columns of the projects: title and unit, standing, headline KPI, verdict, cost.
const ENDED: [Set; 5] = [
    Set { width: 182, size: 88, line: 11 },
    Set { width: 78, size: 85, line: 11 },
    Set { width: 124, size: 85, line: 11 },
    Set { width: 62, size: 85, line: 11 },
    Set { width: 52, size: 85, line: 11 },
];

impl Here<'_> {
    /// The board's page.
    pub(super) fn board(&self) -> BoardView {
        let mut sheet = Sheet::new();
        let result = self.sentence();
        let sentence: String = result.iter().map(|words| words.text.as_str()).collect();
        let mut view = BoardView {
            frame: self.frame(self.say("For the board"), Some(sentence.clone()), &[]),
            title: self.say("The portfolio on one page").into(),
            result,
            figures: self.board_figures().into_iter().map(Headline::fitted).collect(),
            ..BoardView::default()
        };
        sheet.must(self.head_height() + 28);
        sheet.must(6 + RESULT.height(&sentence));
        for row in view.figures.chunks_mut(3) {
            row.iter_mut().for_each(|figure| figure.note = FIGURE_NOTE.cut(&figure.note, 4));
            let note = row.iter().map(|figure| FIGURE_NOTE.height(&figure.note)).max();
            sheet.must(38 + note.unwrap_or_default());
        }
        (view.money, view.money_note) = self.board_money(&mut sheet);
        let (needs, note, all) = self.attention();
        view.attention_note = note;
        let mut needs = needs.into_iter().map(need_on_sheet).peekable();
        let mut ended = self.ended().peekable();
        sheet.must(2 * (HEADING + 16) + MORE);
        let count = needs.len();
        // Turn by turn, the first ones of each before more of either.
        for most in [FIRST, usize::MAX] {
            while view.attention.len() < most && needs.peek().is_some_and(|row| sheet.has(row.1)) {
                view.attention.extend(needs.next().map(|row| row.0));
            }
            while view.ended.len() < most && ended.peek().is_some_and(|row| sheet.has(row.1)) {
                view.ended.extend(ended.next().map(|row| row.0));
            }
        }
        if view.attention.len() < count {
            let count = |n| self.format().count(n);
            view.attention_note = self.fill(
                "{shown} of {all} needs are shown.",
                &[("shown", &count(view.attention.len())), ("all", &count(all))],
            );
        }
        view.ended_more = self.other_verdicts(view.ended.len());
        view
    }

    /// The numbers of the home page, and counts of projects and actions where these are few.
    fn board_figures(&self) -> Vec<Headline> {
        let totals = &self.portfolio().totals;
        let [least, most] = FIGURES;
        let mut figures = self.headline_figures();
        let count = |n| self.format().count(n);
        let of = |standing| totals.standings().get(&standing).copied().unwrap_or_default();
        let withheld = |status| {
            let mut of = totals.standings_of(status);
            of.find(|(standing, _)| *standing == Standing::Withheld)
                .map_or_else(String::new, |(_, n)| self.fill(", {n} withheld", &[("n", &count(n))]))
        };
        let completed = totals.of_status(Status::Completed);
        let active = totals.of_status(Status::Active);
        let more = [
            (completed > 0).then(|| Headline {
                label: self.say("Completed projects that delivered").into(),
                value: count(of(Standing::Delivered)),
                small: format!(" {}", self.fill("of {n}", &[("n", &count(completed))])),
                note: self.fill(
                    "{mixed} mixed, {short} fell short, {unproven} unproven",
                    &[
                        ("mixed", &count(of(Standing::Mixed))),
                        ("short", &count(of(Standing::FellShort))),
                        ("unproven", &count(of(Standing::Unproven))),
                    ],
                ) + &withheld(Status::Completed),
            }),
            (active > 0).then(|| Headline {
                label: self.say("Active projects behind").into(),
                value: count(of(Standing::Behind)),
                small: format!(" {}", self.fill("of {n}", &[("n", &count(active))])),
                note: self.fill(
                    "{on} on track, {way} under way",
                    &[
                        ("on", &count(of(Standing::OnTrack))),
                        ("way", &count(of(Standing::UnderWay))),
                    ],
                ) + &withheld(Status::Active),
            }),
            (totals.open_actions > 0).then(|| Headline {
                label: self.say("Actions overdue").into(),
                value: count(totals.overdue_actions),
                small: format!(
                    " {}",
                    self.fill("of {n} open", &[("n", &count(totals.open_actions))])
                ),
                note: self.say("Promised in post-mortems").into(),
            }),
        ];
        let missing = least.saturating_sub(figures.len()).max(1);
        figures.extend(more.into_iter().flatten().take(missing));
        figures.truncate(most);
        figures
    }

    fn board_money(&self, sheet: &mut Sheet) -> (Vec<BoardMoney>, String) {
        let all = &self.portfolio().totals.money;
        let projects = self.portfolio().projects.len();
        sheet.must(HEADING + 16 + MORE);
        // The site's own currency first, then those that most projects tell.
        let mut order: Vec<_> = all.iter().collect();
        let own = &self.portfolio().settings.currency;
        order.sort_by_key(|(name, money)| {
            (*name != own, std::cmp::Reverse(money.invested.counted), *name)
        });
        let rest = order.len().saturating_sub(CURRENCIES);
        order.truncate(CURRENCIES);
        let money = order.into_iter().map(|(currency, money)| self.in_currency(currency, money));
        let money: Vec<_> = money.collect();
        for row in &money {
            let widest = [&row.invested, &row.confirmed, &row.claimed, &row.other];
            let lines = widest.map(|text| MONEY.height(text)).into_iter().max();
            let name = MONEY.line + MONEY.height(&row.coverage);
            sheet.must(6 + name.max(lines.unwrap_or_default()));
        }
        let mut note = match money.is_empty() {
            true => self.say("No project tells of money.").into(),
            false => self.plural(
                projects,
                "Sums hold what is told, of {n} project. Confirmed and claimed are never added; the \
                 return counts the cash of both.",
                "Sums hold what is told, of {n} projects. Confirmed and claimed are never added; the \
                 return counts the cash of both.",
            ),
        };
        if rest > 0 {
            sheet.must(MORE);
            let left_out = self.plural(
                rest,
                "{n} currency is told by fewer projects and left out.",
                "{n} currencies are told by fewer projects and left out.",
            );
            note = format!("{note} {left_out}");
        }
        (money, note)
    }

    fn in_currency(&self, currency: &str, money: &Money) -> BoardMoney {
        let short = |amount| self.format().money_short(amount, currency);
        // Zero that is told is not the same as none told.
        let told = |sum: Sum| match (sum.counted, sum.withheld) {
            (1.., _) => short(sum.amount),
            (0, 1..) => self.say("Withheld").into(),
            (0, 0) => self.say("None told").into(),
        };
        let ledger = self.portfolio().value.ledgers.get(currency);
        let [cash, other] = ledger.map(|ledger| ledger.sums(None)).unwrap_or_default();
        let mut worth = other.confirmed;
        worth += other.claimed;
        let percent = |ratio: Option<_>| {
            ratio.map_or_else(|| self.say("Not known").into(), |ratio| self.format().percent(ratio))
        };
        let (spent, planned) = (money.invested, money.budget);
        let (invested, counted, withheld) = match (spent.counted, planned.counted) {
            (0, 0) if spent.withheld > 0 => (self.say("Withheld").into(), 0, spent.withheld),
            (0, 0) => (self.say("Not given").into(), 0, planned.withheld),
            (0, n) => {
                let budget = short(planned.amount);
                let said = self.fill("{amount} budgeted", &[("amount", &budget)]);
                (said, n, planned.withheld)
            }
            (n, _) => (short(spent.amount), n, spent.withheld),
        };
        let counted = self.plural(counted, "{n} project", "{n} projects");
        // Of a project whose money is withheld as a whole, not even the currency is known.
        let coverage = match withheld + self.portfolio().value.silent.withheld {
            0 => counted,
            n => format!("{counted}, {}", self.plural(n, "{n} withheld", "{n} withheld")),
        };
        BoardMoney {
            currency: currency.to_string(),
            invested,
            confirmed: told(cash.confirmed),
            claimed: told(cash.claimed),
            other: told(worth),
            roi: percent(money.roi()),
            it: percent(money.it_share()),
            coverage,
        }
    }

    /// Completed and stopped projects, the newest first, each with its height.
    fn ended(&self) -> impl Iterator<Item = (BoardProject, u32)> {
        let portfolio = self.portfolio();
        let newest = portfolio.newest.iter().map(|at| (*at, &portfolio.projects[*at]));
        newest.filter(|(_, project)| has_ended(project)).map(|(at, project)| {
            let card = &self.pages.cards[at];
            let [title, standing, headline, verdict, cost] = ENDED;
            let badge = self.standing_badge(project.standing);
            let kpi = project.headline.map(|at| Kpi::of(project, at));
            let figures = match kpi {
                Some(kpi) => self.before_after(kpi),
                None => Cell::absent(self.say(match project.withholds("kpis") {
                    true => "Withheld",
                    false => "No KPI",
                })),
            };
            let money = self.cost(project);
            let one = BoardProject {
                title: title.cut(&card.title, 2),
                href: match self.to(&address::brief(project.id())) {
                    brief if brief.is_empty() => self.to(&project.page),
                    brief => brief,
                },
                unit: title.cut(&card.unit, 1),
                standing: badge.word,
                tone: badge.tone,
                headline: headline.cut(&figures.text, 2),
                measure: headline.cut(&figures.sub, 2),
                verdict: verdict.cut(&kpi.map(|kpi| self.badge(kpi).word).unwrap_or_default(), 3),
                cost: cost.cut(&format!("{} {}", money.text, money.sub), 3),
            };
            let heights = [
                title.height(&one.title) + title.height(&one.unit),
                standing.height(&one.standing) + 4,
                headline.height(&one.headline) + headline.height(&one.measure),
                verdict.height(&one.verdict),
                cost.height(&one.cost),
            ];
            (one, heights.into_iter().max().unwrap_or_default() + 6)
        })
    }

    /// "… and 12 more: 3 delivered, 9 mixed".
    fn other_verdicts(&self, shown: usize) -> String {
        let portfolio = self.portfolio();
        let newest = portfolio.newest.iter().map(|at| &portfolio.projects[*at]);
        let rest: Vec<_> = newest.filter(|p| has_ended(p)).skip(shown).collect();
        let parts = Standing::ALL.iter().filter_map(|standing| {
            match rest.iter().filter(|project| project.standing == *standing).count() {
                0 => None,
                n => Some(format!("{} {}", self.format().count(n), self.inline(standing.words()))),
            }
        });
        match rest.len() {
            0 => String::new(),
            n => {
                let parts = parts.collect::<Vec<_>>().join(", ");
                let count = self.format().count(n);
                self.fill("… and {n} more: {parts}.", &[("n", &count), ("parts", &parts)])
            }
        }
    }
}

fn has_ended(project: &Project) -> bool {
    matches!(project.status, Status::Completed | Status::Stopped)
}

/// A need cut to the columns of the sheet, with its height.
fn need_on_sheet(need: AttentionRow) -> (AttentionRow, u32) {
    let [unit, state, what, when] = NEED;
    let cut = |set: Set, words: Words, lines| Words { text: set.cut(&words.text, lines), ..words };
    // A sheet is read on paper: it does not matter which of the words are a link.
    let whole = Words { text: need.what.text + &need.detail, ..need.what };
    let need = AttentionRow {
        unit: cut(unit, need.unit, 2),
        what: cut(what, whole, 2),
        detail: String::new(),
        project: what.cut(&need.project, 1),
        ..need
    };
    let heights = [
        unit.height(&need.unit.text),
        state.height(&format!("mmm {}", need.badge.word)) + 2,
        what.height(&need.what.text) + what.height(&need.project),
        when.height(&need.when),
    ];
    let height = heights.into_iter().max().unwrap_or_default() + 6;
    (need, height)
}
