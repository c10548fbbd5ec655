// What someone is doing in a part of the page survives that this part is written anew.

/**
 * For the option `preserve`: where inserted HTML puts an element in the place of another one of the same id, it takes
 * over the focus, what is selected in it (of inputs and textareas), and how far it is scrolled.
 *
 * It asks for scroll positions, for which browsers lay out the page before each insertion.
 */
export function keepFocus(targets: readonly Element[]): () => void {
  const restores = targets.flatMap((target) => {
    const { activeElement } = target.getRootNode() as Document; // a tree outside of the page has none
    const scrolled = [...target.querySelectorAll('[id]')].filter(isScrolled);
    return [
      ...(activeElement && target.contains(activeElement) ? [keepActive(target, activeElement)] : []),
      ...scrolled.map((element) => keepScroll(target, element)),
    ];
  });
  return () => {
    for (const restore of restores) restore();
  };
}

function keepActive(target: Element, active: Element): () => void {
  const { selectionStart, selectionEnd, selectionDirection } = active as HTMLInputElement;
  return () => {
    const heir = heirOf(target, active) as HTMLInputElement | null;
    heir?.focus({ preventScroll: true });
    // Both are `null` or absent where there is no text to select in.
    if (typeof selectionStart !== 'number' || typeof heir?.selectionStart !== 'number') return;
    heir.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
  };
}

function isScrolled({ scrollTop, scrollLeft }: Element): boolean {
  return scrollTop !== 0 || scrollLeft !== 0;
}

function keepScroll(target: Element, element: Element): () => void {
  const { scrollTop, scrollLeft } = element;
  return () => {
    const heir = heirOf(target, element);
    if (heir) Object.assign(heir, { scrollTop, scrollLeft });
  };
}

/** None for an element that is still there, as all are where HTML was put before or behind. */
function heirOf(target: Element, element: Element): Element | null {
  // Not the property: a field named `id` hides that of its form.
  const id = element.getAttribute('id');
  if (target.contains(element) || !id) return null;
  return [...target.querySelectorAll('[id]')].find((other) => other.getAttribute('id') === id) ?? null;
}
