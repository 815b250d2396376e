/** Transfer encodings undone, forgivingly: what is not well-formed stays as it is. */

const equals = 0x3d;

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Bytes of a soft line break whose equals sign stands at `at`, 0 when it is none. */
function softBreak(bytes: Buffer, at: number): number {
  return /^=[ \t]{0,50}(\r?\n|$)/.exec(bytes.toString('latin1', at, at + 54))?.[0].length ?? 0;
}

export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const [high, low] = byte === equals ? [hexDigit(bytes[at + 1]), hexDigit(bytes[at + 2])] : [-1, -1];
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 3;
      continue;
    }
    const skipped = byte === equals ? softBreak(bytes, at) : 0;
    if (skipped === 0) out[length++] = byte;
    at += skipped || 1;
  }
  return out.subarray(0, length);
}

/** Several padded runs, one after the other (concatenating gateways), are read as one. */
export function decodeBase64(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const padding = text.indexOf('=');
  if (padding === -1 || /^[=\s]*$/.test(text.slice(padding, padding + 1000)))
    return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/).map((run) => Buffer.from(run, 'base64')));
}
