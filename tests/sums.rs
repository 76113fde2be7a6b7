//! Each headline figure of home, of the board's page and of the value page is what a short sum over
//! the data files gives.
//!
//! Nothing of our own is called: CSV is parsed, decimals are added, and the figure is looked for in
//! the page as a reader sees it. What no data file holds, running costs and first budgets, is read
//! from the front matter itself.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Row = BTreeMap<String, String>;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn built(audience: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["build", "--quiet", "--audience", audience, "--root"]).arg(repository());
    let ran = command.arg("--output").arg(folder.path()).output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder
}

fn table(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join("data").join(name)).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn number(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| text.parse().expect("a number"))
}

fn sum<'r>(rows: impl Iterator<Item = &'r Row>, column: &str) -> Decimal {
    rows.filter_map(|row| number(&row[column])).sum()
}

/// The amounts by year of a key of the investment, as written.
fn by_year(project: &str, key: &str) -> BTreeMap<i32, Decimal> {
    let front = front_matter(project);
    let years = front["investment"][key].as_mapping().cloned().unwrap_or_default();
    let year = |key: &serde_yaml::Value| key.as_i64().expect("a year") as i32;
    years.iter().map(|(key, value)| (year(key), amount(value))).collect()
}

fn front_matter(project: &str) -> serde_yaml::Value {
    let folder = repository().join("content/projects");
    let paths = [folder.join(format!("{project}.md")), folder.join(project).join("index.md")];
    let text = paths.iter().find_map(|path| fs::read_to_string(path).ok()).expect("a write-up");
    serde_yaml::from_str(text.split("---\n").nth(1).expect("front matter")).expect("YAML")
}

/// `870000`, `870k`, `1.2m`.
fn amount(value: &serde_yaml::Value) -> Decimal {
    let text = match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) => number.to_string(),
        other => panic!("{other:?} is no amount"),
    };
    let times = match text.chars().last() {
        Some('k') => 1_000,
        Some('m') => 1_000_000,
        _ => 1,
    };
    text.trim_end_matches(['k', 'm']).parse::<Decimal>().expect("an amount") * Decimal::from(times)
}

/// The big number under a label, and what is said of it.
fn printed(html: &str, label: &str) -> String {
    let after = html.split(&format!("<dt>{label}</dt>")).nth(1);
    let after = after.unwrap_or_else(|| panic!("no figure `{label}`"));
    let big = after.split("<dd class=\"big\">").nth(1).expect("a number");
    big.split('<').next().expect("a number").replace('\u{a0}', " ")
}

fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero).normalize()
}

fn percent(ratio: Decimal) -> String {
    let text = rounded(ratio * Decimal::ONE_HUNDRED, 0).to_string();
    format!("{} %", text.replace('-', "\u{2212}"))
}

/// Money as a headline writes it: three digits.
fn dollars(amount: Decimal) -> String {
    let (size, letter) = match amount.abs() {
        size if size >= Decimal::from(1_000_000) => (size / Decimal::from(1_000_000), "m"),
        size => (size / Decimal::from(1_000), "k"),
    };
    let digits = match size {
        size if size < Decimal::TEN => 2,
        size if size < Decimal::ONE_HUNDRED => 1,
        _ => 0,
    };
    let minus = if amount < Decimal::ZERO { "\u{2212}" } else { "" };
    format!("{minus}${}{letter}", rounded(size, digits))
}

/// Cash and cost of the completed and stopped projects that tell what they cost.
struct ToDate {
    cash: Decimal,
    all: Decimal,
    invested: Decimal,
    running: Decimal,
}

struct Tables {
    projects: Vec<Row>,
    costs: Vec<Row>,
    benefits: Vec<Row>,
    kpis: Vec<Row>,
}

impl Tables {
    fn of(folder: &Path) -> Tables {
        let read = |name| table(folder, name);
        Tables {
            projects: read("projects.csv"),
            costs: read("costs.csv"),
            benefits: read("benefits.csv"),
            kpis: read("kpis.csv"),
        }
    }

    fn to_date(&self) -> ToDate {
        let mut sums = ToDate {
            cash: Decimal::ZERO,
            all: Decimal::ZERO,
            invested: Decimal::ZERO,
            running: Decimal::ZERO,
        };
        for project in &self.projects {
            let ended = ["completed", "stopped"].contains(&project["status"].as_str());
            let (Some(actual), true) = (number(&project["actual"]), ended) else { continue };
            let own = || self.benefits.iter().filter(|row| row["project"] == project["id"]);
            sums.invested += actual;
            let running = by_year(&project["id"], "running");
            sums.running += running.range(..=2026).map(|(_, amount)| *amount).sum::<Decimal>();
            sums.cash += sum(own().filter(|row| row["kind"] == "cash_releasing"), "realized");
            sums.all += sum(own().filter(|row| !row["currency"].is_empty()), "realized");
        }
        sums
    }

    fn it_share(&self) -> Decimal {
        let (mut it, mut all) = (Decimal::ZERO, Decimal::ZERO);
        for project in self.projects.iter().filter(|row| !row["actual"].is_empty()) {
            let own: Vec<_> =
                self.costs.iter().filter(|row| row["project"] == project["id"]).collect();
            if own.iter().any(|row| row["amount"].is_empty()) {
                continue;
            }
            all += sum(own.iter().copied(), "amount");
            it += sum(own.into_iter().filter(|row| row["unit"] == "it"), "amount");
        }
        it / all
    }

    fn cash(&self, confirmed: bool) -> Decimal {
        let cash = self.benefits.iter().filter(|row| row["kind"] == "cash_releasing");
        sum(cash.filter(|row| row["confirmed_by"].is_empty() != confirmed), "realized")
    }

    /// Planned cash, budgets and running costs of the business cases in cash.
    fn business_case(&self) -> Decimal {
        let (mut planned, mut cost) = (Decimal::ZERO, Decimal::ZERO);
        for project in &self.projects {
            let own = self.benefits.iter().filter(|row| {
                row["project"] == project["id"]
                    && row["kind"] == "cash_releasing"
                    && !row["planned"].is_empty()
            });
            let own: Vec<_> = own.collect();
            let (Some(budget), false) = (number(&project["budget"]), own.is_empty()) else {
                continue;
            };
            planned += sum(own.into_iter(), "planned");
            cost += budget + by_year(&project["id"], "running").values().sum::<Decimal>();
        }
        (planned - cost) / cost
    }

    /// Σ (B − C) / 1.08^t of each business case, its budget in the year before its first benefit.
    fn net_present_value(&self) -> Decimal {
        let mut all = Decimal::ZERO;
        for project in &self.projects {
            let own = self.benefits.iter().filter(|row| {
                row["project"] == project["id"]
                    && !row["currency"].is_empty()
                    && !row["planned"].is_empty()
            });
            let flows = own.map(|row| {
                (row["year"].parse::<i32>().expect("a year"), number(&row["planned"]).expect("it"))
            });
            let flows: Vec<_> = flows.collect();
            let first = flows.iter().map(|(year, _)| *year).min();
            let (Some(budget), Some(first)) = (number(&project["budget"]), first) else { continue };
            let running = by_year(&project["id"], "running");
            let running = running.into_iter().map(|(year, amount)| (year, -amount));
            all -= budget;
            for (year, amount) in flows.into_iter().chain(running) {
                let mut worth = amount;
                for _ in first - 1..year {
                    worth /= Decimal::new(108, 2);
                }
                all += worth;
            }
        }
        all
    }

    /// First budgets, and by how much they were overrun.
    fn variance(&self) -> (Decimal, Decimal) {
        let (mut first, mut spent) = (Decimal::ZERO, Decimal::ZERO);
        for project in &self.projects {
            let ended = ["completed", "stopped"].contains(&project["status"].as_str());
            let told = number(&project["budget"]).zip(number(&project["actual"]));
            let (Some((budget, actual)), true) = (told, ended) else { continue };
            let front = front_matter(&project["id"]);
            let was = &front["investment"]["budget"]["was"][0]["value"];
            first += if was.is_null() { budget } else { amount(was) };
            spent += actual;
        }
        (first, spent)
    }
}

#[test]
fn headline_figures_are_what_the_data_files_sum_to() {
    for audience in ["internal", "board"] {
        let folder = built(audience);
        let page = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a page");
        let (home, board) = (page("index.html"), page("board/index.html"));
        let value = page("value/index.html");
        // Both fronts show the same figures.
        let fronts = |label: &str| {
            let [one, other] = [&home, &board].map(|page| printed(page, label));
            assert_eq!(one, other, "{audience}: {label}");
            one
        };
        let tables = Tables::of(folder.path());
        let in_dollars = |row: &&Row| ["", "USD"].contains(&row["currency"].as_str());
        assert!(tables.projects.iter().all(|row| in_dollars(&row)), "the sample has one currency");

        let invested = sum(tables.projects.iter(), "actual");
        assert_eq!(printed(&value, "Invested to date"), dollars(invested), "{audience}");
        assert_eq!(fronts("Invested to date"), dollars(invested), "{audience}");
        let budgets = sum(tables.projects.iter(), "budget");
        assert_eq!(printed(&value, "Budgeted"), dollars(budgets), "{audience}");

        let (first, spent) = tables.variance();
        assert_eq!(printed(&value, "Variance"), dollars((spent - first).abs()), "{audience}");
        let over = percent((spent - first).abs() / first).replace(' ', "\u{a0}");
        assert!(value.contains(&format!("{over} of first budgets")), "{audience}: {over}");

        let it = percent(tables.it_share());
        assert_eq!(printed(&value, "Paid by IT"), it, "{audience}");
        assert_eq!(fronts("Paid by IT"), it, "{audience}");

        let confirmed = dollars(tables.cash(true));
        assert_eq!(printed(&value, "Confirmed cash"), confirmed, "{audience}");
        assert_eq!(fronts("Confirmed cash benefits"), confirmed, "{audience}");
        let claimed = format!("{} more is claimed", dollars(tables.cash(false)));
        let pages = [&value, &home, &board];
        assert!(pages.iter().all(|page| page.contains(&claimed)), "{audience}: {claimed}");

        let sums = tables.to_date();
        let cost = sums.invested + sums.running;
        let cash = percent((sums.cash - cost) / cost);
        assert_eq!(printed(&value, "Return to date, cash only"), cash, "{audience}");
        assert_eq!(fronts("Return to date"), cash, "{audience}");
        let all = percent((sums.all - cost) / cost);
        assert_eq!(printed(&value, "Return to date, all in money"), all, "{audience}");
        let recovered = percent((sums.cash - sums.running) / sums.invested);
        assert_eq!(printed(&value, "Recovered"), recovered, "{audience}");

        let case = percent(tables.business_case());
        assert_eq!(printed(&value, "Return in business cases"), case, "{audience}");
        let worth = dollars(tables.net_present_value());
        assert_eq!(printed(&value, "Net present value"), worth, "{audience}");
    }
}

#[test]
fn due_kpis_met_are_what_the_data_file_counts() {
    for audience in ["internal", "board"] {
        let folder = built(audience);
        let tables = Tables::of(folder.path());
        // A KPI that two projects tell counts where it is told first.
        let once = |row: &&Row| {
            let told = front_matter(&row["project"])["kpis"].as_sequence().cloned();
            let of = |kpi: &serde_yaml::Value| kpi["id"].as_str() == Some(row["kpi"].as_str());
            !told.unwrap_or_default().iter().any(|kpi| of(kpi) && !kpi["same_as"].is_null())
        };
        let kpis: Vec<&Row> = tables.kpis.iter().filter(once).collect();
        let is = |verdict: &str| kpis.iter().filter(|row| row["verdict"] == verdict).count();
        let by = |row: &&&Row| match row["target_by"].as_str() {
            "" => false,
            // A year ends after the day of the data.
            year if year.len() == 4 => year < "2026",
            by => by <= "2026-06-30",
        };
        let overdue = kpis.iter().filter(|row| row["verdict"] == "none").filter(by).count();
        let due = is("met") + is("not_met") + is("not_measured") + is("withheld") + overdue;
        for front in ["index.html", "board/index.html"] {
            let page = fs::read_to_string(folder.path().join(front)).expect("a page");
            let said = page.split("<dt>Due KPIs met</dt>").nth(1).expect("the figure");
            let said = said.split("</div>").next().expect("the figure").replace('\u{a0}', " ");
            assert!(
                said.contains(&format!("<dd class=\"big\">{}<small> of {due}</small>", is("met"))),
                "{audience}: {} of {due} in {said}",
                is("met")
            );
        }
    }
}
