import { build } from 'esbuild';
import { brotliCompressSync, constants } from 'node:zlib';
const T=n=>`export {${n}} from './src/transports/index.ts';`; 
const P=(...ns)=>ns.map(n=>`export {${n}} from './src/parts/index.ts';`).join('');
const core="export {createClient} from './src/client.ts'; export {eventStream} from './src/formats/event-stream.ts';"+T('fetchStream');
const rows={
 core, 'sse+watchdog,replays (5.5)': core+P('watchdog','replays'),
 '+gaps,pageLife (6.1)': core+P('watchdog','replays','gaps','pageLife'),
 'light (10.0)': core+T('longPoll')+T('poll')+"export {json} from './src/formats/json.ts'; export {jsonLines} from './src/formats/json-lines.ts';"+P('fallBack','pageLife','watchdog','replays','gaps','credentials','loops','exchange'),
 'sse+queue (9.7)': core+P('watchdog','replays')+"export {commandQueue} from './src/commands/command-queue.ts'",
 'default (16.5)':"export {subscribe,request} from './src/index.ts'",
 'script everything':"export * from './src/index.ts'",
 'sijax (12)':"export * from './src/sijax/client/sijax.ts'",
 'dropin (8.9)':"import './src/sijax/drop-in/sijax-drop-in.ts'",
};
for (const p of 'check conventions credentials crowd exchange fallBack gaps loops pageLife redirects replays resume rotation settledState sharing tabs trace truncated watchdog'.split(' ')) if(process.argv[2]) rows['part '+p]=core+P(p);
let base;
for (const [n,c] of Object.entries(rows)){ const r=await build({stdin:{contents:c,resolveDir:process.cwd()},bundle:true,minify:true,format:'esm',write:false}); const b=brotliCompressSync(r.outputFiles[0].contents,{params:{[constants.BROTLI_PARAM_QUALITY]:11}}).length; base??=b; console.log(n.padEnd(30),(b/1000).toFixed(2), n.startsWith('part')?'+'+((b-base)/1000).toFixed(2):'');}
