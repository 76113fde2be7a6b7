//! What is told to have happened on days that have not come by the day of the data.

use crate::diagnostics::{Code, Diagnostic, FileId};
use crate::documents::kpi::Kpi;
use crate::documents::money::FiscalYear;
use crate::documents::project::Project as Front;
use jiff::civil::Date;

/// Money that is realized in a year to come, and figures of a day to come.
pub fn check(front: &Front, fiscal_start: i8, as_of: Date, file: FileId) -> Vec<Diagnostic> {
    let money = realized(front, fiscal_start, as_of, file);
    money.chain(front.kpis.iter().filter_map(|kpi| measured(kpi, as_of, file))).collect()
}

fn realized(
    front: &Front,
    fiscal_start: i8,
    as_of: Date,
    file: FileId,
) -> impl Iterator<Item = Diagnostic> {
    let year = FiscalYear::of(as_of, fiscal_start);
    front.benefits.iter().filter_map(move |benefit| {
        let (future, _) = benefit.realized.range(FiscalYear(year.0 + 1)..).next()?;
        let written = future.written(fiscal_start);
        let message = format!("{written} has not begun, so nothing was realized in it");
        Some(
            Diagnostic::new(Code::RealizedInFuture, file.at(benefit.realized_span), message)
                .label(format!("the data is of {as_of}"))
                .help("move the amount to `planned`"),
        )
    })
}

/// An actual that is left out of the judgement, for its day has not come.
fn measured(kpi: &Kpi, as_of: Date, file: FileId) -> Option<Diagnostic> {
    let figure = kpi.actual.as_ref()?.known()?;
    let on = figure.on.or(kpi.on).filter(|on| on.from > as_of)?;
    let message =
        format!("the actual of `{}` is of {}, which has not come", kpi.name.value, on.from);
    Some(
        Diagnostic::new(Code::MeasuredInFuture, file.at(figure.span), message)
            .label(format!("the data is of {as_of}, so it does not count yet"))
            .help("correct the day; what is hoped for is the `target`"),
    )
}
