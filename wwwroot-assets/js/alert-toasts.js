// How long a toast stays: 8 s of being seen. The time stands still while the pointer or the focus is on it, or the tab is in the
// background, and begins anew when something is added to it. The server is told when it is over, and whether anybody looks at this tab.
//   watch(root, dotnet)  root holds the toasts, each with data-toast="<number>" data-count="<alerts in it>"; returns whether the tab is in front
//   dotnet methods: Dismiss(number), OnVisibleAsync(visible)

const LIFE = 8000;
const STEP = 200;

export function watch(root, dotnet) {
  const left = new WeakMap();
  let visible = !document.hidden;

  const looks = (toast) => toast.matches(':hover, :focus-within');

  const timer = setInterval(() => {
    if (!root.isConnected) return end();
    if (document.hidden) return;
    for (const toast of root.querySelectorAll('[data-toast]')) {
      const { count } = toast.dataset;
      const before = left.get(toast);
      const rest = before?.count === count ? before.rest : LIFE;
      if (rest <= 0) continue;
      left.set(toast, { count, rest: looks(toast) ? Math.max(rest, 2000) : rest - STEP });
      if (left.get(toast).rest <= 0) dotnet.invokeMethodAsync('Dismiss', Number(toast.dataset.toast)).catch(() => {});
    }
  }, STEP);

  function onVisible() {
    if (visible === !document.hidden) return;
    visible = !document.hidden;
    dotnet.invokeMethodAsync('OnVisibleAsync', visible).catch(() => {});
  }
  document.addEventListener('visibilitychange', onVisible);

  function end() {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  }

  return visible;
}
