//! Error pages from example values.

use super::{ErrorPage, PageError};
use crate::frame::{Frame, Section};
use crate::gallery::{Example, example};
use crate::reading::Unsettled;
use std::sync::Arc;
use store::StoreError;

pub fn all() -> Vec<Example> {
    let page = |name, error: PageError, again: Option<&str>| {
        let frame = Frame { as_at: None, ..crate::gallery::quiet(Section::None) };
        example(name, &ErrorPage { frame, said: Arc::new(error.said()), again: again.map(str::to_owned) })
    };
    vec![
        page("error: not found", PageError::NotFound, None),
        page("error: bad request", PageError::BadRequest("“x” is no status.".to_owned()), None),
        page("error: other site", PageError::OtherSite, None),
        page("error: other host", PageError::OtherHost, None),
        page("error: starting", PageError::Unsettled(Unsettled::Starting), Some("/worklist?team=A")),
        page("error: moving", PageError::Unsettled(Unsettled::Moving), Some("/worklist")),
        page("error: store", PageError::Store(StoreError::Overtaken), Some("/")),
    ]
}
