// Small helpers of the inbox.
//   hold(element, dotnet)   the hand is on the list, or it is scrolled: HoldAsync(true); a moment after it left: HoldAsync(false).
//                           Until then no row changes places, so that nobody presses the wrong one. toTop(), dispose()
//   watch(dotnet)           VisibleAsync(bool) when the tab comes to the front or goes
//   enter(pane)             where the list gave way to the conversation (a phone), the focus goes along
//   <send-in until="ms" left="Leaves in {0} s" after="Sending">   counts the undo time down; then the button beside it is gone

const REST = 2000;

export function hold(element, dotnet) {
  const stop = new AbortController();
  let held = false;
  let timer = 0;

  function tell(next) {
    if (next === held) return;
    held = next;
    dotnet.invokeMethodAsync('HoldAsync', next).catch(() => {});
  }
  function settle() {
    clearTimeout(timer);
    timer = setTimeout(() => (element.scrollTop > 0 ? settle() : tell(false)), REST);
  }
  function touched() {
    tell(true);
    settle();
  }

  const options = { signal: stop.signal, passive: true };
  element.addEventListener('pointermove', touched, options);
  element.addEventListener('scroll', touched, options);

  // A row that is a box to tick is a link all the same, which the space bar does not press.
  const tick = (event) => {
    if (event.code !== 'Space' || !event.target.matches('a[role="checkbox"]')) return;
    event.preventDefault();
    event.target.click();
  };
  element.addEventListener('keydown', tick, { signal: stop.signal });
  return {
    toTop: () => (element.scrollTop = 0),
    dispose() {
      clearTimeout(timer);
      stop.abort();
    },
  };
}

export function watch(dotnet) {
  const stop = new AbortController();
  const tell = () => dotnet.invokeMethodAsync('VisibleAsync', !document.hidden).catch(() => {});
  document.addEventListener('visibilitychange', tell, { signal: stop.signal });
  if (document.hidden) tell();
  return { dispose: () => stop.abort() };
}

/** Where the list gave way to the conversation, the focus goes with it. */
export function enter(pane) {
  if (document.activeElement && document.activeElement !== document.body && document.activeElement.getClientRects().length) return;
  pane.querySelector('h2')?.focus({ preventScroll: true });
}

class SendIn extends HTMLElement {
  static observedAttributes = ['until'];

  connectedCallback() {
    this.tick();
    this.timer = setInterval(() => this.tick(), 250);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.tick();
  }

  tick() {
    const now = window.q?.serverNow?.() ?? Date.now();
    const left = Math.ceil((Number(this.getAttribute('until')) - now) / 1000);
    const text = left > 0 ? this.getAttribute('left').replace('{0}', left) : this.getAttribute('after');
    if (this.textContent !== text) this.textContent = text;
    this.toggleAttribute('data-over', left <= 0);
  }
}

if (!customElements.get('send-in')) customElements.define('send-in', SendIn);
