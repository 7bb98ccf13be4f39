import fc from "fast-check";
import { expect, test } from "vitest";
import { movedItems } from "../../src/core/change/order.ts";

test("one item moved to the front is one move", () => expect(movedItems(["a", "b", "c", "d"], ["d", "a", "b", "c"])).toEqual(["d"]));
test("a swap names one item", () => expect(movedItems(["a", "b"], ["b", "a"])).toHaveLength(1));
test("there and back name the same items", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 }),
      fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 }),
      (a, b) => {
        expect(movedItems(a, b).toSorted()).toEqual(movedItems(b, a).toSorted());
      },
    ),
  );
});
