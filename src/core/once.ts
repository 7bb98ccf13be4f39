/** Works something out once for each object, which never changes; what else it is given is taken to be the same each time. */
export function oncePer<K extends object, More extends readonly unknown[], V>(
  make: (of: K, ...more: More) => V,
): (of: K, ...more: More) => V {
  const made = new WeakMap<K, V>();
  return (of, ...more) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const value = make(of, ...more);
    made.set(of, value);
    return value;
  };
}
