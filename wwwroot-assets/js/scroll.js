// The conversation log: stays at the newest message while one is there, keeps the place while older ones come in above.
//   const log = attach(element, dotnet)     element holds <… data-older> as its first child while there is more
//   dotnet.invokeMethodAsync('LoadOlderAsync');  log.toEnd(), log.show(message id), log.dispose()
//   element[data-away] is set while the reader is away from the end, so that a "new below" button can show.

const NEAR = 48;

export function attach(element, dotnet) {
  let stuck = true;
  let loading = false;
  let height = element.scrollHeight;
  let client = element.clientHeight;
  let top = element.scrollTop;

  const atEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
  const toEnd = () => (element.scrollTop = element.scrollHeight);

  function onScroll() {
    // The place moved because something grew, not because the reader scrolled: the observers below deal with that.
    if (element.clientHeight !== client || element.scrollHeight !== height) return;
    top = element.scrollTop;
    stuck = atEnd();
    element.toggleAttribute('data-away', !stuck);
  }

  function onGrow() {
    const grown = element.scrollHeight - height;
    height = element.scrollHeight;
    if (stuck) toEnd();
    else if (loading && grown > 0) {
      element.scrollTop = top + grown;
      loading = false;
    }
    look();
  }

  const seen = new IntersectionObserver(
    async ([entry]) => {
      if (!entry.isIntersecting || loading) return;
      loading = true;
      try {
        await dotnet.invokeMethodAsync('LoadOlderAsync');
      } catch {
        loading = false;
      }
    },
    { root: element, rootMargin: '400px 0px 0px 0px' },
  );
  let watched = null;
  function look() {
    const older = element.querySelector('[data-older]');
    if (older === watched && !(older && !loading)) return;
    if (watched) seen.unobserve(watched);
    watched = older;
    if (older) seen.observe(older);
  }

  const changes = new MutationObserver(onGrow);
  changes.observe(element, { childList: true, subtree: true, characterData: true });
  // Pictures and a growing composer change the heights too.
  const sizes = new ResizeObserver(() => {
    height = element.scrollHeight;
    client = element.clientHeight;
    if (stuck) toEnd();
  });
  sizes.observe(element);
  const onLoad = () => stuck && toEnd();
  element.addEventListener('load', onLoad, true);
  element.addEventListener('scroll', onScroll, { passive: true });

  toEnd();
  look();

  return {
    toEnd() {
      stuck = true;
      toEnd();
    },
    show(id) {
      const message = element.querySelector(`[data-message-id="${id}"]`);
      if (!message) return;
      stuck = false;
      // Not scrollIntoView: that moves the page around the log as well.
      const middle = message.getBoundingClientRect().top - element.getBoundingClientRect().top + message.clientHeight / 2;
      element.scrollTop += middle - element.clientHeight / 2;
      top = element.scrollTop;
      element.toggleAttribute('data-away', !atEnd());
    },
    dispose() {
      changes.disconnect();
      sizes.disconnect();
      seen.disconnect();
      element.removeEventListener('load', onLoad, true);
      element.removeEventListener('scroll', onScroll);
    },
  };
}
