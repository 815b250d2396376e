/** Splitting a message, where mail programs do not keep to the rules; and that nothing makes it take long. */
import { NotAMessage, type Part, parseMime } from './mime.ts';

interface Shape {
  readonly type: string;
  readonly body: string;
  readonly parts: readonly Shape[];
}
const shapeOf = ({ type, body, children }: Part): Shape => ({
  type,
  body: body.toString('latin1'),
  parts: children.map(shapeOf),
});
const leaf = (type: string, body: string): Shape => ({ type, body, parts: [] });
const multipart = (subtype: string, ...parts: Shape[]): Shape => ({
  type: `multipart/${subtype}`,
  body: '',
  parts,
});
const split = async (message: string): Promise<Shape> =>
  shapeOf((await parseMime(Buffer.from(message))).root);
const top = 'From: a@b.kr\nContent-Type: multipart/mixed; boundary=A\n\n';

describe('parts are found', () => {
  const expected = multipart('mixed', leaf('text/plain', 'hello'), leaf('image/png', 'PNG'));
  it.each([
    ['as the rules have it', `${top}pre\n--A\n\nhello\n--A\nContent-Type: image/png\n\nPNG\n--A--\nbye`],
    ['with CRLF', `${top}--A\n\nhello\n--A\nContent-Type: image/png\n\nPNG\n--A--`.replaceAll('\n', '\r\n')],
    [
      'with white space after boundaries',
      `${top}--A \n\nhello\n--A\t\nContent-Type: image/png\n\nPNG\n--A-- `,
    ],
    ['without an end', `${top}--A\n\nhello\n--A\nContent-Type: image/png\n\nPNG`],
    [
      'when no boundary is declared',
      'Content-Type: multipart/mixed\n\n--A\n\nhello\n--A\nContent-Type: image/png\n\nPNG\n--A--',
    ],
    [
      'when a text declares the same boundary',
      `${top}--A\nContent-Type: text/plain; boundary=A\n\nhello\n--A\nContent-Type: image/png\n\nPNG\n--A--`,
    ],
  ])('%s', async (_, message) => {
    expect(await split(message)).toEqual(expected);
  });
  it('after a multipart that is never closed, and stays open three levels deep', async () => {
    const inner =
      '--A\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: multipart/alternative;';
    const message = `${top}${inner} boundary=C\n\n--C\n\nhello\n--A\nContent-Type: image/png\n\nPNG\n--A--`;
    const alternative = multipart('alternative', leaf('text/plain', 'hello'));
    expect(await split(message)).toEqual(
      multipart('mixed', multipart('related', alternative), leaf('image/png', 'PNG')),
    );
  });
  it('that are nothing but a header, or have none', async () => {
    const message = `${top}--A\nContent-Type: image/png\n--A\nhello, 라온\n\nbye\n--A--`;
    const text = Buffer.from('hello, 라온\n\nbye').toString('latin1');
    expect(await split(message)).toEqual(multipart('mixed', leaf('image/png', ''), leaf('text/plain', text)));
  });
  it('and none where there are none', async () => {
    expect(await split(`${top}only text`)).toEqual(leaf('text/plain', 'only text'));
  });
  it('of an attached message only when it is asked for', async () => {
    const attached = 'Content-Type: multipart/mixed; boundary=B\n\n--B\n\nx\n--B--';
    const message = `${top}--A\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n${attached}\n--A--`;
    expect(await split(message)).toEqual(multipart('mixed', leaf('message/rfc822', attached)));
  });
});

it('bodies are views, not copies', async () => {
  const message = Buffer.from(`${top}--A\n\n${'line\n'.repeat(50_000)}--A\n\nx\n--A--`);
  const { root } = await parseMime(message);
  expect(root.children.map(({ body }) => body.buffer === message.buffer)).toEqual([true, true]);
});

describe('soon, whatever it is', () => {
  const nested = (depth: number): string =>
    Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
    ).join('');
  it.each<[string, () => string, boolean]>([
    ['100,000 boundaries', () => top + '--A\n\nx\n'.repeat(100_000), true],
    ['a thousand levels', () => `From: a@b.kr\n${nested(1000)}\nx`, true],
    [
      '300 levels, and a million lines that might end one',
      () => `${nested(300)}\n${'--x\n'.repeat(1_000_000)}`,
      true,
    ],
    ['a line of 30 MB', () => `${top}--A\n\n${'-'.repeat(30_000_000)}\n--A--`, false],
    ['ten million empty lines', () => `${top}--A\n\n${'\n'.repeat(10_000_000)}`, false],
    ['a header of 30 MB', () => `Subject: ${'x'.repeat(30_000_000)}`, true],
    ['a million headers', () => 'a: b\n'.repeat(1_000_000), true],
  ])('%s', async (_, message, exceeded) => {
    const raw = Buffer.from(message());
    const before = process.cpuUsage();
    expect((await parseMime(raw)).exceeded).toBe(exceeded);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5000);
  });
});

it.each(['', 'no header', '\0\x01', '안녕하세요\n\n병원명: 라온'])('%j is no message', async (bytes) => {
  await expect(parseMime(Buffer.from(bytes))).rejects.toBeInstanceOf(NotAMessage);
});
