// The command palette: narrowed and walked through here, without a question to the server; only conversations and orders are asked for,
// after a pause. Markup and meaning: Shell/Palette.razor.
//   const box = attach(dialog, dotnet)    dotnet methods: OpenAsync(), FindAsync(text); box.dispose()

const PAUSE = 250;
const SHORTEST = 2;

export function attach(dialog, dotnet) {
  const field = dialog.querySelector('[role="combobox"]');
  const list = dialog.querySelector('[role="listbox"]');
  const stop = new AbortController();
  const { latin, cyrillic } = dialog.dataset;
  let active = null;
  let asked = '';
  let timer = 0;
  let chosenByHand = false;
  let asksFor = null;
  const changes = new MutationObserver(() => narrow());

  const on = (target, event, handler) => target.addEventListener(event, handler, { signal: stop.signal });
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const visible = () => options().filter((option) => !option.hidden && !option.parentElement.hidden);
  const plain = (text) => text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

  /** The same keys in the other layout: ghbdtn was meant as привет. */
  function otherLayout(text) {
    const from = /[a-z]/i.test(text) ? latin : cyrillic;
    const to = from === latin ? cyrillic : latin;
    return [...text].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
  }

  function fits(option, wanted) {
    const words = plain(option.querySelector('.grow').textContent);
    return wanted.some((text) => text.split(' ').every((word) => words.includes(word)));
  }

  function offers(option, text, wanted) {
    if ('search' in option.dataset) return text !== '';
    if (option.parentElement.dataset.found !== undefined) return text !== '';
    if (option.dataset.runs && !window.q.keys.can(option.dataset.runs)) return false;
    return fits(option, wanted);
  }

  function choose(option) {
    if (option && option === active) return;
    active?.setAttribute('aria-selected', 'false');
    active = option ?? null;
    active?.setAttribute('aria-selected', 'true');
    if (active) field.setAttribute('aria-activedescendant', active.id);
    else field.removeAttribute('aria-activedescendant');
    active?.scrollIntoView({ block: 'nearest' });
  }

  function narrow() {
    const text = plain(field.value);
    const wanted = [text, plain(otherLayout(field.value))];
    const search = list.querySelector('[data-search]');
    const sought = search.querySelector('[data-sought]');
    if (sought.textContent !== field.value.trim()) sought.textContent = field.value.trim();
    search.href = search.dataset.search + encodeURIComponent(field.value.trim());
    for (const group of list.children) {
      const found = [...group.querySelectorAll('[role="option"]')];
      for (const option of found) option.hidden = !offers(option, text, wanted);
      group.hidden = found.every((option) => option.hidden);
    }
    // What one went to by hand stays chosen when results come in; else the first is.
    if (!chosenByHand || !visible().includes(active)) choose(visible()[0]);
  }

  function ask(text) {
    if (text === asked) return;
    asked = text;
    // A broken line says so by itself; pages and commands still work.
    dotnet.invokeMethodAsync('FindAsync', text).catch(() => (asked = ''));
  }

  function typed() {
    chosenByHand = false;
    narrow();
    list.scrollTop = 0;
    clearTimeout(timer);
    const text = field.value.trim();
    timer = setTimeout(() => ask(text.length < SHORTEST ? '' : text), PAUSE);
  }

  function take(option) {
    dialog.close();
    const { runs, presses } = option.dataset;
    if (runs) window.q.keys.run(runs);
    else if (presses) document.querySelector(presses)?.click();
  }

  on(dialog, 'q:open', () => {
    field.value = '';
    chosenByHand = false;
    // The options come with the first opening, and are narrowed as soon as they stand there. A broken line says so by itself.
    if (!asksFor) asksFor = dotnet.invokeMethodAsync('OpenAsync').catch(() => (asksFor = null));
    narrow();
    field.focus();
    // The page on which it was opened may only just be coming.
    changes.observe(document.getElementById('main'), { childList: true, subtree: true });
    changes.observe(list, { childList: true, subtree: true });
  });
  on(dialog, 'close', () => {
    changes.disconnect();
    clearTimeout(timer);
    ask('');
  });
  on(field, 'input', typed);
  on(field, 'keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = visible();
    const go = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (go) choose(at[(at.indexOf(active) + go + at.length) % at.length]);
    else if (event.code === 'Home') choose(at[0]);
    else if (event.code === 'End') choose(at.at(-1));
    else if (event.code === 'Enter' || event.code === 'NumpadEnter') active?.click();
    else return;
    chosenByHand = event.code !== 'Enter';
    event.preventDefault();
  });
  // The focus stays in the field; the press itself of a link is left to the page.
  on(list, 'pointerdown', (event) => event.preventDefault());
  on(list, 'click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) take(option);
  });
  on(list, 'pointermove', (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option || option === active) return;
    choose(option);
    chosenByHand = true;
  });

  return {
    dispose() {
      clearTimeout(timer);
      changes.disconnect();
      stop.abort();
    },
  };
}
