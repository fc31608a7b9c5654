import type { Page } from 'playwright-core';

export interface Contrast {
  text: string;
  ratio: number;
}

// A canvas knows every form in which a browser writes a colour.
const IN_PAGE = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.canvas.width = canvas.canvas.height = 1;
  const mixed = colours => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = rgb => {
    const [red, green, blue] = rgb.map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = element => element ? [...behind(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    const back = behind(element);
    const [a, b] = [luminance(mixed(back)), luminance(mixed([...back, getComputedStyle(element).color]))];
    found.push({ text: node.data.trim(), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return found;
})()`;

/** How every visible text stands out from its background: 21 is black on white, and 4.5 is what WCAG asks for. */
export function contrasts(page: Page): Promise<Contrast[]> {
  return page.evaluate(IN_PAGE);
}
