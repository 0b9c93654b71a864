//! A stream of events, one a line: read no faster than it is committed, and answered line by line.

use super::{Outcome, count, outcomes};
use crate::api::Api;
use crate::api::problem::ApiError;
use crate::health::Metrics;
use axum::body::{Body, BodyDataStream, HttpBody as _};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt as _, StreamExt as _};
use services::{Services, check_received};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use vocabulary::{MOST_BYTES_PER_EVENT, Refusal};

/// The most lines that are committed together.
const MOST_LINES: usize = 500;

/// How many bytes of lines are committed together at most, but for one line that alone has more.
const MOST_BYTES: usize = 1024 * 1024;

/// The media type of lines of JSON.
pub const NDJSON: &str = "application/x-ndjson";

/// Takes a stream of lines; the answer is a stream too.
///
/// A body whose length was said comes whether or not the answer begins. So its first lines are taken before that, and
/// where they cannot be, the status says so. Whoever sends without an end may wait for the answer to begin.
pub async fn take(api: &Api, metrics: Option<Metrics>, body: Body) -> Result<Response, ApiError> {
    if let Some(fault) = api.services().clock_fault() {
        return Err(ApiError::Take(services::TakeError::Clock(fault)));
    }
    let room = Arc::clone(&api.streams).try_acquire_owned();
    let room = room.map_err(|_| ApiError::TooMany("As many streams of events as can be taken at once are open."))?;
    let has_length = body.size_hint().exact().is_some();
    let mut taking = Taking { services: api.services().clone(), metrics, lines: Lines::of(body), _room: room };
    let first = if has_length { taking.answers().await? } else { None };
    let first = futures_util::stream::iter(first.map(Ok::<_, Infallible>));
    let answers = first.chain(futures_util::stream::unfold(Some(taking), next));
    Ok((StatusCode::ACCEPTED, [(header::CONTENT_TYPE, NDJSON)], Body::from_stream(answers)).into_response())
}

struct Taking {
    services: Services,
    metrics: Option<Metrics>,
    lines: Lines,
    _room: OwnedSemaphorePermit,
}

/// The next results. The stream of answers asks for the next only when these are sent, and
/// nothing more is read of the body before that.
async fn next(taking: Option<Taking>) -> Option<(Result<Bytes, Infallible>, Option<Taking>)> {
    let mut taking = taking?;
    match taking.answers().await {
        Ok(Some(answers)) => Some((Ok(answers), Some(taking))),
        Ok(None) => None,
        Err(error) => Some((Ok(not_taken(error)), None)),
    }
}

/// The last line of an answer: from here on nothing was taken. The status went out before.
fn not_taken(error: ApiError) -> Bytes {
    let detail = error.told().into_detail();
    let mut text = Vec::new();
    write(&Outcome::NotTaken { detail }, &mut text);
    text.into()
}

impl Taking {
    /// Takes the next lines and gives their results; none after the last.
    async fn answers(&mut self) -> Result<Option<Bytes>, ApiError> {
        match self.lines.group().await.map_err(ApiError::CutShort)? {
            Some(group) => self.group(group).await.map(Some),
            None => Ok(None),
        }
    }

    async fn group(&mut self, group: Vec<Line>) -> Result<Bytes, ApiError> {
        let events: Vec<Bytes> = group.iter().filter_map(Line::event).collect();
        let now = self.services.now();
        let incoming = match events.len() {
            0..=1 => check_received(events, now),
            _ => tokio::task::spawn_blocking(move || check_received(events, now)).await?,
        };
        let mut taken = outcomes(&self.services, incoming).await?.into_iter();
        let told = |line: Line| match line {
            Line::Event(_) => taken.next(),
            Line::TooLong(bytes) => Some(Outcome::not_kept(Refusal::too_long(bytes))),
        };
        let told: Vec<Outcome> = group.into_iter().filter_map(told).collect();
        count(self.metrics.as_ref(), &told);
        let mut text = Vec::new();
        told.iter().for_each(|outcome| write(outcome, &mut text));
        Ok(text.into())
    }
}

fn write(outcome: &Outcome, out: &mut Vec<u8>) {
    let written = serde_json::to_writer(&mut *out, outcome);
    // Memory takes every byte, and all keys are strings, so that there is nothing to fail.
    debug_assert!(written.is_ok());
    out.push(b'\n');
}

/// A line that is not blank.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// Its bytes.
    Event(Bytes),
    /// How many bytes it has, which is more than are ever held.
    TooLong(u64),
}

impl Line {
    fn event(&self) -> Option<Bytes> {
        match self {
            Line::Event(bytes) => Some(bytes.clone()),
            Line::TooLong(_) => None,
        }
    }

    fn len(&self) -> usize {
        match self {
            Line::Event(bytes) => bytes.len(),
            Line::TooLong(_) => 0,
        }
    }
}

/// A body as lines.
struct Lines {
    body: BodyDataStream,
    /// Read already, and not given yet.
    rest: BytesMut,
    /// How much of `rest` is known to have no line break.
    searched: usize,
    /// How many bytes of a line that is too long have been read and dropped.
    dropped: Option<u64>,
    ended: bool,
}

impl Lines {
    fn of(body: Body) -> Lines {
        Lines { body: body.into_data_stream(), rest: BytesMut::new(), searched: 0, dropped: None, ended: false }
    }

    /// The lines that are committed together next: at least one, and as many as are there already, within the limits.
    /// None: the body has ended.
    async fn group(&mut self) -> Result<Option<Vec<Line>>, axum::Error> {
        let (mut group, mut bytes) = (Vec::new(), 0);
        while group.len() < MOST_LINES && bytes < MOST_BYTES {
            if let Some(line) = self.take_line() {
                if !line.is_blank() {
                    bytes += line.len();
                    group.push(line);
                }
            } else if self.ended {
                break;
            } else if group.is_empty() {
                self.read().await?;
            } else {
                // Whoever sends slowly is answered for what is there.
                match self.read().now_or_never() {
                    Some(read) => read?,
                    None => break,
                }
            }
        }
        Ok((!group.is_empty()).then_some(group))
    }

    /// Reads what comes next of the body. Nothing is lost where this is left before it is done.
    async fn read(&mut self) -> Result<(), axum::Error> {
        match self.body.next().await {
            Some(piece) => self.rest.extend_from_slice(&piece?),
            None => self.ended = true,
        }
        Ok(())
    }

    /// The next whole line of what has been read; the last may lack its line break.
    fn take_line(&mut self) -> Option<Line> {
        let unsearched = self.rest.get(self.searched..).unwrap_or_default();
        let found = unsearched.iter().position(|byte| *byte == b'\n').map(|place| place + self.searched);
        match found {
            Some(end) => {
                let mut line = self.rest.split_to(end + 1);
                line.truncate(end);
                self.searched = 0;
                Some(self.line(line))
            }
            None if self.ended => {
                self.searched = 0;
                let line = std::mem::take(&mut self.rest);
                (!line.is_empty() || self.dropped.is_some()).then(|| self.line(line))
            }
            None => {
                self.searched = self.rest.len();
                if self.rest.len() > MOST_BYTES_PER_EVENT || self.dropped.is_some() {
                    let dropped = self.dropped.unwrap_or(0);
                    self.dropped = Some(dropped.saturating_add(self.rest.len() as u64));
                    self.rest.clear();
                    self.searched = 0;
                }
                None
            }
        }
    }

    fn line(&mut self, line: BytesMut) -> Line {
        let whole = self.dropped.take().unwrap_or(0).saturating_add(line.len() as u64);
        if whole > MOST_BYTES_PER_EVENT as u64 { Line::TooLong(whole) } else { Line::Event(line.freeze()) }
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        match self {
            Line::Event(bytes) => bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')),
            Line::TooLong(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines_of(pieces: Vec<Vec<u8>>) -> Lines {
        let pieces = pieces.into_iter().map(|piece| Ok::<_, Infallible>(Bytes::from(piece)));
        Lines::of(Body::from_stream(futures_util::stream::iter(pieces)))
    }

    /// All groups; the bodies here are never waited for.
    fn groups(pieces: Vec<Vec<u8>>) -> Vec<Vec<Line>> {
        let mut lines = lines_of(pieces);
        let mut groups = Vec::new();
        while let Some(group) = lines.group().now_or_never().expect("no waiting").expect("a body") {
            groups.push(group);
        }
        groups
    }

    #[test]
    fn lines_are_put_together_again() {
        let event = |text: &'static str| Line::Event(Bytes::from_static(text.as_bytes()));
        let pieces = ["{\"a\"", ":1}\n\n \r\n{}", "\r\n", "{\"last\":1}"];
        let found = groups(pieces.map(|piece| piece.as_bytes().to_vec()).to_vec());
        assert_eq!(found, [vec![event("{\"a\":1}"), event("{}\r"), event("{\"last\":1}")]]);
        assert!(groups(vec![b"\n \n".to_vec()]).is_empty());
        assert!(groups(Vec::new()).is_empty());
    }

    #[test]
    fn groups_are_bounded() {
        let lines = |count: usize, bytes: usize| vec![format!("{}\n", "x".repeat(bytes)).repeat(count).into_bytes()];
        let sizes = |groups: Vec<Vec<Line>>| groups.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(groups(lines(1_200, 10))), [500, 500, 200]);
        assert_eq!(sizes(groups(lines(5, 600 * 1024))), [2, 2, 1]);
    }

    #[test]
    fn a_line_that_is_too_long_is_not_held() {
        let mut pieces = vec![b"{}\n".to_vec()];
        pieces.extend((0..40).map(|_| vec![b'x'; 1 << 20]));
        pieces.push(b"\n{}\n".to_vec());
        let mut lines = lines_of(pieces);
        let mut found = Vec::new();
        let mut most = 0;
        while let Some(group) = lines.group().now_or_never().expect("no waiting").expect("a body") {
            most = most.max(lines.rest.capacity());
            found.extend(group);
        }
        assert_eq!(found.get(1), Some(&Line::TooLong(40 << 20)));
        assert_eq!(found.len(), 3);
        assert!(most <= 4 * MOST_BYTES_PER_EVENT, "{most}");
    }

    #[test]
    fn the_longest_line_is_taken() {
        let length = MOST_BYTES_PER_EVENT;
        let found = groups(vec![vec![b'x'; length], b"\n".to_vec(), vec![b'x'; length + 1]]);
        let found: Vec<Line> = found.into_iter().flatten().collect();
        assert_eq!(found.iter().map(Line::len).collect::<Vec<_>>(), [length, 0]);
        assert_eq!(found.last(), Some(&Line::TooLong(length as u64 + 1)));
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(text in "[ab\n\r ]{0,60}", cuts in proptest::collection::vec(0..60_usize, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= text.len()).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut begin = 0;
            for cut in cuts.into_iter().chain([text.len()]) {
                pieces.push(text.as_bytes().get(begin..cut).unwrap_or_default().to_vec());
                begin = cut;
            }
            let found: Vec<Line> = groups(pieces).into_iter().flatten().collect();
            let expected: Vec<Line> =
                text.split('\n').map(|line| Line::Event(Bytes::copy_from_slice(line.as_bytes()))).filter(|line| !line.is_blank()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
