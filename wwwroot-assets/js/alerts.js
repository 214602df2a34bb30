// What is unseen, for a tab in the background: "(3) Inbox" in the title and a badge on the icon.
//   q.alerts.set(3, true)   count, and whether something is overdue

const q = (window.q ??= {});
let count = 0;
let over = false;
let image = null;
const link = document.querySelector('link[rel="icon"]');
const plainIcon = link?.href;

function bare(title) {
  return title.replace(/^\(\d+\+?\) /, '');
}

function showTitle() {
  const wanted = (count ? `(${count > 99 ? '99+' : count}) ` : '') + bare(document.title);
  if (document.title !== wanted) document.title = wanted;
}

async function showIcon() {
  if (!link) return;
  if (!count) {
    link.href = plainIcon;
    return;
  }
  image ??= await new Promise((done) => {
    const img = new Image();
    img.onload = () => done(img);
    img.onerror = () => done(null);
    img.src = plainIcon;
  });
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
  const pen = canvas.getContext('2d');
  if (image) pen.drawImage(image, 0, 0, 64, 64);
  pen.beginPath();
  // Round for new, octagon-like square for overdue: shape as well as colour.
  if (over) pen.roundRect(28, 28, 36, 36, 9);
  else pen.arc(46, 46, 18, 0, 7);
  pen.fillStyle = over ? '#b0182c' : '#4d5659';
  pen.fill();
  pen.fillStyle = '#fff';
  pen.font = '700 28px sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(count > 9 ? '9+' : String(count), 46, 48);
  link.href = canvas.toDataURL('image/png');
}

q.alerts = {
  set(newCount, anyOver = false) {
    const same = newCount === count && anyOver === over;
    count = newCount;
    over = anyOver;
    showTitle();
    if (!same) void showIcon();
  },
};

// Pages set the title themselves; the count goes in front of every new one.
new MutationObserver(showTitle).observe(document.head, { childList: true, subtree: true, characterData: true });

// A link in a hanging panel leads away without loading a page, so the panel is closed here.
document.addEventListener('click', (event) => {
  const panel = event.target.closest?.('[popover] a[href]')?.closest('[popover]');
  if (panel?.matches(':popover-open')) panel.hidePopover();
});
