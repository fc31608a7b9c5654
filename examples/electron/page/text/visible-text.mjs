const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Names come from the network. What would be invisible, or turn the direction of the text, is written out. */
export function visibleText(text) {
  return text.replace(INVISIBLE, character => `\\u{${character.codePointAt(0).toString(16)}}`);
}
