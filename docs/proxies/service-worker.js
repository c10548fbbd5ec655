// A service worker that leaves streams alone: what it does not answer, the browser fetches by itself.

addEventListener('fetch', (event) => {
  const accept = event.request.headers.get('Accept') ?? '';
  if (accept.includes('text/event-stream') || accept.includes('application/x-ndjson')) return;
  event.respondWith(answer(event.request));
});

/** In your worker: its cache, and the rest of what it is for. */
function answer(request) {
  return fetch(request);
}
