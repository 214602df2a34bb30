// Light, dark or as the system: kept in the `theme` cookie, so that the server can write <html data-theme> and nothing flashes.
// Value: the choice, and what it means here now ("system.dark"), for the parts that the server colours.

const q = (window.q ??= {});
const system = matchMedia('(prefers-color-scheme: dark)');
const kept = () => /(?:^|; )theme=(light|dark|system)/.exec(document.cookie)?.[1] ?? 'system';
const isDark = () => (kept() === 'system' ? system.matches : kept() === 'dark');
let listener = null;

function apply(choice) {
  const root = document.documentElement;
  if (choice === 'system') delete root.dataset.theme;
  else root.dataset.theme = choice;
  const dark = choice === 'system' ? system.matches : choice === 'dark';
  document.cookie = `theme=${choice}.${dark ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=lax`;
  for (const control of document.querySelectorAll('[data-theme-choice]'))
    control.setAttribute('aria-pressed', String(control.dataset.themeChoice === choice));
  listener?.invokeMethodAsync('OnThemeAsync', dark).catch(() => {});
}

q.theme = {
  /** The layout asks to be told; answers whether it is dark now. */
  watch(dotnet) {
    listener = dotnet;
    apply(kept());
    return isDark();
  },
  unwatch() {
    listener = null;
  },
};

document.addEventListener('click', (event) => {
  const control = event.target.closest?.('[data-theme-choice]');
  if (control) apply(control.dataset.themeChoice);
});
system.addEventListener('change', () => kept() === 'system' && apply('system'));
apply(kept());
