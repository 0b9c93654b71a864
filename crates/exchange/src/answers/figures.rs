//! The figures of measures.

use super::json::{Object, decimal, write_array};
use engine::{Figure, FigureValue};
use std::io::{self, Write};

/// Writes the figures of a period as a JSON array.
pub fn figures_json(figures: &[Figure], period: &str, out: &mut dyn Write) -> io::Result<()> {
    write_array(figures, out, |figure, object| figure_object(figure, period, object))
}

/// One figure of a period as a JSON object, as [`figures_json`] writes it.
pub fn figure_json(figure: &Figure, period: &str) -> String {
    let mut text = String::new();
    let mut object = Object::begin(&mut text);
    figure_object(figure, period, &mut object);
    object.end();
    text
}

fn figure_object(figure: &Figure, period: &str, object: &mut Object<'_>) {
    object.text("measure", &figure.measure).text("period", period).text("group", &figure.group);
    if let Some(band) = &figure.band {
        object.text("band", band);
    }
    let shown = figure.value.displayed();
    match figure.value {
        FigureValue::Share { numerator, denominator, missing } => {
            object.plain("numerator", numerator).plain("denominator", denominator).maybe("percent", shown);
            if let Some(missing) = missing {
                object.plain("missing", missing);
            }
        }
        FigureValue::Count(count) => {
            object.plain("value", count);
        }
        FigureValue::Mean(_) => {
            object.maybe("value", shown);
        }
    }
    let target = figure.target.map_or_else(|| "null".to_owned(), decimal);
    object.plain("target", target).maybe("status", figure.status.map(engine::FigureStatus::as_str));
}

/// Writes the figures of a period as CSV with a header; what a figure has not is empty.
pub fn figures_csv(figures: &[Figure], period: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "measure",
        "period",
        "group",
        "band",
        "numerator",
        "denominator",
        "percent",
        "missing",
        "value",
        "target",
        "status",
    ])?;
    for figure in figures {
        let shown = figure.value.displayed().unwrap_or_default();
        let [numerator, denominator, percent, missing, value] = match figure.value {
            FigureValue::Share { numerator, denominator, missing } => {
                let missing = missing.map(|missing| missing.to_string()).unwrap_or_default();
                [numerator.to_string(), denominator.to_string(), shown, missing, String::new()]
            }
            FigureValue::Count(_) | FigureValue::Mean(_) => {
                [String::new(), String::new(), String::new(), String::new(), shown]
            }
        };
        csv.write_record([
            figure.measure.as_str(),
            period,
            &figure.group,
            figure.band.as_deref().unwrap_or_default(),
            &numerator,
            &denominator,
            &percent,
            &missing,
            &value,
            &figure.target.map(decimal).unwrap_or_default(),
            figure.status.map(engine::FigureStatus::as_str).unwrap_or_default(),
        ])?;
    }
    csv.flush()
}
