//! A casebook in which every key of a write-up has a value, and who gives the values.

use std::fmt::Write;

/// Gives the values of a casebook, by what each is of.
pub trait Values {
    /// A text; `what` begins with the name of the key.
    fn text(&mut self, what: &str) -> String;
    /// A text that is an address: small letters and hyphens.
    fn address(&mut self, what: &str) -> String;
    /// A number of six digits.
    fn number(&mut self, what: &str) -> u32;
    /// A day.
    fn day(&mut self, what: &str) -> String;
    /// How many entries a list has, one or more.
    fn count(&mut self, what: &str) -> usize;
}

/// The keys that can be kept to a narrower circle.
pub const KEYS: [&str; 28] = [
    "summary",
    "class",
    "class_reason",
    "sponsor",
    "it_lead",
    "units",
    "champions",
    "steering",
    "team",
    "shadowing",
    "need",
    "objective",
    "scope",
    "gaps",
    "stages",
    "kpis",
    "outcomes",
    "benefits",
    "investment",
    "assurance",
    "handover",
    "quotes",
    "recognition",
    "tags",
    "related",
    "image",
    "waived",
    "post_mortem",
];

/// A text as YAML writes it between quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The value of a key, as it stands behind the colon; none of a key that a body or a file tells.
pub fn value(key: &str, v: &mut dyn Values) -> String {
    let mut text = |what: &str| quoted(&v.text(&format!("{key} {what}")));
    match key {
        "summary" | "class_reason" | "need" | "objective" | "handover" => text("itself"),
        "class" => "transformation".into(),
        "sponsor" | "it_lead" => {
            format!("{{name: {}, role: {}, unit: it}}", text("name"), text("role"))
        }
        "scope" => {
            let (planned, last, why) = (text("planned"), text("final"), text("reason"));
            format!("{{planned: {planned}, final: {last}, reason: {why}}}")
        }
        "units" | "tags" => {
            let all: Vec<String> =
                (0..v.count(key)).map(|_| v.address(&format!("{key} entry"))).collect();
            format!("[{}]", all.join(", "))
        }
        "related" => "[other]".into(),
        "image" => format!("{{src: hero.svg, alt: {}}}", text("alt")),
        "waived" => format!("{{no-champion: {}}}", text("reason")),
        "stages" => {
            let (kickoff, planned, live) = (v.day("kickoff"), v.day("planned"), v.day("go_live"));
            format!("{{kickoff: {kickoff}, go_live: {{planned: {planned}, actual: {live}}}}}")
        }
        "investment" => investment(v),
        "post_mortem" => format!("\n{}", post_mortem(v)),
        _ => {
            let mut entries = String::new();
            for _ in 0..v.count(key) {
                let _ = write!(entries, "\n  - {}", entry(key, v));
            }
            entries
        }
    }
}

fn entry(key: &str, v: &mut dyn Values) -> String {
    if key == "kpis" {
        return kpi(v, None);
    }
    if key == "benefits" {
        return benefit(v);
    }
    let dated = ["assurance", "recognition"].contains(&key);
    let day = if dated { v.day(key) } else { String::new() };
    let mut text = |what: &str| quoted(&v.text(&format!("{key} {what}")));
    match key {
        "champions" | "team" => format!("{{name: {}, unit: claims}}", text("name")),
        "steering" => format!("{{name: {}, unit: claims, chair: true}}", text("name")),
        "shadowing" => {
            let (by, learned) = (text("by"), text("learned"));
            format!("{{unit: claims, by: {by}, days: 6, learned: {learned}}}")
        }
        "gaps" => format!("{{text: {}, found_by: it}}", text("text")),
        "outcomes" => format!("{{statement: {}}}", text("statement")),
        "assurance" => format!("{{by: {}, on: {day}, finding: {}}}", text("by"), text("finding")),
        "quotes" => {
            let (said, by, role) = (text("text"), text("by"), text("role"));
            format!("{{text: {said}, by: {by}, role: {role}, unit: claims}}")
        }
        "recognition" => format!("{{by: {}, on: {day}, text: {}}}", text("by"), text("text")),
        other => unreachable!("no entries of {other}"),
    }
}

/// A KPI, with its readings in a file where one is named.
pub fn kpi(v: &mut dyn Values, file: Option<&str>) -> String {
    let id = v.address("kpis id");
    let (before, first) = (v.day("kpis baseline"), v.number("kpis baseline"));
    let (due, wanted) = (v.day("kpis target"), v.number("kpis target"));
    let (then, was) = (v.day("kpis target was"), v.number("kpis target was"));
    let (now, reached) = (v.day("kpis actual"), v.number("kpis actual"));
    let n = v.number("kpis n");
    let reading = match file {
        Some(_) => String::new(),
        None => {
            let note = quoted(&v.text("kpis series note"));
            format!(
                "on: {}, value: {}, note: {note}",
                v.day("kpis series"),
                v.number("kpis series")
            )
        }
    };
    let mut text = |what: &str| quoted(&v.text(&format!("kpis {what}")));
    let (name, measure, method) = (text("name"), text("measure"), text("method"));
    let (source, ledger, why) = (text("source"), text("actual source"), text("target why"));
    let series = match file {
        Some(path) => path.to_string(),
        None => format!("[{{{reading}}}]"),
    };
    format!(
        "{{id: {id}, name: {name}, measure: {measure}, direction: lower, method: {method}, n: {n}, \
         baseline: {{value: {first}, on: {before}, source: {source}}}, \
         target: {{value: {wanted}, by: {due}, was: [{{value: {was}, until: {then}, why: {why}}}]}}, \
         actual: {{value: {reached}, on: {now}, source: {ledger}}}, series: {series}}}"
    )
}

fn benefit(v: &mut dyn Values) -> String {
    let (planned, realized) = (v.number("benefits planned"), v.number("benefits realized"));
    let mut text = |what: &str| quoted(&v.text(&format!("benefits {what}")));
    let (name, source, by) = (text("name"), text("source"), text("confirmed_by"));
    format!(
        "{{name: {name}, kind: cash_releasing, unit: claims, planned: {{2024: {planned}}}, \
         realized: {{2024: {realized}}}, source: {source}, confirmed_by: {by}}}"
    )
}

fn investment(v: &mut dyn Values) -> String {
    let why = quoted(&v.text("investment why"));
    let source = quoted(&v.text("investment source"));
    let until = v.day("investment until");
    let mut number = |what: &str| v.number(&format!("investment {what}"));
    let (budget, was) = (number("budget"), number("budget was"));
    let (one, other) = (number("actual or share"), number("share or actual"));
    let (share, actual) = (one.min(other), one.max(other));
    let (cost, running) = (number("cost"), number("running"));
    format!(
        "{{budget: {{value: {budget}, was: [{{value: {was}, until: {until}, why: {why}}}]}}, \
         actual: {actual}, costs: {{2024: {cost}}}, running: {{2025: {running}}}, \
         capex: {}, opex: {}, shares: {{claims: {share}}}, source: {source}}}",
        number("capex"),
        number("opex"),
    )
}

/// The value of `post_mortem`, which a file of its own can tell as well.
pub fn post_mortem(v: &mut dyn Values) -> String {
    let (held, due) = (v.day("post_mortem held_on"), v.day("post_mortem due"));
    let (before, after) = (v.number("post_mortem before"), v.number("post_mortem after"));
    let mut text = |what: &str| quoted(&v.text(&format!("post_mortem {what}")));
    let lesson = |text: String| format!("[{{text: {text}, theme: data, unit: claims}}]");
    let facilitator = text("facilitator");
    let (expected, happened) = (text("expected"), text("happened"));
    let (well, wrong, next) = (text("bright spot"), text("pain point"), text("opportunity"));
    let (metric, measure, source) = (text("metric"), text("measure"), text("source"));
    let (why, action, owner) = (text("decision"), text("action"), text("action owner"));
    format!(
        "  held_on: {held}\n  facilitator: {{name: {facilitator}, unit: it}}\n  \
         attended: [claims]\n  expected: {expected}\n  happened: {happened}\n  \
         bright_spots: {}\n  pain_points: {}\n  opportunities: {}\n  \
         evidence: [{{unit: claims, metric: {metric}, before: {before}, after: {after}, \
         measure: {measure}, source: {source}}}]\n  decision: {{what: adjust, why: {why}}}\n  \
         actions: [{{text: {action}, owner: {{name: {owner}, unit: it}}, due: {due}, \
         status: open, priority: high}}]\n",
        lesson(well),
        lesson(wrong),
        lesson(next),
    )
}

/// The sections of a body that stand for restricted keys.
pub fn told_in_body(v: &mut dyn Values) -> String {
    let mut text = |what: &str| v.text(what);
    format!(
        "## Need\n\n{}\n\n## Objective\n\n{}\n\n## What went well\n\n- {} (data)\n\n\
         ## What went wrong\n\n- {} (data)\n\n## Next time\n\n- {} (data)\n\n## After all\n\n\
         The story goes on.\n",
        text("need section"),
        text("objective section"),
        text("post_mortem section well"),
        text("post_mortem section wrong"),
        text("post_mortem section next"),
    )
}
