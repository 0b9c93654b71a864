// The filter of the worklist stands open in the page. Where it stands above the list, that would push the list out of
// sight, so it is closed there; whoever has just used it finds the list at once.

/** The width from which the filter stands beside the list, as in the style sheet. */
const BESIDE = "(min-width: 67.5em)";

/**
 * Closes the filter on narrow screens.
 *
 * @param {Document} page - the page
 */
export function foldFilter(page) {
  const filter = page.querySelector("[data-filter]");
  if (filter && !window.matchMedia(BESIDE).matches) {
    filter.removeAttribute("open");
  }
}
