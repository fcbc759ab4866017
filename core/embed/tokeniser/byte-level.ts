/** GPT-2's alphabet: every byte as a visible character. */
const alphabet = bytesAsCharacters();

function bytesAsCharacters(): string[] {
  const visible = (b: number): boolean =>
    (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
  let next = 256;
  return Array.from({ length: 256 }, (_, b) => String.fromCharCode(visible(b) ? b : next++));
}

const encoder = new TextEncoder();
const plain = /^[!-~]*$/;

/** The UTF-8 bytes of a text, each as one character of the alphabet. */
export function byteLevel(text: string): string {
  if (plain.test(text)) return text;
  let out = '';
  for (const b of encoder.encode(text)) out += alphabet[b];
  return out;
}

/** The bytes of a text as SentencePiece writes them, `<0x0A>`. */
export function bytePieces(text: string): string[] {
  return Array.from(encoder.encode(text), (b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`);
}
