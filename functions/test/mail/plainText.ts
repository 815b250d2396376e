/** The text of a message in one string, tables as `label: value` lines, for readers of lines. */
import type { Block, Message } from '../../src/mail/message.ts';

function linesOf(block: Block): string[] {
  if (block.kind === 'text') return [block.text];
  return block.rows.flatMap((row) => {
    const cells = row.filter((cell, index) => cell !== '' && cell !== row[index - 1]);
    const pairs = cells.flatMap((label, index) => (index % 2 === 0 ? [[label, cells[index + 1]]] : []));
    return pairs.map(([label, value]) => (value === undefined ? `${label}` : `${label}: ${value}`));
  });
}

export const plainText = ({ blocks }: Pick<Message, 'blocks'>): string => blocks.flatMap(linesOf).join('\n');
