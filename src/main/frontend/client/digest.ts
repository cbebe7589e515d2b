/**
 * FNV-1a, 32 bit, over the UTF-16 code units of the text, low byte first, as 8 hex digits in lower case:
 * the proof in `ai-end` that a client has the whole answer (protocol, section 3).
 */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
