// Offers colleagues while a name is typed behind an @. The list stands in the page before the box; nothing is asked of the server.
//   const list = attach(rootElement)    rootElement holds <textarea data-box>; before it stands <… data-mentions hidden> with
//                                       <li role=option id data-name="Name">…; list.dispose()

export function attach(root) {
  const box = root.querySelector('[data-box]');
  const menu = root.parentElement.querySelector('[data-mentions]');
  const stop = new AbortController();
  const options = () => [...menu.querySelectorAll('[role="option"]')];
  const open = () => !menu.hidden;
  let chosen = null;

  /** What stands between the @ and the caret; null when the caret is not behind one. */
  function typed() {
    const before = box.value.slice(0, box.selectionStart);
    const at = before.lastIndexOf('@');
    if (at < 0 || /[\p{L}\p{N}]/u.test(before[at - 1] ?? '')) return null;
    const word = before.slice(at + 1);
    return word.length <= 40 && !word.includes('\n') ? { at, word: word.toLowerCase() } : null;
  }

  function choose(option) {
    for (const one of options()) one.setAttribute('aria-selected', String(one === option));
    chosen = option;
    if (option) {
      box.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else box.removeAttribute('aria-activedescendant');
  }

  function look() {
    const now = typed();
    let first = null;
    for (const one of options()) {
      // A name that stands there whole needs no help any more.
      const name = one.dataset.name.toLowerCase();
      const fits = now && name !== now.word && name.split(' ').some((part, i, all) => all.slice(i).join(' ').startsWith(now.word));
      one.hidden = !fits;
      if (fits) first ??= one;
    }
    menu.hidden = !first;
    choose(first);
  }

  function close() {
    menu.hidden = true;
    choose(null);
  }

  function take(option) {
    const { at } = typed();
    box.setRangeText(`@${option.dataset.name} `, at, box.selectionStart, 'end');
    close();
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.focus();
  }

  function step(by) {
    const shown = options().filter((one) => !one.hidden);
    choose(shown[(shown.indexOf(chosen) + by + shown.length) % shown.length]);
  }

  // Before the box's own keys: Escape closes the list first, and Enter takes a name.
  root.addEventListener(
    'keydown',
    (event) => {
      if (!open() || event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.code === 'ArrowDown') step(1);
      else if (event.code === 'ArrowUp') step(-1);
      else if ((event.code === 'Enter' || event.code === 'Tab') && chosen) take(chosen);
      else if (event.code === 'Escape') close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, signal: stop.signal },
  );
  box.addEventListener('input', look, { signal: stop.signal });
  box.addEventListener('blur', close, { signal: stop.signal });
  menu.addEventListener(
    'pointerdown',
    (event) => {
      const option = event.target.closest('[role="option"]');
      event.preventDefault();
      if (option) take(option);
    },
    { signal: stop.signal },
  );
  return { dispose: () => stop.abort() };
}
