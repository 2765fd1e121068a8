// After a rejected form, whoever listens to the page starts at what must be corrected.
import { behaviour } from "./attach";

behaviour<HTMLElement>("[data-focus-on-load]", (element) => element.focus());
