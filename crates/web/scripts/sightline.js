// What the pages do beyond HTML. Every page works without it; only the live worklist needs it.
import { Button, ErrorSummary, ServiceNavigation, createAll } from "govuk-frontend";
import { foldFilter } from "./filter.js";
import { followList } from "./live.js";

// GOV.UK Frontend's components look for these; its own way to set them is a script inside the page.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(ServiceNavigation);
foldFilter(document);
followList(document);
