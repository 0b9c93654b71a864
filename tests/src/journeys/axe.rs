//! What axe-core finds in a page against the Web Content Accessibility Guidelines 2.2, levels A and AA.

use super::browser::Browser;
use serde_json::json;
use std::path::Path;
use std::sync::LazyLock;

/// The rules that are asked for, by axe-core's names for the guidelines that they check.
const GUIDELINES: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/// The script, as npm gets it with what the pages are made of.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/web/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask assets` gets it", path.display()))
});

/// What is wrong with the page that is open: the rule, and where it is broken.
pub async fn violations(browser: &Browser) -> Vec<String> {
    browser.script(&AXE, vec![]).await;
    let run = "
        const [guidelines, done] = arguments;
        const where = violation => violation.nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary}`);
        axe.run(document, { runOnly: guidelines, resultTypes: ['violations'] }).then(
            results => done(results.violations.map(one => `${one.id}: ${one.help}: ${where(one).join('; ')}`)),
            error => done([`axe-core failed: ${error}`]),
        );";
    let found = browser.script_later(run, vec![json!(GUIDELINES)]).await;
    serde_json::from_value(found).expect("a list of texts")
}
