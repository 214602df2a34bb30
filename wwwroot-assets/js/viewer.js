// The file viewer (Inbox/Viewer/FileViewer.razor).
//   attach(dotnet)        a press on [data-file-id="file id"] calls OpenAsync(id, showsPdf); what cannot be shown is opened as the link it is. dispose()
//   show(dialog, dotnet)  opens the dialog over the page: arrows → StepAsync(±1), + and - zoom, 0 fits, 1 is 100 %; Esc, a press beside the picture or
//                         [data-close] close it → Closed(), and the focus is again where it came from
// Zoom is the script's alone: [data-zoom="out|fit|full|in"] and the size of [data-picture] in [data-stage].

const STEP = 1.25;
const LEAST = 0.1;
const MOST = 8;

let opener = null;

export function attach(dotnet) {
  const stop = new AbortController();
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target.closest?.('[data-file-id]');
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      opener = link;
      dotnet
        .invokeMethodAsync('OpenAsync', Number(link.dataset.fileId), navigator.pdfViewerEnabled !== false)
        .catch(() => false)
        .then((shown) => shown || window.open(link.href, '_blank', 'noopener'));
    },
    { signal: stop.signal },
  );
  return { dispose: () => stop.abort() };
}

export function show(dialog, dotnet) {
  const back = opener ?? document.activeElement;
  const picture = () => dialog.querySelector('[data-picture]');
  let scale = 0; // 0: as large as it fits

  // Its width on the screen is the truth while it is fitted in.
  const scaleNow = (img) => scale || img.width / img.naturalWidth;

  function zoom(to) {
    const img = picture();
    if (!img?.naturalWidth) return;
    scale = to && Math.min(MOST, Math.max(LEAST, to));
    img.style.width = scale ? `${img.naturalWidth * scale}px` : '';
    img.toggleAttribute('data-zoomed', scale > 0);
    mark();
  }

  function mark() {
    for (const button of dialog.querySelectorAll('[data-zoom="fit"], [data-zoom="full"]')) {
      button.setAttribute('aria-pressed', `${button.dataset.zoom === 'fit' ? scale === 0 : scale === 1}`);
    }
  }

  const zooms = {
    out: () => picture() && zoom(scaleNow(picture()) / STEP),
    in: () => picture() && zoom(scaleNow(picture()) * STEP),
    fit: () => zoom(0),
    full: () => zoom(1),
  };
  const keys = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit', 1: 'full' };
  const step = (by) => dotnet.invokeMethodAsync('StepAsync', by).catch(() => {});

  dialog.addEventListener('keydown', (event) => {
    // Nothing of the page behind acts on a key now.
    event.stopPropagation();
    // A film has its own arrows.
    if (event.target.localName === 'video') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowLeft') void step(-1);
    else if (event.key === 'ArrowRight') void step(1);
    else if (keys[event.key]) zooms[keys[event.key]]();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.hasAttribute('data-close') || event.target === dialog || event.target.matches('[data-stage]')) dialog.close();
    else if (button?.dataset.step && button.ariaDisabled !== 'true') void step(Number(button.dataset.step));
    else if (button?.dataset.zoom) zooms[button.dataset.zoom]();
  });
  // Each picture begins fitted in.
  dialog.addEventListener(
    'load',
    () => {
      scale = 0;
      mark();
    },
    true,
  );
  dialog.addEventListener('close', () => {
    opener = null;
    if (back?.isConnected) back.focus();
    dotnet.invokeMethodAsync('Closed').catch(() => {});
  });

  dialog.showModal();
  dialog.focus();
  mark();
}
