//! The areas of work: their order, their names in addresses, and what people call them.

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

/// The name in addresses, as in the rulebook.
pub const fn id(area: Area) -> &'static str {
    match area {
        Area::ContactAndReferral => "contact_and_referral",
        Area::Assessment => "assessment",
        Area::ChildInNeed => "child_in_need",
        Area::ChildProtection => "child_protection",
        Area::Care => "care",
        Area::Leavers => "leavers",
        Area::Missing => "missing",
        Area::EarlyHelp => "early_help",
        Area::Carers => "carers",
        Area::Oversight => "oversight",
        Area::Education => "education",
    }
}

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
    ALL.into_iter().find(|area| id(*area) == name)
}
