// What a page would show in a dialog or in the console, kept for the test. It stands before all other scripts.

export const alerts: string[] = [];
export const errors: string[] = [];

window.alert = (text?: unknown) => void alerts.push(String(text));

window.addEventListener('error', ({ message }) => void errors.push(message));
window.addEventListener('unhandledrejection', ({ reason }) => void errors.push(String(reason)));
