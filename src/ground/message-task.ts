// A task of its own, without a timer: those of a hidden page are held back for a second and more; messages are not.

/** Calls back once, in a task of its own. What it returns calls that off; either leaves nothing behind. */
export function callInTask(callback: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    stop();
    callback();
  };
  port2.postMessage(0);
  return stop;

  function stop(): void {
    // Firefox 153 and WebKitGTK 2.50 deliver what is under way when a port is closed.
    port1.onmessage = null;
    port1.close();
  }
}
