// Uploads of evidence (Disputes/Evidence/EvidenceCard.razor): files go up in pieces by plain requests, beside the circuit. Nothing of it passes the
// server's pages: progress is drawn here, and the card reads anew once a file is evidence.
//
//   const box = attach(root, { user, dispute, url, sprite, texts })
//     root     holds <div data-uploads> for the tiles of this script, <… data-say role=status>, and while files may be added <input type=file data-pick>;
//              files also come by drop on the root and by paste
//     url      POST {name,size,role} → {id}; PATCH, HEAD and DELETE /disputes/uploads/{id}
//     texts    Uploading {0} % {1} left, Waiting, Checking, Paused, Retrying, ChooseAgain, FileGone, SignedOut, Failed, Added {0}, Pause, Resume, Cancel,
//              Dismiss, each of the buttons with {0} = name
//   box.dispose()  the uploads go on: they belong to the window, not to the page that shows them
//
// How far an upload is, the server says (HEAD). Its id is kept in localStorage beside name, size and date of the file: chosen again after a reload,
// the same file goes on where it was.

const PREFIX = 'q.evidence.';
const UPLOADS = '/disputes/uploads/';
const CHUNK = 8 * 1024 * 1024;
const AT_ONCE = 2;
const LONGEST_WAIT = 30_000;
const KEEP = 24 * 3_600_000;

/** All uploads of this window, those of other cases among them. */
const jobs = [];
const running = () => jobs.filter((job) => job.state === 'going');

addEventListener('beforeunload', (event) => running().length && event.preventDefault());
addEventListener('online', () => jobs.forEach((job) => job.wake?.()));

export function attach(root, options) {
  const stop = new AbortController();
  const on = (target, event, handler) => target.addEventListener(event, handler, { signal: stop.signal });
  const mayAdd = () => !!root.querySelector('[data-pick]');
  restore(options);
  const mine = jobs.filter((job) => job.dispute === options.dispute);
  for (const job of mine) {
    job.options = options;
    show(job, root);
  }

  function take(files) {
    for (const file of files) add(file, options, root);
    pump();
  }

  on(root, 'change', (event) => {
    if (!event.target.matches('[data-pick]')) return;
    take(event.target.files);
    event.target.value = '';
  });
  on(root, 'dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files') || !mayAdd()) return;
    event.preventDefault();
    root.toggleAttribute('data-dropping', true);
  });
  on(root, 'dragleave', (event) => root.contains(event.relatedTarget) || root.removeAttribute('data-dropping'));
  on(root, 'drop', (event) => {
    root.removeAttribute('data-dropping');
    if (!event.dataTransfer?.files.length || !mayAdd()) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  on(document, 'paste', (event) => {
    if (!event.clipboardData?.files.length || !mayAdd() || event.target.closest?.('input, textarea, [contenteditable]')) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
  on(root, 'click', (event) => {
    const button = event.target.closest('[data-do]');
    const job = button && jobs.find((one) => one.tile === button.closest('figure'));
    if (job) acts[button.dataset.do](job);
  });
  return { dispose: () => stop.abort() };
}

const acts = {
  pause(job) {
    job.state = 'paused';
    job.xhr?.abort();
    job.wake?.();
    say(job, 'Paused');
    pump();
  },
  resume(job) {
    if (!job.file) return;
    job.state = 'waiting';
    job.asks = !!job.id;
    say(job, 'Waiting');
    pump();
  },
  cancel(job) {
    job.state = 'cancelled';
    job.xhr?.abort();
    job.wake?.();
    // When this does not get through, the server removes it after a day.
    if (job.id) fetch(UPLOADS + job.id, { method: 'DELETE', headers: { 'X-Upload': '1' } }).catch(() => {});
    remove(job);
    pump();
  },
};

function add(file, options, root) {
  const key = keyOf(file);
  let job = jobs.find((one) => one.dispute === options.dispute && one.key === key);
  if (job?.file && job.state !== 'refused') return;
  if (job) {
    // The same file again: it goes on where it was.
    job.file = file;
    acts.resume(job);
    return;
  }

  job = { key, file, name: file.name, size: file.size, dispute: options.dispute, options, state: 'waiting', offset: 0, tries: 0 };
  jobs.push(job);
  show(job, root);
  say(job, 'Waiting');
}

function pump() {
  for (const job of jobs) {
    if (running().length >= AT_ONCE) return;
    if (job.state === 'waiting') void run(job);
  }
}

async function run(job) {
  job.state = 'going';
  while (job.state === 'going') {
    const answer = await next(job);
    if (job.state !== 'going') break;
    if (answer === 'again') job.tries = 0;
    else if (answer === 'done') done(job);
    else await settle(job, answer);
  }
  pump();
}

/** One request. 'again': it went well and there is more to do. */
async function next(job) {
  const { options } = job;
  if (!job.id) {
    const begun = await send(job, 'POST', options.url, JSON.stringify({ name: job.name, size: job.size, role: 0 }), { 'Content-Type': 'application/json' });
    if (begun.status !== 200) return begun;
    job.id = begun.json.id;
    job.offset = 0;
    remember(job);
    return 'again';
  }

  if (job.asks) {
    const head = await send(job, 'HEAD', UPLOADS + job.id);
    if (head.status === 404) return forgotten(job);
    if (head.status !== 204) return head;
    job.offset = head.offset;
    job.asks = false;
    return 'again';
  }

  let piece;
  try {
    piece = await job.file.slice(job.offset, job.offset + CHUNK).arrayBuffer();
  } catch {
    // Moved, changed or taken away since it was chosen.
    return { status: -1, text: options.texts.FileGone };
  }

  const answer = await send(job, 'PATCH', UPLOADS + job.id, piece, { 'Upload-Offset': `${job.offset}`, 'Content-Type': 'application/offset+octet-stream' });
  if (answer.status === 200) return 'done';
  if (answer.status === 404) return forgotten(job);
  if ((answer.status === 204 || answer.status === 409) && answer.offset !== null) {
    job.offset = answer.offset;
    return 'again';
  }

  return answer;
}

/** The server knows nothing of it any more: from the beginning. */
function forgotten(job) {
  job.id = null;
  job.asks = false;
  job.offset = 0;
  forget(job);
  return 'again';
}

/** Gives up where trying again does not help; else waits, longer each time, or until the line is back. */
async function settle(job, answer) {
  const { texts } = job.options;
  const final = { 422: 'refused', 507: 'paused', 401: 'paused', 404: 'refused', 403: 'refused', 400: 'refused', '-1': 'refused' }[answer.status];
  if (final) {
    job.state = final;
    if (final === 'refused') forget(job);
    if (final === 'refused') job.id = null;
    say(job, null, answer.json?.text ?? answer.text ?? (answer.status === 401 ? texts.SignedOut : texts.Failed), true);
    return;
  }

  job.asks = !!job.id;
  job.tries++;
  say(job, 'Retrying');
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(LONGEST_WAIT, 500 * 2 ** job.tries));
    job.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  job.wake = null;
}

function send(job, method, url, body, headers = {}) {
  return new Promise((resolve) => {
    const xhr = (job.xhr = new XMLHttpRequest());
    xhr.open(method, url);
    for (const [name, value] of Object.entries({ 'X-Upload': '1', ...headers })) xhr.setRequestHeader(name, value);
    const end = () => {
      const offset = xhr.getResponseHeader('Upload-Offset');
      resolve({ status: xhr.status, offset: offset === null ? null : Number(offset), json: parse(xhr.responseText) });
    };
    if (method === 'PATCH') xhr.upload.onprogress = (event) => progress(job, job.offset + event.loaded);
    xhr.onload = end;
    xhr.onerror = xhr.onabort = xhr.ontimeout = () => resolve({ status: 0, offset: null });
    xhr.send(body);
  });
}

function done(job) {
  job.state = 'done';
  announce(job, fill(job.options.texts.Added, job.name));
  remove(job);
}

/* What is kept over a reload */

function keyOf(file) {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

const store = (options) => `${PREFIX}${options.user}:${options.dispute}`;

function read(name) {
  return parse(localStorage.getItem(name)) ?? {};
}

function write(name, kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(name, JSON.stringify(kept));
    else localStorage.removeItem(name);
  } catch {
    // Storage is full or forbidden: the upload goes on, only not over a reload.
  }
}

function remember(job) {
  const name = store(job.options);
  write(name, { ...read(name), [job.key]: { id: job.id, name: job.name, size: job.size, at: Date.now() } });
}

function forget(job) {
  const name = store(job.options);
  const { [job.key]: _, ...rest } = read(name);
  write(name, rest);
}

function restore(options) {
  for (const [key, kept] of Object.entries(read(store(options)))) {
    if (jobs.some((job) => job.dispute === options.dispute && job.key === key)) continue;
    const job = { key, name: kept.name, size: kept.size, id: kept.id, dispute: options.dispute, options, state: 'lost', offset: 0, tries: 0, asks: true };
    if (Date.now() - kept.at > KEEP) forget(job);
    else jobs.push(job);
  }
}

/* Tiles */

function show(job, root) {
  const { sprite } = job.options;
  const tile = document.createElement('figure');
  tile.className = 'evt up';
  tile.dataset.testid = 'upload-tile';
  tile.innerHTML = `<div class="pic"><svg class="i" aria-hidden="true"><use></use></svg></div><figcaption class="info"><b class="cut"></b><span class="t3 num" data-words></span>
    <progress></progress><span class="row wrap"><button type="button" class="btn sm" data-do="pause"></button><button type="button" class="btn sm" data-do="resume"></button><button type="button" class="btn sm quiet" data-do="cancel"></button></span></figcaption>`;
  tile.querySelector('use').setAttribute('href', `${sprite}#file`);
  tile.querySelector('b').textContent = tile.querySelector('b').title = job.name;
  tile.querySelector('progress').setAttribute('aria-label', job.name);
  for (const button of tile.querySelectorAll('[data-do]')) button.dataset.testid = `upload-${button.dataset.do}`;
  job.tile = tile;
  job.root = root;
  root.querySelector('[data-uploads]').append(tile);
  if (job.state === 'lost') say(job, 'ChooseAgain');
  else if (job.words) say(job, null, job.words);
  else progress(job, job.offset);
}

function progress(job, sent) {
  const { texts } = job.options;
  const percent = job.size ? Math.floor((sent * 100) / job.size) : 0;
  if (sent >= job.size && job.size) say(job, 'Checking');
  else say(job, null, fill(texts.Uploading, percent, bytes(job.size - sent)));
  job.tile.querySelector('progress').value = sent;
}

function say(job, key, words = job.options.texts[key], isAnnounced = false) {
  const { tile } = job;
  const { texts } = job.options;
  job.words = words;
  tile.dataset.state = job.state;
  tile.classList.toggle('bad', job.state === 'refused');
  tile.querySelector('[data-words]').textContent = words;
  const bar = tile.querySelector('progress');
  bar.max = job.size || 1;
  bar.hidden = job.state === 'refused';
  const label = (what, key) => {
    const button = tile.querySelector(`[data-do="${what}"]`);
    button.textContent = texts[key];
    button.setAttribute('aria-label', `${texts[key]}: ${job.name}`);
    return button;
  };
  label('pause', 'Pause').hidden = job.state !== 'going';
  label('resume', 'Resume').hidden = job.state !== 'paused' || !job.file;
  label('cancel', job.state === 'refused' ? 'Dismiss' : 'Cancel');
  if (isAnnounced) announce(job, `${job.name}: ${words}`);
}

function announce(job, words) {
  const place = job.root.querySelector('[data-say]');
  if (place) place.textContent = words;
}

function remove(job) {
  forget(job);
  jobs.splice(jobs.indexOf(job), 1);
  job.tile.remove();
}

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n]);

function bytes(count) {
  const inMegabytes = count >= 1024 * 1024;
  const unit = inMegabytes ? 'megabyte' : 'kilobyte';
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, maximumFractionDigits: inMegabytes ? 1 : 0 }).format(
    count / (inMegabytes ? 1024 * 1024 : 1024),
  );
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
