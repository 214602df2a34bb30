// Draws a PDF page by page (Disputes/Evidence/EvidenceViewer.razor), with pdf.js (lib/pdfjs): nothing in it runs, whatever the browser's own reader
// would do. Pages far from what is seen are let go.
//   const shown = await draw(stage, { url, lib, worker, failed, page })   page: label of a page, {0} = number, {1} = of so many
//   shown.dispose()

const NEAR = '150%';
const SHARPEST = 2;

export async function draw(stage, options) {
  let gone = false;
  let loading = null;
  let observer = null;
  stage.replaceChildren();
  stage.ariaBusy = 'true';
  const absolute = (path) => new URL(path, document.baseURI).href;
  try {
    const pdf = await import(absolute(options.lib));
    pdf.GlobalWorkerOptions.workerSrc = absolute(options.worker);
    loading = pdf.getDocument({ url: absolute(options.url), isEvalSupported: false, enableXfa: false, useWasm: false, useWorkerFetch: false, disableAutoFetch: true });
    const file = await loading.promise;
    const first = (await file.getPage(1)).getViewport({ scale: 1 });
    observer = new IntersectionObserver((seen) => seen.forEach((one) => (one.isIntersecting ? show(one.target) : clear(one.target))), { root: stage, rootMargin: NEAR });
    for (let n = 1; n <= file.numPages; n++) {
      const sheet = document.createElement('div');
      sheet.className = 'sheet';
      sheet.dataset.page = n;
      sheet.style.aspectRatio = `${first.width} / ${first.height}`;
      sheet.role = 'img';
      sheet.ariaLabel = options.page.replace('{0}', n).replace('{1}', file.numPages);
      stage.append(sheet);
      observer.observe(sheet);
    }

    async function show(sheet) {
      if (sheet.firstChild || gone) return;
      const canvas = document.createElement('canvas');
      sheet.append(canvas);
      const page = await file.getPage(Number(sheet.dataset.page));
      const plain = page.getViewport({ scale: 1 });
      sheet.style.aspectRatio = `${plain.width} / ${plain.height}`;
      const viewport = page.getViewport({ scale: (sheet.clientWidth / plain.width) * Math.min(SHARPEST, devicePixelRatio) });
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      if (gone || !canvas.isConnected) return;
      await page.render({ canvas, viewport }).promise;
      page.cleanup();
    }

    function clear(sheet) {
      sheet.replaceChildren();
    }
  } catch {
    if (!gone) stage.textContent = options.failed;
  }

  stage.ariaBusy = 'false';
  return {
    dispose() {
      gone = true;
      observer?.disconnect();
      void loading?.destroy();
    },
  };
}
