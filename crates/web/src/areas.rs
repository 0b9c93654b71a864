//! The areas of work: their order on a page, and what people call them.

use rulebook::Area;

/// All areas, in the order of a child's way through the service.
pub const ALL: [Area; 11] = [
    Area::ContactAndReferral,
    Area::EarlyHelp,
    Area::Assessment,
    Area::ChildInNeed,
    Area::ChildProtection,
    Area::Care,
    Area::Education,
    Area::Leavers,
    Area::Missing,
    Area::Carers,
    Area::Oversight,
];

/// What people call it.
pub const fn title(area: Area) -> &'static str {
    match area {
        Area::ContactAndReferral => "Contact and referral",
        Area::Assessment => "Assessment",
        Area::ChildInNeed => "Child in need",
        Area::ChildProtection => "Child protection",
        Area::Care => "Care",
        Area::Leavers => "Leavers",
        Area::Missing => "Missing",
        Area::EarlyHelp => "Early help",
        Area::Carers => "Foster carers",
        Area::Oversight => "Oversight",
        Area::Education => "Education",
    }
}

/// The area of that name.
pub fn named(name: &str) -> Option<Area> {
    ALL.into_iter().find(|area| area.as_str() == name)
}
