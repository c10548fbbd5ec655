// The next frame, or a task in its stead where the page draws none.

/** A frame that has not come by then may never come: the page lies off screen, or behind another. Milliseconds. */
const OVERDUE = 100;

/** Calls back once. What it returns calls that off; either leaves nothing behind. */
export function callInFrame(callback: () => void): () => void {
  const { document, requestAnimationFrame } = globalThis as Place;
  const isDrawn = document?.hidden === false && requestAnimationFrame;
  const stop = isDrawn ? awaitFrame(come) : sendMessage(come);
  return stop;

  function come(): void {
    stop();
    callback();
  }
}

function awaitFrame(come: () => void): () => void {
  const frame = requestAnimationFrame(come);
  const timer = setTimeout(come, OVERDUE);
  document.addEventListener('visibilitychange', come);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', come);
  };
}

/** The timers of a hidden page are held back for a second and more; messages are not. */
function sendMessage(come: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = come;
  port2.postMessage(0);
  return () => {
    // Firefox 153 and WebKitGTK 2.50 deliver what is under way when a port is closed.
    port1.onmessage = null;
    port1.close();
  };
}

/** A worker has no document, a server neither. */
interface Place {
  readonly document?: Document;
  readonly requestAnimationFrame?: typeof requestAnimationFrame;
}
