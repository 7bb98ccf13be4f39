import { crc32 } from "node:zlib";

/** CRC-32 of a text or of bytes (ISO 3309): whether they came through whole. Tells damage, not intent. */
export function crcOf(content: string | Uint8Array): number {
  return crc32(content);
}
