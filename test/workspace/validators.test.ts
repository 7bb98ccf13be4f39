import { fullFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { events } from "../../src/workspace/validators.js";

const library = fullFormats["date-time"] as { readonly validate: (text: string) => boolean };
const isTime = (at: string): boolean => events()([{ at, what: "told", by: "riku" }]);

test("a time is one where ajv-formats says so", () => {
  const two = fc.integer({ min: 0, max: 61 }).map((number) => String(number).padStart(2, "0"));
  const zone = fc.oneof(
    fc.constantFrom("Z", "z", "", "+2", "+0200", "-00:00"),
    fc.tuple(fc.constantFrom("+", "-"), two, two).map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
  );
  const time = fc
    .tuple(fc.constantFrom("2024", "2026", "0000", "99", "12345"), two, two, fc.constantFrom("T", "t", " ", ""), two, two, two, zone)
    .map(
      ([year, month, day, mark, hours, minutes, seconds, offset]) =>
        `${year}-${month}-${day}${mark}${hours}:${minutes}:${seconds}${offset}`,
    );
  fc.assert(
    fc.property(
      fc.oneof(
        time,
        fc.string(),
        time.map((text) => `${text}\n`),
      ),
      (text) => {
        expect(isTime(text)).toBe(library.validate(text));
      },
    ),
    { numRuns: 5000 },
  );
});

test.each([
  ["2026-11-05T09:12:00+02:00", true],
  ["2026-11-05T09:12:00Z", true],
  ["2024-02-29T23:59:59-11:30", true],
  ["2026-02-29T09:12:00+02:00", false],
  ["2026-04-31T09:12:00+02:00", false],
  ["2026-11-05T24:00:00+02:00", false],
  ["2026-11-05T09:12:00", false],
])("%s: %s", (text, sound) => expect(isTime(text)).toBe(sound));
