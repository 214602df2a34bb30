// Countdowns. They tick in the browser alone: the server sends two instants once and no byte after that.
//   <due-chip due="1795432000000" start="…" state="running|met|late|paused|closed|off" about="first answer, house target, due 15:54"
//             seconds look="text" stands="from-until from-until">  draws the chip;  <due-bar due start state stands>  draws the share of time
// used. Within its stands a running clock shows that it is paused.
// Instants are milliseconds since 1970 in UTC. Thresholds: <html data-soon="120" data-urgent="30"> in minutes.

const q = (window.q ??= {});
const root = document.documentElement;

// The server's clock, not the browser's: browsers are wrong by minutes, and the sandbox moves its clock on purpose.
let offset = Number(root.dataset.serverNow ?? Date.now()) - Date.now();
q.serverNow = () => Date.now() + offset;
q.setServerTime = (milliseconds) => {
  offset = milliseconds - Date.now();
  tick();
};

const NBSP = '\u00a0';
const words = {
  en: {
    day: (d, h) => `${d}${NBSP}d` + (h ? `${NBSP}${h}${NBSP}h` : ''),
    hour: (h, m) => `${h}${NBSP}h` + (m ? `${NBSP}${String(m).padStart(2, '0')}` : ''),
    minute: (m) => `${m}${NBSP}min`,
    moment: `<${NBSP}1${NBSP}min`,
    over: (span) => `${span}${NBSP}late`,
    left: (span) => `${span} left`,
    met: 'on time',
    late: 'answered late',
    paused: 'paused',
    closed: 'window closed',
    off: 'not needed',
  },
  ru: {
    day: (d, h) => `${d}${NBSP}д` + (h ? `${NBSP}${h}${NBSP}ч` : ''),
    hour: (h, m) => `${h}${NBSP}ч` + (m ? `${NBSP}${m}${NBSP}мин` : ''),
    minute: (m) => `${m}${NBSP}мин`,
    moment: `<${NBSP}1${NBSP}мин`,
    over: (span) => `просрочка${NBSP}${span}`,
    left: (span) => `осталось ${span}`,
    met: 'вовремя',
    late: 'с опозданием',
    paused: 'пауза',
    closed: 'окно закрыто',
    off: 'не нужно',
  },
  zh: {
    day: (d, h) => `${d}${NBSP}天` + (h ? `${NBSP}${h}${NBSP}小时` : ''),
    hour: (h, m) => `${h}${NBSP}小时` + (m ? `${NBSP}${m}${NBSP}分` : ''),
    minute: (m) => `${m}${NBSP}分`,
    moment: `<${NBSP}1${NBSP}分`,
    over: (span) => `超时${NBSP}${span}`,
    left: (span) => `剩余 ${span}`,
    met: '已按时',
    late: '超时回复',
    paused: '已暂停',
    closed: '已关闭',
    off: '无需答复',
  },
};
const say = () => words[root.lang.slice(0, 2)] ?? words.en;

function span(milliseconds) {
  const w = say();
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return w.moment;
  if (minutes < 60) return w.minute(minutes);
  if (minutes < 1440) return w.hour(Math.floor(minutes / 60), minutes % 60);
  return w.day(Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60));
}

const FIXED = { met: 'met', late: 'late', paused: 'paused', closed: 'shut', off: 'shut' };

/** What a clock looks like now: its step of urgency, its words, and the share of time left (0…1). */
function reading(element, now) {
  const w = say();
  let state = element.getAttribute('state') || 'running';
  if (state === 'running' && stands(element, now)) state = 'paused';
  const due = Number(element.getAttribute('due'));
  const start = Number(element.getAttribute('start') || due);
  const left = due - now;
  const share = due > start ? Math.min(1, Math.max(0, left / (due - start))) : 0;
  if (state in FIXED) return { step: FIXED[state], text: w[state], spoken: w[state], share };
  if (!due) return { step: 'calm', text: '', spoken: '', share: 0 };
  if (left <= 0) return { step: 'over', text: w.over(span(-left)), spoken: w.over(span(-left)), share: 0 };
  const step = left <= minutesOf('urgent', 30) ? 'urgent' : left <= minutesOf('soon', 120) ? 'soon' : 'calm';
  const seconds = element.hasAttribute('seconds') && left < 600_000;
  const text = seconds ? `${Math.floor(left / 60_000)}:${String(Math.floor(left / 1000) % 60).padStart(2, '0')}` : span(left);
  return { step, text, spoken: w.left(span(left)), share };
}
function stands(element, now) {
  const spans = element.getAttribute('stands')?.split(' ') ?? [];
  return spans.map((span) => span.split('-').map(Number)).some(([from, until]) => from <= now && now < until);
}
const minutesOf = (name, otherwise) => Number(root.dataset[name] || otherwise) * 60_000;

const ring = (share) =>
  '<circle class="trk" cx="8" cy="8" r="5.5" fill="none" stroke-width="2.5"/>' +
  '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2.5" pathLength="100" ' +
  `stroke-dasharray="${Math.max(2, Math.round(share * 100))} 100" transform="rotate(-90 8 8)"/>`;
const octagon =
  '<path d="M5.4 1.5h5.2l3.9 3.9v5.2l-3.9 3.9H5.4l-3.9-3.9V5.4z" fill="currentColor"/>' +
  '<path class="cut-at" d="M8 4.5v4M8 11.2v.1" stroke-width="2" stroke-linecap="round"/>';
const shapes = {
  calm: ring,
  soon: ring,
  urgent: ring,
  over: () => octagon,
  met: () =>
    '<path d="m3 8.5 3.3 3.3L13 5" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>',
  late: () =>
    '<path d="M5.4 1.5h5.2l3.9 3.9v5.2l-3.9 3.9H5.4l-3.9-3.9V5.4zM8 4.7v3.8M8 11.2v.1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>',
  paused: () => '<path d="M5.5 4v8M10.5 4v8" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
  shut: () =>
    '<rect x="3.5" y="7" width="9" height="6.5" rx="1.5" fill="currentColor"/>' +
    '<path d="M5.5 7V5.5a2.5 2.5 0 0 1 5 0V7" fill="none" stroke="currentColor" stroke-width="1.6"/>',
};

const clocks = new Set();

class Clock extends HTMLElement {
  static observedAttributes = ['due', 'start', 'state', 'about', 'seconds', 'big', 'stands'];

  connectedCallback() {
    clocks.add(this);
    this.draw(q.serverNow());
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.draw(q.serverNow());
  }
}

class DueChip extends Clock {
  draw(now) {
    const { step, text, spoken, share } = reading(this, now);
    const plain = this.getAttribute('look') === 'text';
    const about = this.getAttribute('about') ?? '';
    const svg = plain ? '' : `<svg viewBox="0 0 16 16" aria-hidden="true">${shapes[step](share)}</svg>`;
    const seen = [step, text, about, svg].join('|');
    if (seen === this.seen) return;
    this.seen = seen;
    // A timer is silent for screen readers unless one goes there: alerts speak, clocks do not.
    this.setAttribute('role', 'timer');
    this.setAttribute('aria-label', about ? `${about}: ${spoken}` : spoken);
    this.title = about;
    this.className = `${plain ? 'clock-text' : 'clock'} ${step}${this.hasAttribute('big') ? ' big' : ''}`;
    this.dataset.step = step;
    this.innerHTML = svg;
    this.append(text);
  }
}

class DueBar extends Clock {
  draw(now) {
    const { step, share } = reading(this, now);
    const used = step === 'shut' || step === 'over' ? '100%' : `${Math.round((1 - share) * 100)}%`;
    if (this.className !== step) this.className = step;
    if (this.style.getPropertyValue('--used') !== used) this.style.setProperty('--used', used);
  }
}

function tick() {
  if (document.hidden) return;
  const now = q.serverNow();
  for (const clock of clocks) clock.draw(now);
}

customElements.define('due-chip', DueChip);
customElements.define('due-bar', DueBar);
setInterval(tick, 1000);
document.addEventListener('visibilitychange', tick);
