// Errors and rejections that nobody caught, from the moment this page was loaded.

export const uncaught: string[] = [];

addEventListener('error', ({ message }) => uncaught.push(message));
addEventListener('unhandledrejection', ({ reason }) => uncaught.push(`unhandled: ${String(reason)}`));
