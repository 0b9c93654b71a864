//! What every server does: listen where it may, say where it is, and stop cleanly.

use crate::arguments::Listening;
use anyhow::{Context, bail};
use services::{Running, Services};
use std::net::SocketAddr;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// What is logged where nobody says otherwise.
const LOG: &str = "info,sqlx=warn";

/// Writes logs to standard error, as much as `SIGHTLINE_LOG` says.
pub fn start_logging() {
    let filter = EnvFilter::try_from_env("SIGHTLINE_LOG").unwrap_or_else(|_| EnvFilter::new(LOG));
    // Only the first of two attempts can win; there is one.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Listens on an address that nobody else can reach, unless it was said that something in front checks who comes in.
pub async fn listen(listening: &Listening) -> anyhow::Result<TcpListener> {
    let address = &listening.listen;
    let resolved: Vec<SocketAddr> = tokio::net::lookup_host(address)
        .await
        .with_context(|| format!("`{address}` is no address to listen on; expected one like 127.0.0.1:8080"))?
        .collect();
    let remote = resolved.iter().any(|address| !address.ip().is_loopback());
    if remote && !listening.allow_remote {
        bail!(
            "{address} can be reached by other machines, and Sightline does not check who comes in: it would show \
             every child's record to anyone on the network. Listen on 127.0.0.1, or put something in front that \
             checks who comes in, and say so with --allow-remote"
        );
    }
    TcpListener::bind(resolved.as_slice()).await.with_context(|| format!("could not listen on {address}"))
}

/// Refuses a ledger that can be opened and not be written to, as on a disk that is mounted for reading only: a server
/// would show lists that nothing keeps up to date, and refuse every event.
pub async fn must_be_writable(store: &dyn Store, data: &str) -> anyhow::Result<()> {
    store.ready().await.with_context(|| format!("the ledger in {data} cannot be served"))
}

/// Serves the pages until the program is told to stop, and then ends everything cleanly.
pub async fn serve(
    listening: &Listening,
    listener: TcpListener,
    services: Services,
    running: Running,
    authority: String,
    data: &str,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    println!("Sightline is at http://{address}/ (data in {data}; stop it with Ctrl+C)");
    let about = web::About { authority, version: env!("CARGO_PKG_VERSION").to_owned() };
    let stop = told_to_stop()?;
    let result = if listening.allow_remote {
        web::serve_behind_a_proxy(listener, services, about, stop).await
    } else {
        web::serve(listener, services, about, stop).await
    };
    running.stop().await;
    result.context("the pages could not be served any more")?;
    eprintln!("stopped; everything that was taken is committed");
    Ok(())
}

/// Waits for SIGTERM or SIGINT.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
