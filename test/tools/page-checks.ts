// What every page of the playground must be: readable, in the window, and in reach of the keyboard.
//
// Each function runs in the page: it sees nothing of this module.

/** What does not fit the window, or its own box. */
export function findMisfits(): { scrolls: boolean; clipped: string[] } {
  return {
    scrolls: document.documentElement.scrollWidth > innerWidth,
    clipped: [...document.querySelectorAll('button, .state, .counts dd')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent),
  };
}

/** Text whose contrast with what is behind it is below 4.5 (WCAG AA). */
export function findFaintText(): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || !element.checkVisibility()) continue;
    if (element.matches('template *, button:disabled')) continue;
    const ratio = contrast(luminance(getComputedStyle(element).color), luminance(backgroundOf(element)));
    if (ratio < 4.5) faint.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return faint;

  function backgroundOf(start: Element): string {
    for (let element: Element | null = start; element; element = element.parentElement) {
      const { backgroundColor } = getComputedStyle(element);
      if (!backgroundColor.endsWith(', 0)')) return backgroundColor;
    }
    return 'white';
  }

  function luminance(colour: string): number {
    if (!canvas) return 0;
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one: number, other: number): number {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
}

/** Marks what the keyboard must reach; of a group of radio buttons the chosen one. */
export function markReachable(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], button, summary, input, pre')];
  const wanted = all.filter(
    (element) => element.checkVisibility() && !element.matches(':disabled, [type=radio]:not(:checked)'),
  );
  return wanted.map((element, index) => (element.dataset['mark'] = `${index} ${element.textContent}`));
}

/** The mark of what has the focus, and whether it is outlined. */
export function readFocus(): [mark: string, visible: boolean] {
  const element = document.activeElement as HTMLElement;
  const outlined = element.matches('.choice input') ? (element.nextElementSibling ?? element) : element;
  return [element.dataset['mark'] ?? '', getComputedStyle(outlined).outlineStyle !== 'none'];
}
