// Passkeys (WebAuthn). The sign-in page marks its form with data-passkey-sign-in="address of the options"; the profile calls
//   create(optionsUrl, saveUrl, name) → "added" | "cancelled" | "failed"

const supported = () => typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

export const isSupported = supported;

export async function create(optionsUrl, saveUrl, name) {
  if (!supported()) return 'failed';
  try {
    const options = await (await post(optionsUrl)).json();
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await post(saveUrl, { credential: JSON.stringify(credential), name });
    return 'added';
  } catch (fault) {
    return fault.name === 'NotAllowedError' || fault.name === 'AbortError' ? 'cancelled' : 'failed';
  }
}

for (const form of document.querySelectorAll('form[data-passkey-sign-in]')) {
  if (!supported()) continue;
  for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = false;
  const failed = form.querySelector('[data-passkey-failed]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const options = await (await post(form.dataset.passkeySignIn)).json();
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements['Passkey.Credential'].value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
