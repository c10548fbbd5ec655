// What htmlfile does beyond the laws.

import { createInertPage } from '../../../src/transports/inert-page.ts';
import { equal, plainRequest, scripted } from '../../contracts/bench.ts';
import { record } from '../../contracts/recording.ts';
import type { Details } from './detail.ts';

const HTML = { head: { headers: { 'Content-Type': 'text/html; charset=utf-8' } } };

/** Every way known to us in which markup loads something or runs something. */
function trap(bait: string): string {
  return `<!DOCTYPE html><html><head><base href="/"><meta http-equiv="refresh" content="0;url=${bait}">
    <link rel="stylesheet" href="${bait}?link"><link rel="preload" as="image" href="${bait}?preload">
    <style>@import "${bait}?import"; body { background: url(${bait}?background) }</style></head>
    <body onload="top.caught = 'onload'"><script>top.caught = 'script'</script>
    <script src="${bait}?script"></script><script type="module">top.caught = 'module'</script>
    <img src="${bait}?img" onerror="top.caught = 'onerror'"><img srcset="${bait}?srcset 2x">
    <picture><source srcset="${bait}?source"><img src="${bait}?picture"></picture>
    <svg onload="top.caught = 'svg'"><image href="${bait}?svg"></image><script>top.caught = 'svg script'</script></svg>
    <iframe src="${bait}?iframe"></iframe><iframe srcdoc="<script>top.caught = 'srcdoc'</script>"></iframe>
    <object data="${bait}?object"></object><embed src="${bait}?embed"><video src="${bait}?video" poster="${bait}?poster">
    </video><audio src="${bait}?audio"></audio><input type="image" src="${bait}?input"><p style="background:
    url(${bait}?style)">text</p><details open ontoggle="top.caught = 'toggle'">x</details></body></html>`;
}

const PAGE = `<!DOCTYPE html><html><head><title>t</title><script>one("<p>")</script ></head>
<body class="a"><p>text<script type="text/javascript">
  two("é😀");
</script>\n\n   <!-- <script>never()</script> --><script src="x.js">never()</script><script type="application/json">never(1)</script><div><SCRIPT type=" Text/JScript ">three()</SCRIPT
></div><script></script>   `;

const SCRIPTS = ['one("<p>")', '\n  two("é😀");\n', 'three()', ''];

export const htmlFileDetails: Details = {
  'runs nothing, loads nothing, makes no history entry': async ({ transport, server }) => {
    const bait = await scripted(server, [{ end: true }]);
    const name = await scripted(server, [HTML, { send: trap(`/scripted/${bait}`) }]);
    const entries = history.length;
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    equal((await recording.ended()).how, 'complete', 'the end');
    equal(recording.text.includes("top.caught = 'script'"), true, 'the script was found');
    // A request made on the way would have been made by the time that a later one has its answer.
    await (await fetch('/echo')).text();
    equal((await server.log(bait)).length, 0, 'requests');
    equal('caught' in window, false, `what ran: ${String((window as { caught?: string }).caught)}`);
    equal(history.length, entries, 'history entries');
  },

  'finds each script once and whole, wherever the page is cut': async () => {
    for (let cut = 0; cut <= PAGE.length; cut++)
      equal(scriptsOf([PAGE.slice(0, cut), PAGE.slice(cut)]), SCRIPTS, `cut at ${cut}`);
    equal(scriptsOf(Array.from(PAGE)), SCRIPTS, 'one character at a time');
  },

  'gives a script as soon as its end tag has come': async () => {
    const page = createInertPage();
    equal(page.write('<script>a()</scrip'), [], 'before the end tag');
    equal(page.write('t>'), ['a()'], 'with it');
    equal(page.write('<script>b()'), [], 'the beginning of the next');
    equal(page.write(';c()</script>\n'), ['b();c()'], 'its end');
    page.close();
  },

  'keeps nothing of an endless page': async () => {
    const made: Document[] = [];
    const make = document.implementation.createHTMLDocument;
    document.implementation.createHTMLDocument = (title) => {
      const page = make.call(document.implementation, title);
      made.push(page);
      return page;
    };
    const page = createInertPage();
    document.implementation.createHTMLDocument = make;
    let found = 0;
    for (let count = 0; count < 3_000; count++) {
      found += page.write(
        `${' '.repeat(200)}\n<!-- heartbeat --><p>${count}</p><script>m(${count})</script>`,
      ).length;
      page.write(' '.repeat(50));
    }
    equal(found, 3_000, 'scripts');
    const left = made[0]?.documentElement.outerHTML ?? '';
    if (left.length > 500) throw new Error(`${left.length} characters are left: ${left.slice(0, 300)}`);
    page.close();
  },

  'tells that padding is a sign of life': async ({ transport, server }) => {
    const name = await scripted(server, [
      HTML,
      { send: `<!DOCTYPE html>${' '.repeat(2_048)}` },
      { wait: 60 },
      { send: '\n' },
      { hang: true },
    ]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await recording.until(
      'two signs of life',
      () => recording.calls.filter((call) => call.name === 'alive').length >= 2,
    );
    equal(recording.text, '', 'text');
    recording.stop();
  },

  'passes the text of other content types on as it is': async ({ transport, server }) => {
    const name = await scripted(server, [{ send: 'data: <script>1</script>\n\n' }]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await recording.ended();
    equal(recording.text, 'data: <script>1</script>\n\n', 'text');
  },
};

function scriptsOf(chunks: string[]): string[] {
  const page = createInertPage();
  const scripts = chunks.flatMap((chunk) => page.write(chunk));
  page.close();
  return scripts;
}
