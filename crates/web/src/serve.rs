//! Answering requests until the program is told to stop.

use crate::app::{About, App};
use crate::host;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use futures_util::StreamExt as _;
use services::Services;
use std::io;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long answers that have begun may still take when the program is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// The media type of answers that never end by themselves.
const FEED: &str = "text/event-stream";

/// Serves pages and API to this machine alone until `stop` is over, and then ends what has begun. A request that names
/// another host is refused: a page of another site can give its own name the address of this machine, and would read
/// everything.
///
/// # Errors
///
/// Where no more connections can be taken.
pub async fn serve(
    listener: TcpListener,
    services: Services,
    about: About,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    run(listener, crate::router(App::new(services, about)).layer(from_fn(host::only_this_machine)), stop).await
}

/// The same behind something that checks who comes in, under whatever name that has.
///
/// # Errors
///
/// Where no more connections can be taken.
pub async fn serve_behind_a_proxy(
    listener: TcpListener,
    services: Services,
    about: About,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    run(listener, crate::router(App::new(services, about)), stop).await
}

async fn run(listener: TcpListener, site: Router, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    let (tell, told) = watch::channel(false);
    let site = site.layer(from_fn_with_state(told.clone(), end_feeds));
    let stop = async move {
        stop.await;
        // Somebody listens: the next line and every feed.
        tell.send_replace(true);
    };
    let serving = axum::serve(listener, site).with_graceful_shutdown(stop);
    tokio::select! {
        result = serving => result,
        () = at_the_latest(told) => Ok(()),
    }
}

async fn at_the_latest(told: watch::Receiver<bool>) {
    wait(told).await;
    tokio::time::sleep(GRACE).await;
}

/// Waits until the program is told to stop.
async fn wait(mut told: watch::Receiver<bool>) {
    // A sender that is gone will tell nothing any more: the program ends anyway.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Ends the feeds when the program is told to stop: they would keep it from stopping.
async fn end_feeds(State(told): State<watch::Receiver<bool>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_feed =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|of| of.as_bytes().starts_with(FEED.as_bytes()));
    if !is_feed {
        return response;
    }
    response.map(|body| Body::from_stream(body.into_data_stream().take_until(Box::pin(wait(told)))))
}
