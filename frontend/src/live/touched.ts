// Whether someone has answered otherwise than a field first stood.

/** A list where nothing is marked as chosen stands at its first line. */
export function isChosen(list: HTMLSelectElement): boolean {
  const options = [...list.options];
  if (list.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  const first = options.findIndex((option) => option.defaultSelected);
  return list.selectedIndex > -1 && list.selectedIndex !== Math.max(first, 0);
}

/** A box has no words of its own: ticked or not is all it says. */
export function isTouched(field: Element): boolean {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) return isChosen(field);
  if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
  if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
