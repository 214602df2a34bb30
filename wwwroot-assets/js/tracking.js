// The page of tracking lists. What is pasted goes to the server as a file: a text of any length passes, and all lists come in one way.
export function attach(root) {
  const box = root.querySelector('[data-list]');
  const picker = root.querySelector('input[type="file"]');
  const stop = new AbortController();
  const on = (target, event, handler) => target.addEventListener(event, handler, { signal: stop.signal });

  function give(file) {
    const files = new DataTransfer();
    files.items.add(file);
    picker.files = files.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function check() {
    if (box.value.trim()) give(new File([box.value], 'list.txt', { type: 'text/plain' }));
    else box.focus();
  }

  on(root.querySelector('[data-check]'), 'click', check);
  on(box, 'keydown', (event) => {
    if (event.code !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    check();
  });
  on(root, 'dragover', (event) => event.dataTransfer?.types.includes('Files') && event.preventDefault());
  on(root, 'drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    give(file);
  });
  // The same file once more, put right meanwhile, is a choice as well.
  on(picker, 'click', () => (picker.value = ''));
  return { dispose: () => stop.abort() };
}
