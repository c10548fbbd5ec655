// What keeps a stream back in servers that name themselves, and how it is switched off.

import type { ProbeFacts } from './report.ts';

const KNOWN: readonly (readonly [name: RegExp, advice: string])[] = [
  [
    /nginx|openresty/i,
    'nginx: X-Accel-Buffering: no is enough. Without it: proxy_buffering off (or fastcgi_buffering, uwsgi_buffering) and gzip off for this location.',
  ],
  [/apache/i, 'Apache: flushpackets=on in its ProxyPass, and SetEnv no-gzip 1 for this path.'],
  [/\bIIS\b|\bARR\b/, 'IIS: responseBufferLimit="0" in the handler.'],
  [/express/i, 'Express with compression: res.flush() after each message.'],
  [/php/i, 'PHP: end its output buffers (ob_end_flush), and call flush() after each message.'],
  [/PasteWSGI/, 'Pylons: take ErrorHandler out of config/middleware.py, or set debug = false.'],
  [/next\.js/i, 'Next.js: compress: false.'],
];

export function knownServerAdvice({ head, beside, root }: ProbeFacts): string[] {
  const { headers = {} } = head ?? beside?.head ?? root?.head ?? {};
  const { server = '', via = '', 'x-powered-by': poweredBy = '' } = headers;
  const names = `${server} ${via} ${poweredBy}`;
  return KNOWN.flatMap(([name, advice]) => (name.test(names) ? [advice] : []));
}
