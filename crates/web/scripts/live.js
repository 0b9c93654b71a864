// The worklist as it changes while somebody reads it. Nothing moves under the reader: a row that has left is marked
// where it stands, one that has turned overdue changes its words, and one polite message says how the list differs now.

/** The least time between two messages, in milliseconds, so that a screen reader is not interrupted without end. */
const LEAST_BETWEEN_MESSAGES = 4000;

/**
 * Follows the list of the page, if it has one.
 *
 * @param {Document} page - the page
 */
export function followList(page) {
  const list = page.querySelector("[data-live]");
  const region = page.querySelector("[data-live-region]");
  if (list && region && "EventSource" in window) {
    new Follower(list, region).follow();
  }
}

class Follower {
  constructor(list, region) {
    this.list = list;
    this.region = region;
    this.entered = new Set();
    this.left = new Set();
    this.overdue = new Set();
    this.count = null;
    this.anything = false;
    this.lastMessage = -LEAST_BETWEEN_MESSAGES;
    this.timer = null;
  }

  follow() {
    let source = null;
    const open = () => {
      source = new EventSource(this.list.dataset.live);
      source.addEventListener("change", (event) => this.take(JSON.parse(event.data)));
    };
    open();
    // A page that is kept for the way back must hold no connection, and has missed what happened meanwhile.
    window.addEventListener("pagehide", () => source.close());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        window.location.reload();
      }
    });
  }

  take(change) {
    const stayed = new Set(change.entered.filter((id) => change.left.includes(id)));
    for (const id of change.left.filter((one) => !stayed.has(one))) {
      if (!this.entered.delete(id)) {
        this.left.add(id);
      }
      this.overdue.delete(id);
      this.mark(id, "done", "clock--done");
    }
    for (const id of change.entered.filter((one) => !stayed.has(one))) {
      if (!this.left.delete(id)) {
        this.entered.add(id);
      }
      this.restore(id);
    }
    for (const { id, words } of change.overdue) {
      this.overdue.add(id);
      this.mark(id, words, "clock--overdue");
    }
    this.count = change.count;
    this.anything ||= change.all;
    this.schedule();
  }

  row(id) {
    return this.list.querySelector(`[data-clock="${CSS.escape(id)}"]`);
  }

  mark(id, words, modifier) {
    const row = this.row(id);
    const place = row?.querySelector("[data-words]");
    if (place) {
      row.dataset.before ??= place.textContent;
      // Fewer words must not pull up what stands below.
      row.style.height = `${row.getBoundingClientRect().height}px`;
      place.textContent = words;
      row.classList.add(modifier);
    }
  }

  restore(id) {
    const row = this.row(id);
    const place = row?.querySelector("[data-words]");
    if (place && row.dataset.before !== undefined) {
      place.textContent = row.dataset.before;
      row.classList.remove("clock--done");
    }
  }

  schedule() {
    const wait = this.lastMessage + LEAST_BETWEEN_MESSAGES - performance.now();
    if (this.timer === null) {
      this.timer = window.setTimeout(() => this.say(), Math.max(0, wait));
    }
  }

  say() {
    this.timer = null;
    this.lastMessage = performance.now();
    const parts = [
      sentence(this.overdue.size, "has become overdue", "have become overdue"),
      sentence(this.entered.size, "has been added", "have been added"),
      sentence(this.left.size, "has gone", "have gone"),
    ].filter((part) => part !== null);
    if (parts.length === 0 && !this.anything) {
      this.region.replaceChildren();
      return;
    }
    const what = parts.length === 0 ? "The list may have changed" : inWords(parts);
    const message = document.createElement("p");
    message.className = "live__message govuk-body";
    message.append(`${what}. `, `This list now has ${clocks(this.count)}. `, this.link());
    this.region.replaceChildren(message);
  }

  link() {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = window.location.pathname + window.location.search;
    link.textContent = "Show the new list";
    return link;
  }
}

function clocks(count) {
  return count === 1 ? "1 clock" : `${count.toLocaleString("en-GB")} clocks`;
}

function sentence(count, one, several) {
  return count === 0 ? null : { count, verb: count === 1 ? one : several };
}

/** "2 clocks have become overdue, 1 has gone": what is counted is named once. */
function inWords(parts) {
  return parts.map(({ count, verb }, place) => `${place === 0 ? clocks(count) : count} ${verb}`).join(", ");
}
