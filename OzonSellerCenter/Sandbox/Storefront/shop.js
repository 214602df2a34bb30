// The conversation keeps itself up to date and is written to without leaving the page. Without this script the form still works.
const chat = document.querySelector('.chat');
if (chat) {
  const log = chat.querySelector('.log'), form = chat.querySelector('.say'), text = form.querySelector('textarea');
  const file = form.querySelector('input[type=file]'), problem = form.querySelector('.problem'), send = form.querySelector('button');
  const address = '/sandbox/shop/chats/' + chat.dataset.chat;
  let tag = '', asking = null;

  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const fail = message => { problem.textContent = message; };

  const refresh = async () => {
    try {
      const answer = await fetch(`${address}/messages?seen=${document.visibilityState === 'visible'}`, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
      if (answer.status === 200) {
        tag = answer.headers.get('ETag') ?? '';
        const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
        log.innerHTML = await answer.text();
        if (atEnd) toEnd();
      }
      if (problem.dataset.offline) { delete problem.dataset.offline; fail(''); }
    } catch {
      problem.dataset.offline = '1';
      fail('Нет связи с магазином, пробуем ещё раз…');
    }
  };

  const look = async () => {
    if (chat.dataset.chat) await (asking ??= refresh().finally(() => { asking = null; }));
    setTimeout(look, document.hidden ? 3000 : 700);
  };

  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (!text.value.trim() && !file.files.length) { fail('Напишите сообщение или приложите фото.'); text.focus(); return; }
    send.disabled = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new FormData(form) });
      if (!answer.ok) { fail(await answer.text()); return; }
      fail('');
      form.reset();
      label();
      if (!chat.dataset.chat) { location.replace(answer.url); return; }
      await refresh();
      toEnd();
    } catch {
      fail('Не отправлено: нет связи. Текст сохранён, нажмите «Отправить» ещё раз.');
    } finally {
      send.disabled = false;
      text.focus();
    }
  });

  const label = () => { form.querySelector('.attach span').textContent = file.files.length ? file.files[0].name : 'Фото'; };
  file.addEventListener('change', label);
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  toEnd();
  look();
}

// What was refused is what one goes to first; what is changed is no longer wrong until it is asked again.
document.querySelector('main [aria-invalid=true]')?.focus();
const forgive = field => {
  for (const one of field.form?.elements[field.name] instanceof RadioNodeList ? field.form.elements[field.name] : [field]) {
    one.removeAttribute('aria-invalid');
    one.removeAttribute('aria-describedby');
  }
  field.closest('.field, fieldset')?.querySelector('.problem')?.remove();
};

// The sum follows what is chosen. Without this script there is a button for it.
const checkout = document.querySelector('.checkout');
if (checkout) {
  let asked = 0;
  checkout.addEventListener('change', async event => {
    forgive(event.target);
    const mine = ++asked, form = new FormData(checkout);
    form.set('step', 'sum');
    const answer = await fetch(checkout.action, { method: 'POST', body: form }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const shown = page.querySelector('.sum');
    if (!shown) { location.assign('/sandbox/shop/cart'); return; }
    for (const part of ['.money', '[name=total]']) checkout.querySelector('.sum ' + part).replaceWith(shown.querySelector(part));
    for (const name of ['coupon', 'points']) {
      const field = checkout.querySelector(`[name=${name}]`), problem = page.getElementById(`checkout-${name}-problem`);
      forgive(field);
      if (!problem) continue;
      field.after(problem);
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', problem.id);
    }
  });
}
