import { crc32 } from 'node:zlib';
import { manifestLine } from './pure.mjs';

/**
 * A zip with one file, stored without compression: enough for a jar that is only a manifest.
 * @param {string} name @param {Buffer} data @returns {Buffer}
 */
function zipOf(name, data) {
  const path = Buffer.from(name);
  // From "version needed" to "extra length", the same in both headers. The date is 1980-01-01.
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/**
 * The Cloud CLI's emulator jar names no main class; this one does and points at it.
 * @param {string} jar @param {string} mainClass
 */
export function launcherJar(jar, mainClass) {
  const lines = [
    'Manifest-Version: 1.0',
    `Main-Class: ${mainClass}`,
    `Class-Path: ${encodeURI(`file://${jar}`)}`,
  ];
  return zipOf('META-INF/MANIFEST.MF', Buffer.from(`${lines.map(manifestLine).join('')}\r\n`));
}
