//! The table of types, written out once more: a published field is never lost or changed without this noticing.

use vocabulary::{EventType, Field, FieldKind, SubjectKind, WholeValues};

/// Type, subjects and fields; a star marks required fields.
const TABLE: &str = "TODO";

fn row(event_type: EventType) -> String {
    let subjects: Vec<_> = event_type.subject_kinds().iter().map(|kind| kind.as_str()).collect();
    let fields: Vec<_> = event_type.fields().iter().map(field).collect();
    format!("{} ({}) {}", event_type.name(), subjects.join(" "), fields.join("; ")).trim_end().to_owned()
}

fn field(field: &Field) -> String {
    let kind = match field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Name => "name".to_owned(),
        FieldKind::Bool => "bool".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::Number { least, most } if least.is_finite() => format!("number {least} to {most}"),
        FieldKind::Number { .. } => "number".to_owned(),
        FieldKind::Whole { values: WholeValues::Range { least, most } } => format!("whole {least} to {most}"),
        FieldKind::Whole { values: WholeValues::OneOf(numbers) } => format!("whole {numbers:?}"),
        FieldKind::Choice(names) => names.join("|"),
        FieldKind::Choices(names) => format!("list of {}", names.join("|")),
        FieldKind::TextList => "list of text".to_owned(),
        FieldKind::Subject(kind) => kind.as_str().to_owned(),
        FieldKind::Any => "any".to_owned(),
    };
    format!("{}{} {kind}", field.name, if field.required { "*" } else { "" })
}

#[test]
fn the_table_is_as_published() {
    let rows: Vec<_> = EventType::ALL.iter().map(|event_type| row(*event_type)).collect();
    let published: Vec<_> = TABLE.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for (row, published) in rows.iter().zip(&published) {
        assert_eq!(row, published);
    }
    assert_eq!(rows.len(), published.len());
}
