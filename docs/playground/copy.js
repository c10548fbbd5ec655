// Copies a text; where that is not allowed, selects it for the keyboard to copy.

const SHOWN = 1500; // milliseconds that a button says what it did

/** @param element what is selected where nothing may be copied */
export async function copy(button, text, element) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(element);
    button.textContent = 'Selected';
  }
  setTimeout(() => (button.textContent = 'Copy'), SHOWN);
}
