// The content security policy that this page was served with, and what it had to forbid.

import { write } from '../frames.js';

export async function showPolicy() {
  const note = document.querySelector('#policy-note');
  const forbidden = new Map(); // directive → times
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    forbidden.set(effectiveDirective, (forbidden.get(effectiveDirective) ?? 0) + 1);
    tell();
  });
  tell();
  const { headers } = await fetch(location.href, { method: 'HEAD' });
  const policy = headers.get('content-security-policy') ?? 'none';
  write(document.querySelector('#policy'), policy.replaceAll('; ', ';\n'));

  function tell() {
    const times = [...forbidden].map(([directive, count]) => `${directive} ${count}×`);
    write(note, `The browser has forbidden ${times.join(', ') || 'nothing'} so far.`);
  }
}
