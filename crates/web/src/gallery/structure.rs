//! What every page keeps to, whatever it shows.

use super::{Example, all};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

struct Page {
    name: &'static str,
    html: Html,
}

impl Page {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.all("[id]").into_iter().filter_map(|element| element.attr("id")).collect()
    }
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Checks every page of the gallery; a check says what is wrong with a page.
fn check(wrong: impl Fn(&Page) -> Vec<String>) {
    let mut found = Vec::new();
    let pages = all();
    assert!(pages.len() >= 15, "only {} pages", pages.len());
    for Example { name, html } in pages {
        let page = Page { name, html: Html::parse_document(&html) };
        found.extend(wrong(&page).into_iter().map(|what| format!("{}: {what}", page.name)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_markup_is_whole() {
    // A browser mends what is broken, and says so nowhere; the parser keeps a list. What it says of tags that a table
    // does not take, or that are closed in another order, is always a mistake of a template.
    check(|page| page.html.errors.iter().map(ToString::to_string).collect());
}

#[test]
fn one_first_heading_and_none_left_out() {
    check(|page| {
        let levels: Vec<u8> = page
            .all("h1, h2, h3, h4, h5, h6")
            .iter()
            .filter_map(|heading| heading.value().name().as_bytes().get(1).copied())
            .collect();
        let firsts = levels.iter().filter(|level| **level == b'1').count();
        let leaps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1).count();
        let mut wrong = Vec::new();
        if firsts != 1 {
            wrong.push(format!("{firsts} first headings"));
        }
        // Only what tells of a problem, or what is chosen, may stand before the first heading, one level below it.
        if leaps > 0 {
            wrong.push(format!("a level of headings is left out: {levels:?}"));
        }
        wrong
    });
}

#[test]
fn a_title_a_language_landmarks_and_a_way_past_the_header() {
    check(|page| {
        let one_of = |selector: &str| {
            let count = page.all(selector).len();
            (count != 1).then(|| format!("{count} of {selector}"))
        };
        let needed = [
            "html[lang]",
            "head > title",
            "main#main-content",
            "a.govuk-skip-link[href='#main-content']",
            "header",
            "footer",
        ];
        let mut wrong: Vec<String> = needed.iter().filter_map(|selector| one_of(selector)).collect();
        if !page
            .all("title")
            .first()
            .is_some_and(|title| text(*title).ends_with("– Sightline") && text(*title).len() > 14)
        {
            wrong.push("no title".to_owned());
        }
        let mut names: Vec<&str> = page.all("nav").into_iter().filter_map(|nav| nav.attr("aria-label")).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        if names.len() != count || !page.all("nav:not([aria-label])").is_empty() {
            wrong.push("navigations without a name of their own".to_owned());
        }
        wrong
    });
}

#[test]
fn nothing_stands_inside_a_page_that_belongs_into_a_file() {
    check(|page| {
        let mut wrong = Vec::new();
        for selector in
            ["style", "[style]", "script:not([src])", "iframe", "object", "embed", "base", "a[href^='javascript:']"]
        {
            wrong.extend(page.all(selector).into_iter().map(|element| element.html()));
        }
        for element in page.all("*") {
            wrong.extend(
                element.value().attrs().filter(|(name, _)| name.starts_with("on")).map(|(name, _)| name.to_owned()),
            );
        }
        wrong
    });
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    check(|page| {
        let loads = page.all("[src], link[href], form[action], image, use");
        let address = |element: &ElementRef<'_>| {
            ["src", "href", "action"].iter().find_map(|name| element.attr(name)).map(str::to_owned)
        };
        loads
            .iter()
            .filter_map(address)
            .filter(|address| !address.starts_with('/') || address.starts_with("//"))
            .collect()
    });
}

#[test]
fn every_link_says_and_leads_somewhere() {
    check(|page| {
        let ids = page.ids();
        let mut wrong = Vec::new();
        for link in page.all("a") {
            let href = link.attr("href").unwrap_or_default();
            let leads = match href.strip_prefix('#') {
                Some(id) => ids.contains(&id),
                None => href.starts_with('/') && !href.starts_with("//") || href.starts_with("https://"),
            };
            if !leads || text(link).is_empty() {
                wrong.push(link.html());
            }
        }
        wrong
    });
}

#[test]
fn every_field_has_a_label() {
    check(|page| {
        let labels: BTreeSet<&str> = page
            .all("label[for]")
            .into_iter()
            .filter(|label| !text(*label).is_empty())
            .filter_map(|label| label.attr("for"))
            .collect();
        let fields = page.all("input:not([type=hidden]), select, textarea");
        fields
            .into_iter()
            .filter(|field| !field.attr("id").is_some_and(|id| labels.contains(id)))
            .map(|field| field.html())
            .collect()
    });
}

#[test]
fn every_group_of_choices_has_a_legend() {
    check(|page| {
        let legend = Selector::parse("legend").expect("a selector");
        page.all("fieldset")
            .into_iter()
            .filter(|group| group.select(&legend).next().is_none_or(|legend| text(legend).is_empty()))
            .map(|group| group.html())
            .collect()
    });
}

#[test]
fn every_name_of_an_element_is_its_own_and_every_reference_finds_one() {
    check(|page| {
        let mut ids = page.ids();
        ids.sort_unstable();
        let mut wrong: Vec<String> = ids
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| format!("{} is there twice", pair[0]))
            .collect();
        wrong.extend(
            ids.iter()
                .filter(|id| id.is_empty() || id.contains(char::is_whitespace))
                .map(|id| format!("{id:?} is no id")),
        );
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "list"] {
            for element in page.all(&format!("[{name}]")) {
                let named = element.attr(name).unwrap_or_default().split_whitespace();
                wrong.extend(
                    named.filter(|id| !ids.contains(id)).map(|id| format!("{name} names {id}, which is not there")),
                );
            }
        }
        wrong
    });
}

#[test]
fn tables_have_captions_and_headings_with_a_scope() {
    check(|page| {
        let caption = Selector::parse("caption").expect("a selector");
        let tables = page
            .all("table")
            .into_iter()
            .filter(|table| table.select(&caption).next().is_none_or(|one| text(one).is_empty()));
        let mut wrong: Vec<String> = tables.map(|_| "a table without a caption".to_owned()).collect();
        wrong.extend(page.all("th:not([scope])").into_iter().map(|head| head.html()));
        wrong.extend(page.all("th").into_iter().filter(|head| text(*head).is_empty()).map(|head| head.html()));
        wrong
    });
}

#[test]
fn whatever_scrolls_can_be_reached_and_has_a_name() {
    check(|page| {
        let scrolling = page.all(".scrolls, .bytes");
        let named = |element: &ElementRef<'_>| {
            element.attr("tabindex") == Some("0")
                && element.attr("role") == Some("region")
                && (element.attr("aria-label").is_some() || element.attr("aria-labelledby").is_some())
        };
        scrolling.into_iter().filter(|element| !named(element)).map(|element| element.html()).collect()
    });
}

#[test]
fn a_sorted_list_says_by_what() {
    check(|page| {
        let lists = page.all("table.clocks").len();
        let sorted: Vec<ElementRef<'_>> = page.all("[aria-sort]");
        let right =
            sorted.iter().all(|head| head.value().name() == "th" && head.attr("aria-sort") == Some("ascending"));
        if sorted.len() == lists && right {
            Vec::new()
        } else {
            vec![format!("{} of {lists} lists are sorted", sorted.len())]
        }
    });
}

#[test]
fn forms_that_change_something_are_posted() {
    check(|page| {
        let known = |form: &ElementRef<'_>| matches!(form.attr("method"), Some("get" | "post"));
        page.all("form").into_iter().filter(|form| !known(form)).map(|form| form.html()).collect()
    });
}

#[test]
fn the_page_of_a_section_is_marked_in_the_navigation() {
    check(|page| {
        let marked = page.all("nav [aria-current=true]").len();
        // Error pages belong to no section.
        let expected = usize::from(!page.name.starts_with("error"));
        if marked == expected { Vec::new() } else { vec![format!("{marked} sections are marked")] }
    });
}
