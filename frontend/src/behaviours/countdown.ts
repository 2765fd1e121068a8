// Time left, by the server's instants: this screen's clock only measures the time that passes.
import { behaviour } from "./attach";

export function clockWords(seconds: number): string {
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.abs(Math.trunc(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const left = String(whole % 60).padStart(2, "0");
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, "0")}:${left}`
    : `${sign}${minutes}:${left}`;
}

behaviour<HTMLElement>("[data-countdown]", (timer) => {
  const clock = timer.querySelector("[data-countdown-clock]");
  const over = timer.querySelector<HTMLElement>("[data-countdown-over]");
  const endsAt = Date.parse(timer.dataset["countdown"] ?? "");
  const serverNow = Date.parse(timer.dataset["now"] ?? "");
  if (!clock || Number.isNaN(endsAt) || Number.isNaN(serverNow)) return;
  const shownAt = performance.now();
  const tick = (): void => {
    if (!timer.isConnected) {
      window.clearInterval(every);
      return;
    }
    const left = (endsAt - serverNow - (performance.now() - shownAt)) / 1000;
    clock.textContent = clockWords(left);
    timer.classList.toggle("timer--over", left < 0);
    if (over) over.hidden = left >= 0;
  };
  const every = window.setInterval(tick, 250);
  tick();
});
