//! How a journey is made: a Sightline, a browser, a walk, and what must hold at its end.

use super::browser::{Browser, Scripts};
use super::site::Site;
use futures_util::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;

/// Makes a journey. A picture of where it failed goes to the target folder.
pub async fn journey(name: &str, scripts: Scripts, now: &str, events: &str, walk: impl AsyncFnOnce(&Browser, &Site)) {
    let site = Site::start(now, events).await;
    let browser = Browser::open(site.base(), scripts).await;
    let walked = AssertUnwindSafe(async {
        walk(&browser, &site).await;
        nothing_is_amiss(&browser).await;
        let ran = browser.script("return document.body.classList.contains('js-enabled');", vec![]).await;
        assert_eq!(ran, (scripts == Scripts::Run), "whether the page's script ran");
    });
    let outcome = walked.catch_unwind().await;
    if outcome.is_err() {
        keep_picture(name, &browser).await;
    }
    browser.close().await;
    site.stop().await;
    if let Err(cause) = outcome {
        resume_unwind(cause);
    }
}

/// The page asked no other machine for anything, and the browser had nothing to complain of.
pub async fn nothing_is_amiss(browser: &Browser) {
    let complaints = browser.complaints().await;
    assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    let elsewhere: Vec<String> =
        browser.loaded().await.into_iter().filter(|address| !address.starts_with(browser.base())).collect();
    assert!(elsewhere.is_empty(), "the page asked elsewhere for {elsewhere:#?}");
}

async fn keep_picture(name: &str, browser: &Browser) {
    let folder = pictures();
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    let path = folder.join(format!("{name}.png"));
    std::fs::write(&path, browser.picture().await).expect("the picture is kept");
    println!("{name} failed at {}{}; it looked like {}", browser.base(), browser.address().await, path.display());
}

/// The folder for pictures: `journeys` beside the folder that cargo builds tests into.
fn pictures() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this program");
    test.ancestors().nth(2).expect("cargo's folder for a profile").join("journeys")
}
