import { crc32 } from "node:zlib";

/**
 * CRC-32 of a text or of bytes (ISO 3309): whether they came through whole. Tells damage, not intent. `before` is that of
 * what stands before them.
 */
export function crcOf(content: string | Uint8Array, before = 0): number {
  // Where nothing is added, zlib begins anew.
  return content.length === 0 ? before : crc32(content, before);
}
