// Keys by their place on the keyboard (event.code), so they work on ЙЦУКЕН and with a Chinese IME; never while composing text, and
// single keys never while typing. The slash and the question mark go by their sign as well: on many keyboards they stand elsewhere.
//   [data-does="reply"][data-on="KeyR"]   in the list of keys (Shortcuts/KeyList.razor): which key does what for this person; what is not
//                                         in it does nothing. Ctrl (⌘ on a Mac) is "Mod+", two in a row are "KeyG KeyI"
//   data-command="reply"                  the control that does it: it is pressed, or focused if it is a field
//   data-leads="tags"                     pressed where that control has no place on the screen yet
//   data-rows, data-pane                  where j / k and the arrows, and F6 / Shift+F6, go along
//   data-back                             where Escape leads once no field has the focus: a drawer's way out, on a phone the way to the list
//   data-opens="id", data-closes          open and close a <dialog> (tells it "q:open"), for those who come with the mouse
//   data-recording                        a new key is awaited here: whatever is pressed is none of ours
// q.keys = { run(command), can(command), open(id) } for the palette.

const q = (window.q ??= {});
const isMac = /^(Mac|iP)/.test(navigator.userAgentData?.platform ?? navigator.platform);
document.documentElement.toggleAttribute('data-mac', isMac);

/** Time for the second of two keys, and for a drawer to come. */
const PATIENCE = 1500;

const shown = (element) => element.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
const opened = () => document.querySelector('dialog[open], [role="dialog"]:not([popover])');
// A popover that is not open is in the page all the same.
const menu = () => [...document.querySelectorAll(':popover-open')].at(-1);
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

function alongBands(by) {
  // The list begins with the first band unless another is pressed. An empty one is passed over.
  const bands = all('.bands button');
  const at = Math.max(0, bands.findIndex((band) => band.getAttribute('aria-pressed') === 'true'));
  const next = (by > 0 ? bands.slice(at + 1) : bands.slice(0, at).reverse()).find((band, i, rest) => !('none' in band.dataset) || (by < 0 && i === rest.length - 1));
  next?.click();
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

function alongMenu(by) {
  const items = [...menu().querySelectorAll('.items :is(a[href], button:not(:disabled))')].filter(shown);
  const next = step(items, items.indexOf(document.activeElement), by);
  next?.focus();
  return !!next;
}

/** Out of a field; from elsewhere out of a drawer, or to the list. Menus and dialogs close by themselves. */
function back(target) {
  const field = typing(target);
  if (field) {
    // The browser may want it too: it empties a search field.
    if (!field.matches('select')) field.blur();
    return false;
  }
  const away = all('[data-back]').at(-1);
  if (away) {
    away.click();
    return true;
  }
  const rows = all('[data-rows] a[href]');
  if (!rows.length || rows.includes(document.activeElement)) return false;
  (rows.find((row) => row.hasAttribute('aria-current')) ?? rows[0]).focus();
  return true;
}

const controlOf = (command) => all(`[data-command="${command}"]`).find((control) => control.getAttribute('aria-disabled') !== 'true' && !control.disabled);
const leadTo = (command) => all(`[data-leads="${command}"]`)[0];

function press(control) {
  if (typing(control)) control.focus();
  else control.click();
  // A menu opened without a hand on its button has to be told who has the focus now.
  const hangs = control.popoverTargetElement;
  if (hangs?.matches(':popover-open')) hangs.querySelector('a[href], button:not(:disabled), input')?.focus();
  return true;
}

/** Opens what holds the control, and goes on once it is there. */
function follow(lead, command) {
  lead.click();
  const watch = new MutationObserver(() => {
    const control = controlOf(command);
    if (!control) return;
    stop();
    press(control);
  });
  const timer = setTimeout(() => stop(), PATIENCE);
  const stop = () => (watch.disconnect(), clearTimeout(timer));
  watch.observe(document.body, { subtree: true, childList: true, attributes: true });
  return true;
}

function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || opened()) return false;
  // Closed by us, a menu gives the focus back to its button, where the dialog will leave it.
  menu()?.hidePopover();
  dialog.showModal();
  dialog.dispatchEvent(new Event('q:open'));
  return true;
}

const own = {
  next: () => alongRows(1),
  previous: () => alongRows(-1),
  'next-band': () => alongBands(1),
  'previous-band': () => alongBands(-1),
  keys: () => open('keys'),
  palette: () => open('palette'),
};

function run(command) {
  if (own[command]) return own[command]();
  const control = controlOf(command);
  if (control) return press(control);
  const lead = leadTo(command);
  return !!lead && follow(lead, command);
}

const listed = (selector) => document.querySelector(`#keys [data-on${selector}]`);
let begun = '';
let begunAt = 0;

/** The command of what was pressed; undefined for none, null for the first of two keys. */
function commandOf(code) {
  const first = performance.now() - begunAt < PATIENCE ? begun : '';
  begun = '';
  for (const press of first ? [`${first} ${code}`, code] : [code]) {
    const row = listed(`="${press}"`);
    if (row) return row.dataset.does;
  }
  if (!listed(`^="${code} "`)) return undefined;
  [begun, begunAt] = [code, performance.now()];
  return null;
}

function onKey(event) {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (event.altKey || event.getModifierState?.('AltGraph') || (isMac ? event.ctrlKey : event.metaKey)) return false;
  if (event.target.closest?.('[data-recording]')) return false;
  const code = `${mod ? 'Mod+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`;
  if (mod) {
    const command = listed(`="${code}"`)?.dataset.does;
    const dialog = command && document.getElementById(command);
    // Not the browser's own meaning either, also where it cannot be done now.
    if (!dialog?.open) return !!command && (run(command), true);
    dialog.close();
    return true;
  }
  if (opened()) return false;
  if (menu()) {
    if (typing(event.target) || !['ArrowDown', 'ArrowUp'].includes(event.code)) return false;
    return alongMenu(event.code === 'ArrowDown' ? 1 : -1);
  }
  if (event.code === 'F6') return alongPanes(event.shiftKey ? -1 : 1);
  if (event.code === 'Escape') return back(event.target);
  if (typing(event.target)) return false;
  if (event.code === 'ArrowDown' && event.target.closest?.('[data-rows]')) return alongRows(1);
  if (event.code === 'ArrowUp' && event.target.closest?.('[data-rows]')) return alongRows(-1);
  let command = commandOf(code);
  if (command === undefined && event.key === '/') command = commandOf('Slash');
  if (command === undefined && event.key === '?') command = commandOf('Shift+Slash');
  if (!command) return command === null;
  // A key that is held goes along the rows; anything else is done once.
  return (event.repeat && !['next', 'previous'].includes(command)) || run(command);
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  if (onKey(event)) event.preventDefault();
});

document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-opens]');
  if (opener) return void open(opener.dataset.opens);
  // The ground around a dialog, or what closes it.
  const dialog = event.target.closest?.('dialog[open]');
  if (dialog && (event.target === dialog || event.target.closest('[data-closes]'))) dialog.close();
});

// Readers of the screen say the key of the control they stand on.
const SPOKEN = { Mod: isMac ? 'Meta' : 'Control', BracketLeft: '[', BracketRight: ']', Slash: '/', Comma: ',', Period: '.', Semicolon: ';', Quote: "'", Backquote: '`', Backslash: '\\', Minus: '-', Equal: '=' };
document.addEventListener('focusin', (event) => {
  const control = event.target.closest?.('[data-command]');
  const key = control && document.querySelector(`#keys [data-does="${control.dataset.command}"]`)?.dataset.on;
  if (!key || key.includes(' ')) return control?.removeAttribute('aria-keyshortcuts');
  control.setAttribute('aria-keyshortcuts', key.split('+').map((part) => SPOKEN[part] ?? part.replace(/^(Key|Digit)/, '')).join('+'));
});

// What was searched for is read next: the focus leaves the field, so that keys are keys again.
document.addEventListener('submit', (event) => event.target.closest('search') && document.getElementById('main')?.focus());

q.keys = { run, open, can: (command) => command in own || !!controlOf(command) || !!leadTo(command) };
