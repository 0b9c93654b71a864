//! `sightline schema`.

use crate::Outcome;
use crate::arguments::Schema;
use crate::output::print;
use anyhow::bail;
use vocabulary::EventType;

/// Prints the schema of a type, or the names of all.
pub fn schema(arguments: &Schema) -> anyhow::Result<Outcome> {
    let names = || EventType::ALL.iter().map(|event_type| event_type.name());
    let Some(name) = &arguments.event_type else {
        print(&names().map(|name| format!("{name}\n")).collect::<String>())?;
        return Ok(Outcome::Done);
    };
    let Some(event_type) = EventType::from_name(name) else {
        bail!("there is no event type `{name}`{}", ::rulebook::did_you_mean(name, names()));
    };
    print(&format!("{:#}\n", vocabulary::schema(event_type)))?;
    Ok(Outcome::Done)
}
