import fc from 'fast-check';
import { pathOf, placeOf } from './targets.ts';

const roomId = fc.stringMatching(/^[A-Za-z0-9:_-]{1,40}$/);
const messageId = fc.stringMatching(/^[^/]{1,40}$/);

describe('pathOf', () => {
  it('leads back to what placeOf has named, whatever signs a message’s id holds', () => {
    fc.assert(
      fc.property(roomId, messageId, (room, message) => {
        const path = `Chatting/${room}/messages/${message}`;
        const place = placeOf(path);
        expect(place && pathOf(place)).toBe(path);
      }),
      {
        examples: [
          ['kakao:9000000001_h1', 'a~b'],
          ['g-1', '~'],
        ],
      },
    );
  });
});
