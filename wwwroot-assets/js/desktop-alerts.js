// Alerts outside the page: the browser's notifications and a tone, over a line of their own (/hubs/alerts), so that they come while the
// page's circuit is down. Loaded only for who wants them. One tab of a browser leads (Web Locks); the server gives each alert to one
// browser of a person, as one notice with its words, and decides what he wants and when he wants quiet.
//   start({ user, hub, library })   library: address of the SignalR client;   stop()
//   <alert-permission ask granted denied default missing test text tone>   asks for the permission, on a press only

const GATHER = 1200;
const LONGEST_PAUSE = 30_000;
const MOST = 500;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let run = null;

export function start(settings) {
  if (run) return;
  const mine = (run = { ...settings, waiting: new Set(), newest: 0 });
  const ended = new Promise((done) => (mine.end = done));
  const lead = async () => {
    if (run !== mine) return;
    await connect(mine);
    await ended;
    await mine.connection?.stop();
  };
  // Without locks (plain http) each tab leads; the server still gives each alert out once.
  if (navigator.locks) void navigator.locks.request('q-desktop-alerts', lead);
  else void lead();
}

export function stop() {
  run?.end();
  run = null;
}

const wait = (tries) => Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(tries, 10));

async function connect(mine) {
  for (let tries = 0; run === mine; tries++) {
    try {
      if (!globalThis.signalR) await import(mine.library);
      mine.connection ??= lineOf(mine);
      await mine.connection.start();
      return await catchUp(mine);
    } catch {
      // The server is away; it is asked again until it is back or nobody wants alerts any more.
      await pause(wait(tries));
    }
  }
}

function lineOf(mine) {
  const { HubConnectionBuilder, LogLevel } = globalThis.signalR;
  const line = new HubConnectionBuilder()
    .withUrl(mine.hub)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => wait(retry.previousRetryCount) })
    .configureLogging(LogLevel.None)
    .build();
  line.on('alert', (alert) => gather(mine, [alert]));
  line.onreconnected(() => catchUp(mine).catch(() => {}));
  return line;
}

// What this browser has dealt with, so that a new leader or a new line goes on from there.
const seenKey = (mine) => `q.alerts.seen.${mine.user}`;

async function catchUp(mine) {
  const seen = localStorage.getItem(seenKey(mine));
  if (seen === null) {
    localStorage.setItem(seenKey(mine), await mine.connection.invoke('Newest'));
    return;
  }
  for (let last = Number(seen); ; ) {
    const missed = await mine.connection.invoke('Since', last);
    if (!missed.length) return;
    gather(mine, missed);
    last = missed.at(-1).alertId;
  }
}

function gather(mine, alerts) {
  for (const alert of alerts) {
    mine.newest = Math.max(mine.newest, alert.alertId);
    if (alert.desktop || alert.sound) mine.waiting.add(alert.alertId);
    mine.sound ||= alert.sound;
  }
  mine.timer ??= setTimeout(() => tell(mine), GATHER);
}

async function tell(mine) {
  const [ids, newest, sound] = [[...mine.waiting].slice(-MOST), mine.newest, mine.sound];
  mine.waiting.clear();
  mine.timer = mine.sound = undefined;
  try {
    if (ids.length) show(mine, await mine.connection.invoke('Claim', ids, canShow(), sound ? await canSound() : false));
    localStorage.setItem(seenKey(mine), newest);
  } catch {
    // The line broke: not marked as seen, so it comes again when the line is back.
  }
}

// Browsers on phones have the permission and refuse the constructor.
let refused = false;

function canShow() {
  return !refused && 'Notification' in window && Notification.permission === 'granted';
}

function show(mine, notice) {
  if (!notice) return;
  if (notice.sounds) tone();
  if (!notice.title) return;
  const shown = notification(notice.title, { body: notice.body, tag: `q-alert-${notice.alertIds[0]}`, lang: document.documentElement.lang });
  if (!shown) return;
  shown.onclick = () => {
    window.focus();
    shown.close();
    if (notice.alertIds.length === 1) mine.connection.invoke('Opened', notice.alertIds[0]).catch(() => {});
    if (document.documentElement.dataset.connection === 'live') Blazor.navigateTo(notice.url);
    else location.assign(notice.url);
  };
}

function notification(title, options) {
  try {
    return new Notification(title, options);
  } catch {
    refused = true;
    return null;
  }
}

let audio = null;

// A browser lets a page sound only after somebody pressed something on it.
async function canSound() {
  if (!('AudioContext' in window)) return false;
  audio ??= new AudioContext();
  if (audio.state !== 'running') await Promise.race([audio.resume(), pause(200)]);
  return audio.state === 'running';
}

function tone() {
  const now = audio.currentTime;
  const loudness = audio.createGain();
  loudness.connect(audio.destination);
  loudness.gain.setValueAtTime(0, now);
  loudness.gain.linearRampToValueAtTime(0.2, now + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, now + 0.5);
  const voice = audio.createOscillator();
  voice.frequency.setValueAtTime(660, now);
  voice.frequency.setValueAtTime(880, now + 0.16);
  voice.connect(loudness);
  voice.start(now);
  voice.stop(now + 0.5);
}

class AlertPermission extends HTMLElement {
  async connectedCallback() {
    this.words = document.createElement('p');
    this.words.setAttribute('role', 'status');
    this.allow = this.button('ask', async () => {
      await Notification.requestPermission();
      this.show();
    });
    this.allow.classList.add('primary');
    this.one = this.button('test', () => {
      notification(document.title, { body: this.getAttribute('text'), tag: 'q-alert-test' });
      this.show();
    });
    const row = document.createElement('div');
    row.className = 'row wrap';
    row.append(this.allow, this.one, this.button('tone', async () => (await canSound()) && tone()));
    this.replaceChildren(this.words, row);
    this.show();

    // The person may change his mind in the browser's own settings.
    const status = await navigator.permissions?.query({ name: 'notifications' }).catch(() => null);
    status?.addEventListener('change', () => this.show());
  }

  button(text, press) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn', textContent: this.getAttribute(text) });
    button.addEventListener('click', press);
    return button;
  }

  show() {
    const state = window.isSecureContext && 'Notification' in window && !refused ? Notification.permission : 'missing';
    this.dataset.state = state;
    this.words.textContent = this.getAttribute(state);
    this.allow.hidden = state !== 'default';
    this.one.hidden = state !== 'granted';
  }
}

if (!customElements.get('alert-permission')) customElements.define('alert-permission', AlertPermission);
