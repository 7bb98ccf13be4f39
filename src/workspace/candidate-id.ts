const colours =
  "amber ashen azure brisk bronze calm cedar clear cobalt copper coral crimson dusky early emerald fair fern fleet gentle golden grand hazel honest indigo ivory jade keen kind late light lilac lively lucky lunar maple mellow merry mild misty noble olive opal pale patient pearl plain quick quiet rapid ready rosy ruby rustic sage sandy sharp silver sleek solar spry steady still sunny swift tawny teal tidal tranquil true velvet violet warm wide wild willow wise".split(
    " ",
  );
const animals =
  "badger beaver bison bream bunting crane curlew deer dove dunlin eagle egret elk ermine falcon ferret finch fox gannet gecko goose grebe gull hare harrier hawk heron hobby ibex ibis jackdaw jay kestrel kite lark linnet lynx marten martin merlin mole moose moth newt osprey otter ouzel owl panda pika pipit plover puffin quail rail raven redwing robin roe ruff salmon seal shrew siskin skua snipe sparrow stilt stoat stork swallow swan swift tern thrush toad trout turtle vole walrus weasel whale wren".split(
    " ",
  );

/** A pseudonym of two random words: sayable, fits a calendar invite, says nothing. A number is added on collision. */
export function candidateId(below: (limit: number) => number, taken: ReadonlySet<string>): string {
  const id = `${colours[below(colours.length)] ?? "plain"}-${animals[below(animals.length)] ?? "otter"}`;
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}
