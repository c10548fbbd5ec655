// experiment: what each engine shows of an EventSource that fails
import { createServer } from 'node:http';
import { findBrowsers, launch } from './test/browsers/drivers.ts';
const hits: Record<string, number> = {};
const server = createServer((q, r) => {
  const u = new URL(q.url ?? '/', 'http://x'); const p = u.pathname;
  if (p === '/') return void r.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>x');
  if (p === '/favicon.ico') return void r.writeHead(204).end();
  hits[p] = (hits[p] ?? 0) + 1;
  const es = { 'content-type': 'text/event-stream' };
  const m = /^\/s(\d+)/.exec(p);
  if (m) return void r.writeHead(Number(m[1]), { ...es, ...(m[1] === '205' && { 'content-length': '0' }) }).end(/204|205|304/.test(m[1]) ? '' : 'data: 1\n\n');
  if (p === '/reset') return void q.socket.resetAndDestroy();
  if (p === '/fin') return void q.socket.destroy();
  if (p === '/plain') return void r.writeHead(200, { 'content-type': 'text/plain' }).end('data: 1\n\n');
  if (p === '/two') return void r.writeHead(200, { 'content-type': 'text/event-stream, text/event-stream' }).end('data: 1\n\n');
  if (p === '/two2') return void r.writeHead(200, { 'content-type': 'text/html, text/event-stream' }).end('data: 1\n\n');
  if (p === '/two3') return void r.writeHead(200, { 'content-type': 'text/event-stream, text/html' }).end('data: 1\n\n');
  if (p === '/two4') return void r.writeHead(200, [['content-type','text/html'],['content-type','text/event-stream']]as any).end('data: 1\n\n');
  if (p === '/none') return void r.writeHead(200).end('data: 1\n\n');
  if (p === '/enc') return void r.writeHead(200, {...es,'content-encoding':'gzip'}).end('data: 1\n\n');
  if (p === '/redir') return void r.writeHead(302, { location: '/s404' }).end();
  if (p === '/loop') return void r.writeHead(302, { location: '/loop' }).end();
  if (p === '/rediroff') return void r.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  if (p === '/redirnocors') return void r.writeHead(302, { location: `http://localhost:${port}/okx` }).end();
  if (p === '/ok') return void r.writeHead(200, es).end('data: 1\n\n');
  if (p === '/okx') return void r.writeHead(200, es).end('data: 1\n\n');
  if (p === '/slowcut') { r.writeHead(200, es); r.write(':\n\n'); setTimeout(() => q.socket.resetAndDestroy(), 100); return; }
  r.writeHead(404).end();
}).listen(0);
await new Promise((y) => server.once('listening', y));
const port = (server.address() as any).port; const base = `http://127.0.0.1:${port}`;
const urls = [...[200,204,205,206,210,301,304,307,400,401,404,410,500,502,503].map((n) => `${base}/s${n}`), ...['reset', 'fin', 'plain', 'two', 'two2','two3', 'two4','none', 'enc','redir','loop','rediroff','redirnocors','ok','slowcut'].map((n) => `${base}/${n}`), `http://localhost:${port}/ok`, `http://localhost:${port}/s404`, `http://localhost:${port}/reset`, 'http://127.0.0.1:9/', 'http://127.0.0.1:1/down', `http://127.0.0.1:47391/down`, 'http://nothing.invalid/', 'https://127.0.0.1:' + port + '/tls'];
const only = process.argv[2];
for (const found of findBrowsers()) {
  if (only && found.name !== only) continue;
  if ('missing' in found) { console.log(found.missing); continue; }
  const browser = await launch(found); const page = await browser.newPage(`${base}/`);
  for (const url of urls) {
    const seen = await page.run<unknown>(async (url: string) => {
      performance.setResourceTimings?.(10000);
      return await new Promise((done) => {
        const es = new EventSource(url); let opened = false; let msgs = 0;
        const t0 = performance.now();
        const timer = setTimeout(() => { es.close(); done('no error within 6 s, state ' + es.readyState); }, 6000);
        es.onopen = () => (opened = true); es.onmessage = () => msgs++;
        const entry = () => { const e: any = performance.getEntriesByName(url).at(-1); return e ? `${e.initiatorType} status=${e.responseStatus} end=${Math.round(e.responseEnd)} next=${e.nextHopProtocol} enc=${e.encodedBodySize} resp=${Math.round(e.responseStart)}` : 'no entry'; };
        es.onerror = () => { clearTimeout(timer); const s = es.readyState; const now = entry(); const at = Math.round(performance.now() - t0); es.close(); setTimeout(() => done({ opened, msgs, state: s === 2 ? 'CLOSED' : 'connecting', at, now, later: entry(), online: navigator.onLine }), 60); };
      });
    }, url);
    console.log(found.name, url.replace(base, ''), JSON.stringify(seen));
  }
  await browser.close();
}
process.exit(0);
