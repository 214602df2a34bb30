// Starts Blazor and looks after the line to the server. It never gives up: it reconnects to the same circuit while the server
// still has it, asks for the saved one when it has not, and otherwise loads the page again as soon as the server answers.
// What was typed lies in this browser (drafts.js), so a new page loses nothing.
//   <connection-badge live="Live" catching="Catching up" offline="Offline since {0}">   html[data-connection] = live | catching | offline
//   window events: q:offline, q:online

const q = (window.q ??= {});
const root = document.documentElement;
const HEALTH = '/health/live';
let state = 'catching';
let since = null;
let up = true;

class ConnectionBadge extends HTMLElement {
  static observedAttributes = ['live', 'catching', 'offline'];
  connectedCallback() {
    this.show();
  }
  attributeChangedCallback() {
    this.show();
  }
  show() {
    const clock = since?.toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) ?? '';
    this.setAttribute('state', state);
    this.textContent = (this.getAttribute(state) ?? '').replace('{0}', clock);
  }
}
customElements.define('connection-badge', ConnectionBadge);

function become(next) {
  if (next === state) return;
  const was = state;
  state = next;
  since = next === 'offline' ? new Date() : null;
  root.dataset.connection = next;
  for (const badge of document.querySelectorAll('connection-badge')) badge.show();
  if (next === 'offline') dispatchEvent(new Event('q:offline'));
  if (was === 'offline') dispatchEvent(new Event('q:online'));
}

// 0.3 s, 0.6 s … 2.4 s; at once when the network or the tab comes back.
const FIRST = 300;
const LAST = 2400;
let wake = () => {};
const pause = (ms) => new Promise((done) => ((wake = done), setTimeout(done, ms)));
addEventListener('online', () => wake());
document.addEventListener('visibilitychange', () => document.hidden || wake());

async function serverAnswers() {
  try {
    return (await fetch(HEALTH, { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}

async function reloadWhenServed() {
  for (let wait = FIRST; !(await serverAnswers()); wait = Math.min(wait * 2, LAST)) await pause(wait);
  location.reload();
}

let trying = false;
async function reconnect() {
  if (trying) return;
  trying = true;
  for (let wait = FIRST; !up; wait = Math.min(wait * 2, LAST)) {
    await pause(wait);
    if (up) break;
    if (!(await serverAnswers())) continue;
    try {
      // true: same circuit again. false: the server does not know it any more.
      if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit?.())) return await reloadWhenServed();
      if (!up) handler.onConnectionUp();
    } catch {
      // The line broke again while trying: go on.
    }
  }
  trying = false;
}

const handler = {
  onConnectionDown() {
    up = false;
    become('offline');
    void reconnect();
  },
  onConnectionUp() {
    up = true;
    become('catching');
    void fetch('/time')
      .then((answer) => answer.json())
      .then((time) => q.setServerTime?.(time))
      .catch(() => {});
    // Screens replay what they missed at once; that takes less than this.
    setTimeout(() => up && become('live'), 400);
  },
};

try {
  await Blazor.start({
    circuit: {
      reconnectionHandler: handler,
      // The server pings every 5 s (ShellSetup.cs): three missed and the line counts as down, not after the default half minute.
      configureSignalR: (builder) => builder.withServerTimeout(15_000),
    },
  });
  become('live');
} catch {
  up = false;
  become('offline');
  void reloadWhenServed();
}
