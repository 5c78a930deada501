import { moveClock, Refused } from './api.ts';
import { h } from './dom.ts';
import { duration, time } from './format.ts';
import { words } from './strings/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The runtime's time, running, and the buttons that move it forward. */
export function clockBar(now: () => number): HTMLElement {
  const shown = h('strong', { class: 'now' });
  const ahead = h('span', { class: 'ahead' });
  const said = h('span', { class: 'said', role: 'status' });
  const to = h('input', { type: 'datetime-local', step: 1, 'aria-label': words.advanceTo });
  const move = async (order: Parameters<typeof moveClock>[0]) => {
    const buttons = bar.querySelectorAll('button');
    for (const button of buttons) button.disabled = true;
    said.textContent = words.moving;
    try {
      await moveClock(order);
      said.textContent = '';
    } catch (error) {
      said.textContent = error instanceof Refused ? `${words.refused}: ${error.message}` : words.lost;
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  };
  const by = (text: string, advanceMs: number) =>
    h('button', { type: 'button', click: () => void move({ advanceMs }) }, text);
  const form = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault();
        if (to.value) void move({ to: new Date(to.value).toISOString() });
      },
    },
    to,
    h('button', { type: 'submit' }, words.go),
  );
  const bar = h(
    'div',
    { class: 'clock' },
    h('span', { class: 'reading' }, h('span', { class: 'label' }, words.now), shown, ahead),
    h(
      'span',
      { class: 'moves' },
      by(words.advanceHour, HOUR),
      by(words.advanceDay, 24 * HOUR),
      by(words.advanceWeek, 7 * 24 * HOUR),
      form,
    ),
    said,
  );
  const tick = () => {
    const at = now();
    shown.textContent = time(at);
    // To the minute: moving by a day takes a moment of that day.
    const offset = Math.round((at - Date.now()) / MINUTE) * MINUTE;
    ahead.textContent = offset > 0 ? `${words.ahead} ${duration(offset)}` : '';
  };
  setInterval(tick, 500);
  tick();
  return bar;
}
