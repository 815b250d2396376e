import fc from 'fast-check';
import { readForm } from './form.ts';

const boundary = 'xYzZY';
const multipartType = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, value: Buffer, more = '') =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n${more}\r\n`),
    value,
    Buffer.from('\r\n'),
  ]);
const multipartOf = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
const urlType = 'application/x-www-form-urlencoded; charset=utf-8';
const percent = (bytes: Uint8Array) =>
  [...bytes].map((code) => `%${code.toString(16).padStart(2, '0')}`).join('');

/** `병원` in EUC-KR: no valid UTF-8. */
const eucKr = Buffer.from([0xba, 0xb4, 0xbf, 0xf8]);

describe('a form', () => {
  it('gives bytes as they were, whatever they mean', async () => {
    const binary = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(binary, async (bytes) => {
        const value = Buffer.from(bytes);
        const fromUrl = await readForm(Buffer.from(`a=1&email=${percent(bytes)}&b=2`), urlType);
        expect(fromUrl?.get('email')).toEqual(value);
        const fromParts = await readForm(
          multipartOf(part('a', Buffer.from('1')), part('email', value)),
          multipartType,
        );
        expect(fromParts?.get('email')).toEqual(value);
      }),
    );
  });

  it.each(['', 'Content-Type: text/plain; charset=euc-kr\r\n', 'Content-Type: message/rfc822\r\n'])(
    'decodes nothing, also when a part says %j',
    async (header) => {
      const form = await readForm(multipartOf(part('email', eucKr, header)), multipartType);
      expect(form?.get('email')).toEqual(eucKr);
    },
  );

  it('takes the first of two fields with one name', async () => {
    const form = await readForm(
      multipartOf(part('a', Buffer.from('1')), part('a', Buffer.from('2'))),
      multipartType,
    );
    expect(form?.get('a')?.toString()).toBe('1');
    expect((await readForm(Buffer.from('a=1&a=2&c'), urlType))?.get('a')?.toString()).toBe('1');
  });

  it('reads plus signs, stray percent signs and names in Korean', async () => {
    const form = await readForm(Buffer.from(`a=1+%2B+100%&${encodeURIComponent('병원')}=%zz`), urlType);
    expect(form?.get('a')?.toString()).toBe('1 + 100%');
    expect(form?.get('병원')?.toString()).toBe('%zz');
  });

  it('is null when cut short, without boundary, or something else', async () => {
    const whole = multipartOf(part('email', Buffer.from('12345678')));
    expect(await readForm(whole.subarray(0, whole.length - 12), multipartType)).toBeNull();
    expect(await readForm(whole, 'multipart/form-data')).toBeNull();
    expect(await readForm(whole, 'application/json')).toBeNull();
  });

  it('never throws', async () => {
    const types = fc.constantFrom(urlType, multipartType);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), types, async (bytes, type) => {
        await readForm(Buffer.concat([Buffer.from(`--${boundary}\r\n`), bytes]), type);
      }),
    );
  });
});
