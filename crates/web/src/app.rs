//! What pages and API are served from.

use crate::error::PageError;
use crate::reading::Unsettled;
use services::{Current, Services};
use std::sync::Arc;

/// What the program says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What the authority is called, as pages show it; may be empty.
    pub authority: String,
    /// The version of the program.
    pub version: String,
}

/// What pages and API are served from. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The running service.
    pub services: Services,
    /// What the authority is called, as pages show it; may be empty.
    pub authority: Arc<str>,
    /// The version of the program.
    pub version: Arc<str>,
}

impl App {
    /// Serves a running service.
    pub fn new(services: Services, about: About) -> App {
        App { services, authority: about.authority.into(), version: about.version.into() }
    }

    /// The read model that is read, with its rulebook.
    ///
    /// # Errors
    ///
    /// While the first one is still being derived.
    pub fn current(&self) -> Result<Arc<Current>, PageError> {
        self.services.current().ok_or(PageError::Unsettled(Unsettled::Starting))
    }
}
