// The composer's text lives here, not in the circuit: no round trip per key, and nothing typed is lost when the line, the server
// or the tab dies. Every input is written to localStorage at once and sent to the server after a pause.
//
//   const box = attach(rootElement, dotnet, { key, text, savedAt, limit, soon, tellsTyping });
//     rootElement  holds <textarea data-box>, and if wanted <… data-count>, <input type=file data-files>, <button data-send>; gets
//                  data-draft and data-empty
//     key          user, then conversation: "u7:42"
//     text,savedAt the server's draft and its time (ms); the newer of it and the local one wins
//     tellsTyping  calls Typing() while somebody types, at most every 2.5 s
//   dotnet methods: SaveDraftAsync(text), SendAsync(text, sendKey), FilesAsync() after files were put into data-files
//   box.text(), box.sendKey(), box.set(text), box.insert(text), box.clear(), box.focus(), box.send(), box.dispose()
//
// The page loads this at its start. What is typed before attach() ran goes the same way by the listener below: the server writes the key
// as data-draft-key on the box, and the words are laid beside the draft there is (as "early"), for that one is not in the box yet.
//
// sendKey is made when the first letter is typed and kept with the draft until clear(): a send that is repeated after a
// reload carries the same key, and the server's outbox takes a key once.

const PREFIX = 'q.draft.';
const KEEP_DAYS = 30;
const TELL_TYPING = 2500;

// One script per box, whatever the page does: attached twice, it would send twice.
const attached = new WeakMap();

// Boxes that have their script, and for those that have none yet: the words an earlier page left there, and all that is to be taken over.
const takenOver = new WeakSet();
const early = new WeakMap();

document.addEventListener('input', (event) => {
  const box = event.target;
  if (!box.dataset?.draftKey || takenOver.has(box)) return;
  const name = PREFIX + box.dataset.draftKey;
  const kept = read(name) ?? { text: '', saved: false };
  const before = early.has(box) ? early.get(box).before : kept.early;
  const words = lines(before, box.value);
  early.set(box, { before, words });
  // The draft itself stays as it is: it may be newer elsewhere.
  keep(name, { ...kept, at: kept.text ? kept.at : now(), early: words, earlyAt: now() });
});

export function attach(root, dotnet, options) {
  attached.get(root)?.abort();
  const box = root.querySelector('[data-box]');
  const count = root.querySelector('[data-count]');
  const picker = root.querySelector('[data-files]');
  const limit = options.limit ?? 1000;
  const soon = options.soon ?? 900;
  const name = PREFIX + options.key;
  const stop = new AbortController();
  attached.set(root, stop);
  const on = (target, event, handler) => target.addEventListener(event, handler, { signal: stop.signal });
  let timer = 0;
  let whenBack = false;
  let toldAt = 0;
  const kept = read(name);
  let draft = newest(kept, options);
  takenOver.add(box);

  function write() {
    keep(name, draft.text ? draft : null);
  }

  function show() {
    const length = [...box.value].length;
    root.toggleAttribute('data-empty', length === 0);
    root.toggleAttribute('data-too-long', length > limit);
    if (count) {
      count.textContent = `${length}\u00a0/\u00a0${limit}`;
      count.classList.toggle('soon', length >= soon && length < limit);
      count.classList.toggle('over', length >= limit);
    }
    // 2 to 8 lines; the rest scrolls. The frame is held while measuring, or the log above would jump at every key.
    const line = parseFloat(getComputedStyle(box).lineHeight) || 20;
    root.style.height = `${root.offsetHeight}px`;
    box.style.height = 'auto';
    const wanted = Math.min(Math.max(box.scrollHeight, line * 2 + 12), line * 8 + 12);
    box.style.height = `${wanted}px`;
    root.style.height = '';
  }

  function mark(state) {
    if (draft.text) root.dataset.draft = state;
    else delete root.dataset.draft;
  }

  function changed() {
    draft = { text: box.value, at: now(), saved: false, sendKey: draft.sendKey ?? newKey() };
    write();
    show();
    mark('saving');
    clearTimeout(timer);
    timer = setTimeout(save, options.pause ?? 700);
    tellTyping();
  }

  function tellTyping() {
    if (!options.tellsTyping || Date.now() - toldAt < TELL_TYPING) return;
    toldAt = Date.now();
    dotnet.invokeMethodAsync('Typing').catch(() => {});
  }

  async function save() {
    const text = draft.text;
    try {
      await dotnet.invokeMethodAsync('SaveDraftAsync', text);
      if (draft.text !== text) return;
      draft.saved = true;
      write();
      mark('saved');
    } catch {
      mark('local');
    }
  }

  async function send() {
    // The box stays as it is until the server has taken the message and calls clear().
    if (!box.value.trim() && !root.hasAttribute('data-has-files')) return;
    if (root.hasAttribute('data-too-long') || root.hasAttribute('data-closed')) return;
    clearTimeout(timer);
    whenBack = false;
    try {
      await dotnet.invokeMethodAsync('SendAsync', box.value, (draft.sendKey ??= newKey()));
    } catch {
      // The line is down: it goes once the line is back. Taken twice it cannot be, for the key is the same.
      whenBack = true;
      mark('local');
    }
  }

  function take(files) {
    if (!picker || picker.disabled || !files.length) return;
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    picker.files = all.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
  }

  on(box, 'input', changed);
  on(box, 'keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.code === 'Escape') {
      box.blur();
    }
  });
  on(box, 'paste', (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
  on(root, 'dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files') || !picker) return;
    event.preventDefault();
    root.toggleAttribute('data-drop', true);
  });
  on(root, 'dragleave', (event) => root.contains(event.relatedTarget) || root.removeAttribute('data-drop'));
  on(root, 'drop', (event) => {
    root.removeAttribute('data-drop');
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  // The line is back: what was typed meanwhile goes to the server.
  on(window, 'q:online', () => (whenBack ? void send() : draft.text && !draft.saved && save()));
  const button = root.querySelector('[data-send]');
  if (button) on(button, 'click', () => void send());
  // The same conversation in another tab of this browser: follow it, unless one types here.
  on(window, 'storage', (event) => {
    if (event.key !== name || document.activeElement === box) return;
    draft = read(name) ?? { text: '' };
    box.value = draft.text;
    show();
  });

  function fill(text) {
    box.value = text;
    changed();
  }

  // Typed before the script was there (a slow machine), on this page or on one that died: nothing of it is lost, and nothing of the draft.
  const words = early.get(box)?.words ?? lines(kept?.early, box.value);
  early.delete(box);
  if (words && words !== draft.text) {
    fill(lines(draft.text, words));
  } else {
    box.value = draft.text;
    show();
    if (draft.text) draft.saved ? mark('saved') : save();
    write();
  }

  return {
    text: () => box.value,
    sendKey: () => (draft.sendKey ??= newKey()),
    send,
    focus: () => box.focus(),
    set(text) {
      fill(text);
      box.focus();
    },
    insert(text) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
      changed();
      box.focus();
    },
    /** The message is safe at the server: empty the box, unless something new was typed into it since `sent`. */
    clear(sent) {
      clearTimeout(timer);
      if (sent !== undefined && sent !== null && box.value !== sent) {
        draft.sendKey = newKey();
        write();
        return;
      }
      draft = { text: '' };
      box.value = '';
      write();
      mark('saved');
      show();
    },
    dispose() {
      clearTimeout(timer);
      stop.abort();
      if (draft.text && !draft.saved) void save();
    },
  };
}

/** Forgets what nobody needs here any more: drafts of 30 days ago, and those of other people that the server has. Their unsaved
    words stay: they are nowhere else. */
export function tidy(userId) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const draft = read(name);
    const at = draft?.earlyAt ?? draft?.at;
    const old = !at || now() - at > KEEP_DAYS * 86_400_000;
    if (old || (draft.saved && !draft.early && !name.startsWith(`${PREFIX}${userId}:`))) localStorage.removeItem(name);
  }
}

// randomUUID is missing where the page comes over plain http from another machine.
const newKey = () =>
  crypto.randomUUID?.() ??
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

const now = () => window.q?.serverNow?.() ?? Date.now();

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function keep(name, draft) {
  try {
    if (draft) localStorage.setItem(name, JSON.stringify(draft));
    else localStorage.removeItem(name);
  } catch {
    // Storage is full or forbidden: the box itself and the server's copy still are.
  }
}

// The draft without what was laid beside it.
const own = ({ early: _, earlyAt: __, ...draft }) => draft;

const lines = (...texts) => texts.filter(Boolean).join('\n');

function newest(local, server) {
  const theirs = { text: server.text ?? '', at: server.savedAt ?? 0, saved: true };
  if (!local?.text) return theirs;
  // Unsaved text was typed here after the last save and is nowhere else.
  return !local.saved || local.at >= theirs.at ? own(local) : { ...theirs, sendKey: local.sendKey };
}
