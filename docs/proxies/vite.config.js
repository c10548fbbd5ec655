// Vite's development server before an application on port 8765.

/** Without this, a response that breaks off (the application restarts) stays open in the browser for ever. */
function passOnBreaks(proxy) {
  proxy.on('proxyRes', (fromApplication, request, toBrowser) => {
    fromApplication.once('close', () => {
      if (!fromApplication.complete) toBrowser.destroy();
    });
  });
}

export default {
  server: {
    proxy: {
      '/events': { target: 'http://127.0.0.1:8765', configure: passOnBreaks },
    },
  },
};
