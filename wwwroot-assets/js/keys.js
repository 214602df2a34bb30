// Keys by their place on the keyboard (event.code), so they work on ЙЦУКЕН and with a Chinese IME; never while composing text, and
// single keys never while typing. The slash goes by its sign as well: on many keyboards it stands elsewhere.
// A control names its own key in the markup: data-key="r" is pressed, or focused if it is a field.
// j / k and the arrows go along the rows of [data-rows]; F6 / Shift+F6 along the [data-pane]s.

const shown = (element) => element.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
// A popover that is not open is in the page all the same.
const covered = () => document.querySelector('[role="dialog"]:not([popover]), :popover-open');
const typing = (element) =>
  element?.closest?.('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]');

function step(list, current, by) {
  if (!list.length) return null;
  return list[current < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, current + by))];
}

function alongRows(by) {
  const rows = all('[data-rows] a[href]');
  const at = rows.indexOf(document.activeElement);
  const next = step(rows, at >= 0 ? at : rows.findIndex((row) => row.hasAttribute('aria-current')), by);
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return !!next;
}

function alongPanes(by) {
  const panes = all('[data-pane]');
  if (!panes.length) return false;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  const goal = next.querySelector('[aria-current="true"], [data-box], [tabindex="0"], a[href], button') ?? next;
  if (goal === next) next.tabIndex = -1;
  goal.focus();
  return true;
}

function named(key) {
  const control = all(`[data-key="${key}"]`)[0];
  if (!control || control.getAttribute('aria-disabled') === 'true') return false;
  if (typing(control)) control.focus();
  else control.click();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey) return;
  let done = false;
  if (event.code === 'F6') done = alongPanes(event.shiftKey ? -1 : 1);
  else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !typing(event.target) && !covered()) done = named('/');
  else if (
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    typing(event.target) ||
    covered()
  )
    return;
  else if (event.code === 'KeyJ') done = alongRows(1);
  else if (event.code === 'KeyK') done = alongRows(-1);
  else if (event.code === 'ArrowDown' && event.target.closest?.('[data-rows]')) done = alongRows(1);
  else if (event.code === 'ArrowUp' && event.target.closest?.('[data-rows]')) done = alongRows(-1);
  else if (event.code === 'Slash') done = named('/');
  else if (event.code.startsWith('Key')) done = named(event.code.slice(3).toLowerCase());
  if (done) event.preventDefault();
});

// What was searched for is read next: the focus leaves the field, so that keys are keys again.
document.addEventListener('submit', (event) => event.target.closest('search') && document.getElementById('main')?.focus());
