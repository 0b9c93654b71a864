//! A headless Chromium with a profile of its own, driven by a ChromeDriver of its own.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::{
    By, Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, Key, LoggingPrefsLogLevel, WebDriver, WebElement,
};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The longest that anything is waited for: long enough for a busy machine with two cores.
pub const LONGEST: Duration = Duration::from_secs(30);

/// How often the browser is asked whether what is waited for is there.
const EVERY: Duration = Duration::from_millis(50);

/// How wide the narrowest and the usual window are, in CSS pixels. Their height does not matter.
pub const NARROW: u32 = 320;
pub const WIDE: u32 = 1280;
const HEIGHT: u32 = 900;

/// No name leads anywhere but this machine, and the browser asks nothing of its maker.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-device-scale-factor=1",
];

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    Run,
    Blocked,
}

/// A browser with one page open.
pub struct Browser {
    driver: WebDriver,
    base: String,
    chromedriver: Child,
    // It stops when nobody reads what it says.
    _said: Lines<BufReader<ChildStdout>>,
    _profile: TempDir,
}

impl Browser {
    /// Opens a browser for the pages below an address.
    pub async fn open(base: &str, scripts: Scripts) -> Browser {
        let profile = TempDir::new().expect("a folder for the browser's profile");
        let (chromedriver, said, address) = start_chromedriver().await;
        let driver = WebDriver::new(address, capabilities(profile.path(), scripts)).await.expect("a browser");
        driver.set_script_timeout(LONGEST).await.expect("a limit for scripts");
        let browser = Browser { driver, base: base.to_owned(), chromedriver, _said: said, _profile: profile };
        browser.is_as_wide_as(WIDE).await;
        browser
    }

    /// Closes the browser. What it says as it ends no longer matters.
    pub async fn close(mut self) {
        let quit = self.driver.quit().await;
        self.chromedriver.kill().await.expect("ChromeDriver ends");
        quit.expect("the browser closes");
    }

    /// Sets how wide the page is.
    pub async fn is_as_wide_as(&self, width: u32) {
        let size = json!({ "width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
        let set = self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await;
        set.expect("the window takes a size");
    }

    /// Opens a page by its path.
    pub async fn goto(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Goes back, as by the browser's own button.
    pub async fn back(&self) {
        self.driver.back().await.expect("a page to go back to");
    }

    /// The address of the page, from the path on.
    pub async fn address(&self) -> String {
        let url = self.driver.current_url().await.expect("an address");
        url.as_str().strip_prefix(&self.base).unwrap_or(url.as_str()).to_owned()
    }

    /// Waits for an element that a CSS selector matches.
    pub async fn one(&self, css: &str) -> WebElement {
        let found = self.driver.query(By::Css(css)).wait(LONGEST, EVERY).first().await;
        found.unwrap_or_else(|error| panic!("there is no {css}: {error}"))
    }

    /// Waits for an element at an XPath, for what CSS cannot say.
    pub async fn at_path(&self, path: &str) -> WebElement {
        let found = self.driver.query(By::XPath(path)).wait(LONGEST, EVERY).first().await;
        found.unwrap_or_else(|error| panic!("there is no {path}: {error}"))
    }

    /// All elements that a CSS selector matches now.
    pub async fn all(&self, css: &str) -> Vec<WebElement> {
        self.driver.find_all(By::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Waits for an element that has exactly that text.
    pub async fn with_text(&self, css: &str, text: &str) -> WebElement {
        let query = self.driver.query(By::Css(css)).with_text(text.to_owned()).wait(LONGEST, EVERY);
        if let Ok(Some(found)) = query.first_opt().await {
            return found;
        }
        let found = self.texts(css).await;
        panic!("no {css} says “{text}”; found {found:#?}");
    }

    /// The texts of all elements that a CSS selector matches now.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.all(css).await {
            texts.push(element.text().await.expect("the text of an element"));
        }
        texts
    }

    /// Waits until the page has that heading.
    pub async fn shows(&self, heading: &str) {
        self.with_text("h1", heading).await;
    }

    /// Follows the link with exactly that text.
    pub async fn follow(&self, text: &str) {
        self.with_text("a", text).await.click().await.unwrap_or_else(|error| panic!("{text}: {error}"));
    }

    /// Presses the button with exactly that text.
    pub async fn press(&self, text: &str) {
        self.with_text("button", text).await.click().await.unwrap_or_else(|error| panic!("{text}: {error}"));
    }

    /// Types into whatever has the focus.
    pub async fn types(&self, keys: &str) {
        self.driver.action_chain().send_keys(keys).perform().await.expect("keys are taken");
    }

    /// Presses one key.
    pub async fn key(&self, key: Key) {
        self.types(&char::from(key).to_string()).await;
    }

    /// What a script in the page returns; `arguments[0]` and so on are given to it.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let returned = self.driver.execute(script, arguments).await;
        returned.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// What a script in the page gives to the function that is its last argument.
    pub async fn script_later(&self, script: &str, arguments: Vec<Value>) -> Value {
        let returned = self.driver.execute_async(script, arguments).await;
        returned.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Everything the page has loaded, beside itself.
    pub async fn loaded(&self) -> Vec<String> {
        let names = self.script("return performance.getEntriesByType('resource').map(entry => entry.name);", vec![]);
        serde_json::from_value(names.await).expect("a list of addresses")
    }

    /// What the browser has complained of since it was last asked: refused content, failed requests, broken scripts.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("the browser's log");
        let bad = log.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
        bad.map(|entry| entry.message).collect()
    }

    /// A picture of what is in sight, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.expect("a picture")
    }

    /// The address that paths are below.
    pub fn base(&self) -> &str {
        &self.base
    }
}

/// Starts a ChromeDriver on a free port, and says at which address it listens.
async fn start_chromedriver() -> (Child, Lines<BufReader<ChildStdout>>, String) {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().expect("chromedriver runs; `cargo xtask test` installs it");
    let mut said = BufReader::new(child.stdout.take().expect("it says something")).lines();
    while let Some(line) = said.next_line().await.expect("text") {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
            return (child, said, address);
        }
    }
    panic!("chromedriver ended before it listened");
}

fn capabilities(profile: &Path, scripts: Scripts) -> Capabilities {
    let mut chrome = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    for flag in FLAGS.iter().copied().chain([profile.as_str()]) {
        chrome.add_arg(flag).expect("a flag");
    }
    if scripts == Scripts::Blocked {
        let blocked = json!({ "profile.managed_default_content_settings.javascript": 2 });
        chrome.add_experimental_option("prefs", blocked).expect("a setting");
    }
    chrome.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a setting");
    chrome.into()
}
