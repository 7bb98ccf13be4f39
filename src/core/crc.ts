import { crc32 } from "node:zlib";

/** CRC-32 of a text (ISO 3309): whether it came through whole. Tells damage, not intent. */
export function crcOf(text: string): number {
  return crc32(text);
}
