// The code of the rare carriers, as one file to be loaded.

export { openEventSource } from './event-source.ts';
export { openHtmlFile } from './htmlfile.ts';
export { openIframe } from './iframe.ts';
export { openXhr } from './xhr-stream.ts';
