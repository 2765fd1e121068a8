// An hour as the pages write it: « 14 h 30 » in French, held together, « 14:30 » elsewhere.

export function hourWords(at: Date): string {
  const minutes = String(at.getMinutes()).padStart(2, "0");
  if (!document.documentElement.lang.startsWith("fr")) return `${String(at.getHours()).padStart(2, "0")}:${minutes}`;
  return at.getMinutes() ? `${at.getHours()}\u00a0h\u00a0${minutes}` : `${at.getHours()}\u00a0h`;
}
