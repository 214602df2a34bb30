// Buttons with data-copy="id of a field" copy its text and say so for two seconds (data-copied).
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Over plain http the clipboard is closed to scripts; the selection is not.
    document.execCommand('copy');
  }
  const words = button.querySelector('span');
  const before = words.textContent;
  if (before === button.dataset.copied) return;
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = before), 2000);
});
