// A text box as tall as its text, where the browser does not do it by itself.
import { behaviour } from "./attach";

behaviour<HTMLTextAreaElement>("textarea[data-autogrow]", (area) => {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (): void => {
    area.rows = 2;
    const line = parseFloat(getComputedStyle(area).lineHeight);
    area.rows = Math.max(2, Math.ceil(area.scrollHeight / line));
  };
  area.addEventListener("input", fit);
  fit();
});
