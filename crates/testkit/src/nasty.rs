//! Small histories full of oddities, for properties.
