// Two pictures beside or over each other (Disputes/Evidence/PhotoCompare.razor): the slider and the common scrolling, without a word to the server.
//   attach(root)  root holds <input type=range data-cut> and the scrolling [data-pane] of the pictures. dispose()

export function attach(root) {
  const stop = new AbortController();
  root.addEventListener('input', (event) => event.target.matches('[data-cut]') && root.style.setProperty('--cut', `${event.target.value}%`), { signal: stop.signal });
  root.addEventListener(
    'scroll',
    (event) => {
      if (!event.target.matches?.('[data-pane]')) return;
      for (const pane of root.querySelectorAll('[data-pane]')) {
        if (pane === event.target) continue;
        pane.scrollLeft = (event.target.scrollLeft / (event.target.scrollWidth - event.target.clientWidth || 1)) * (pane.scrollWidth - pane.clientWidth);
        pane.scrollTop = (event.target.scrollTop / (event.target.scrollHeight - event.target.clientHeight || 1)) * (pane.scrollHeight - pane.clientHeight);
      }
    },
    { capture: true, signal: stop.signal },
  );
  return { dispose: () => stop.abort() };
}
