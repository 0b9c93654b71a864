//! What stands in the query string: which parameters an address takes, in one table for reading and for the document.

use super::problem::ApiError;
use crate::address::Fields;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use calendar::london::end_of_day;
use calendar::{Date, Instant};
use std::marker::PhantomData;
use store::query::Cursor;
use utoipa::PartialSchema as _;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};

/// How many rows a page has where nobody says.
const USUAL_LIMIT: u32 = 100;

/// The most rows that a page may have.
const MOST_LIMIT: u32 = 1_000;

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it asks for.
    pub says: &'static str,
}

/// What a parameter holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A text.
    Text,
    /// Texts; the parameter may stand several times, and any of them will do.
    Texts,
    /// A whole number.
    Number,
    /// An instant or a day.
    Instant,
}

/// An address's parameters, by group.
pub trait Takes {
    /// The groups.
    const GROUPS: &'static [&'static [Named]];

    /// All of them.
    fn all() -> impl Iterator<Item = &'static Named> {
        Self::GROUPS.iter().flat_map(|group| group.iter())
    }
}

/// Declares the parameters of an address: a type of that name, for reading and for the document.
macro_rules! takes {
    ($name:ident, $($group:expr),*) => {
        pub struct $name;

        impl $crate::api::parameters::Takes for $name {
            const GROUPS: &'static [&'static [$crate::api::parameters::Named]] = &[$($group),*];
        }

        impl utoipa::IntoParams for $name {
            fn into_params(
                _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
            ) -> Vec<utoipa::openapi::path::Parameter> {
                $crate::api::parameters::documented::<$name>()
            }
        }
    };
}
pub(super) use takes;

/// Which clocks are asked for.
pub const CLOCKS: &[Named] = &[
    Named { name: "locality", holds: Holds::Texts, says: "Only clocks that count for this locality." },
    Named { name: "team", holds: Holds::Texts, says: "Only clocks that count for this team." },
    Named { name: "worker", holds: Holds::Texts, says: "Only clocks that count for this worker." },
    Named { name: "area", holds: Holds::Texts, says: "Only clocks of this area of work, such as `child_protection`." },
    Named { name: "clock", holds: Holds::Texts, says: "Only clocks of this kind, such as `cp_visit`." },
];

/// How they stand.
pub const STANDING: &[Named] = &[
    Named {
        name: "status",
        holds: Holds::Texts,
        says: "Only clocks that are so: `on_track`, `due_soon`, `overdue`, `met`, `late`, `cancelled`, or `all`. Without it `overdue` and `due_soon`.",
    },
    Named {
        name: "late",
        holds: Holds::Text,
        says: "Only clocks that are overdue by so many days: `6-20`, `21-` or `-5`, both ends included.",
    },
];

/// In which order.
pub const SORT: &[Named] = &[Named {
    name: "sort",
    holds: Holds::Text,
    says: "The order: `due` (as it is without), `child`, `clock` or `holder`.",
}];

/// Which page.
pub const PAGE: &[Named] = &[
    Named { name: "after", holds: Holds::Text, says: "Where the page begins: `next` of the page before." },
    Named { name: "limit", holds: Holds::Number, says: "How many rows the page may have: 1 to 1000, 100 without it." },
];

/// The parameters of a request, of which every one is known and of few enough values.
pub struct Asked<T> {
    /// The query string, for links.
    pub text: String,
    fields: Fields,
    takes: PhantomData<T>,
}

impl<T: Takes, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked<T>, ApiError> {
        Asked::read(parts.uri.query().unwrap_or_default())
    }
}

impl<T: Takes> Asked<T> {
    /// Reads a query string.
    ///
    /// # Errors
    ///
    /// Names a parameter that is not taken: a filter that is mistyped must not let everything through.
    fn read(text: &str) -> Result<Asked<T>, ApiError> {
        let fields = Fields::read(text).map_err(ApiError::BadRequest)?;
        let names = || T::all().map(|parameter| parameter.name);
        for (key, _) in form_urlencoded::parse(text.as_bytes()) {
            if !names().any(|name| name == key) {
                let meant = rulebook::did_you_mean(&key, names());
                return Err(ApiError::BadRequest(format!("There is no parameter `{key}` here{meant}.")));
            }
        }
        Ok(Asked { text: text.to_owned(), fields, takes: PhantomData })
    }

    /// The first value of a parameter.
    pub fn one(&self, name: &str) -> Option<String> {
        self.fields.each(name).into_iter().next()
    }

    /// How many rows the page may have.
    ///
    /// # Errors
    ///
    /// Says what is taken.
    pub fn limit(&self) -> Result<u32, ApiError> {
        let limit = self.number("limit")?.unwrap_or(u64::from(USUAL_LIMIT));
        u32::try_from(limit)
            .ok()
            .filter(|limit| (1..=MOST_LIMIT).contains(limit))
            .ok_or_else(|| ApiError::BadRequest(format!("`limit` is {limit}; a page has 1 to {MOST_LIMIT} rows.")))
    }

    /// Where the page begins.
    pub fn after(&self) -> Option<Cursor> {
        self.one("after").map(Cursor)
    }

    /// A whole number.
    ///
    /// # Errors
    ///
    /// Says that it is none.
    pub fn number(&self, name: &str) -> Result<Option<u64>, ApiError> {
        let read = |text: String| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse().ok().filter(|_| digits);
            number.ok_or_else(|| ApiError::BadRequest(format!("`{name}` is “{text}”; expected a whole number.")))
        };
        self.one(name).map(read).transpose()
    }

    /// An instant; a day means its last microsecond, local time.
    ///
    /// # Errors
    ///
    /// Says what is taken.
    pub fn instant(&self, name: &str) -> Result<Option<Instant>, ApiError> {
        let read = |text: String| match Date::parse(&text) {
            Some(date) => Ok(end_of_day(date)),
            None => Instant::parse(&text).map_err(|error| {
                ApiError::BadRequest(format!(
                    "`{name}` is “{text}”: {error}; expected a day (2021-01-31) or a time (2021-01-31T09:30:00Z)."
                ))
            }),
        };
        self.one(name).map(read).transpose()
    }
}

/// The parameters as the document has them.
pub fn documented<T: Takes>() -> Vec<Parameter> {
    let schema = |holds: Holds| match holds {
        Holds::Text | Holds::Instant => String::schema(),
        Holds::Texts => ArrayBuilder::new().items(String::schema()).into(),
        Holds::Number => ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).into(),
    };
    let parameter = |named: &Named| {
        ParameterBuilder::new()
            .name(named.name)
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some(named.says))
            .schema(Some(schema(named.holds)))
            .build()
    };
    T::all().map(parameter).collect()
}
